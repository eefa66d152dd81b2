import { hasTeamsPhone } from "../../compile/caller-entitlement.ts";
import { parseLineUri } from "../../model/line-uri.ts";
import type { User } from "../../model/user.ts";
import { prerequisiteProblems } from "../../tenant/number-prerequisites.ts";
import { type CheckFinding, command, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";

/**
 * Users who have a number and cannot call with it, or could call and have none (Microsoft:
 * operator-connect-configure, "prerequisites"; the rules are those of Set-CsPhoneNumberAssignment).
 *
 * @problem NUMBER_PREREQ_LICENCE, NUMBER_PREREQ_TEAMSONLY, NUMBER_PREREQ_ADDRESS, USER_NOT_VOICE_ENABLED,
 * USER_NO_NUMBER
 */
export function userFindings(ground: CheckGround): readonly CheckFinding[] {
  return ground.tenant.users.flatMap((user, index) => {
    const number = parseLineUri(user.lineUri)?.number ?? null;
    return number === null
      ? withoutNumber(ground, user, index)
      : withNumber(ground, user, index, number);
  });
}

function withNumber(
  { tenant, numbers }: CheckGround,
  user: User,
  index: number,
  number: string,
): readonly CheckFinding[] {
  const upn = user.userPrincipalName;
  const findings: CheckFinding[] = [];
  const record = numbers.get(number)?.record;
  if (record !== undefined) {
    for (const { code, what, hint } of prerequisiteProblems(tenant, user, record)) {
      findings.push(
        finding(code, `${what} (${upn} has ${number})`, hint, ["users", index], { users: [upn] }),
      );
    }
  }
  if (!user.enterpriseVoiceEnabled && hasTeamsPhone(user)) {
    findings.push(
      finding(
        "USER_NOT_VOICE_ENABLED",
        `${upn} has a number and Teams Phone, but Enterprise Voice is off: calls are refused`,
        "turn it on with Set-CsPhoneNumberAssignment -EnterpriseVoiceEnabled $true",
        ["users", index, "enterpriseVoiceEnabled"],
        {
          users: [upn],
          cure: [
            command("Set-CsPhoneNumberAssignment", { Identity: upn, EnterpriseVoiceEnabled: true }),
          ],
        },
      ),
    );
  }
  return findings;
}

/** Without a number and without shared calling every outbound call fails, which Teams tells nobody. */
function withoutNumber(ground: CheckGround, user: User, index: number): readonly CheckFinding[] {
  if (!hasTeamsPhone(user) || !user.enterpriseVoiceEnabled) return [];
  const shared = ground.holding("TeamsSharedCallingRoutingPolicy");
  const policy = shared.policies[shared.of(user).index];
  if (policy !== undefined && policy.resourceAccount !== null) return [];
  const upn = user.userPrincipalName;
  return [
    finding(
      "USER_NO_NUMBER",
      `${upn} has Teams Phone and Enterprise Voice, but no number and no shared calling: the user's own calls are refused`,
      "assign a number, or grant a shared calling policy",
      ["users", index, "lineUri"],
      { users: [upn] },
    ),
  ];
}
