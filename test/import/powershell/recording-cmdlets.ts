import { problem } from "../../../engine/model/problem.ts";
import type { Tenant } from "../../../engine/model/tenant.ts";
import type { CmdletInvocation, CmdletResult } from "../../../engine/tenant/cmdlet-invocation.ts";
import { CMDLET_SIGNATURES } from "../../../engine/tenant/run-cmdlet.ts";

/** Cmdlets that accept everything and change nothing: what a script binds, seen by itself. */
export const RECORDING_CMDLETS = {
  signatures: CMDLET_SIGNATURES,
  run: (tenant: Tenant, invocation: CmdletInvocation): CmdletResult => {
    if (invocation.cmdlet === "Get-CsOnlineVoiceRoute") {
      const problems = [
        problem("CMDLET_NOT_FOUND", "no such route", "name another", invocation.at),
      ];
      return { tenant, problems, output: [] };
    }
    const gateway = { Identity: "sbc1.contoso.com", SipSignalingPort: 5067, Enabled: true };
    const listed = invocation.cmdlet === "Get-CsOnlinePSTNGateway";
    return {
      tenant,
      problems: [],
      output: listed ? [{ kind: "object", properties: gateway }] : [],
    };
  },
};
