import { suite } from "uvu";
import * as assert from "uvu/assert";
import { SAMPLE_TENANT } from "../../engine/cli/common-options.ts";
import { readTrunkMappings } from "../../engine/cli/trunk-mappings.ts";
import { loadTenant } from "../../engine/import/load-tenant.ts";
import type { Tenant } from "../../engine/model/tenant.ts";

const mappings = suite<{ tenant: Tenant }>("--map");

mappings.before(async (context) => {
  const loaded = await loadTenant(SAMPLE_TENANT);
  if (!loaded.ok) throw new Error("the sample tenant does not load");
  context.tenant = loaded.value.tenant;
});

mappings("takes trunks and gateways in any case, IPv6 and every transport", ({ tenant }) => {
  const read = readTrunkMappings(
    [
      "sbc1.contoso.com=127.0.0.1:5080",
      "BT-London=[::1]:5061;transport=tls",
      "pure-ip-1=lab.contoso.com:5062;tcp",
    ],
    tenant,
  );
  assert.ok(read.ok);
  if (!read.ok) return;
  assert.equal(read.value, [
    { name: "sbc1.contoso.com", peer: { transport: "udp", host: "127.0.0.1", port: 5080 } },
    { name: "BT-London", peer: { transport: "tls", host: "::1", port: 5061 } },
    { name: "pure-ip-1", peer: { transport: "tcp", host: "lab.contoso.com", port: 5062 } },
  ]);
});

mappings("tells everything that is wrong, not only the first", ({ tenant }) => {
  const given = ["bt-londn=127.0.0.1:5080", "bt-london", "bt-london=127.0.0.1:70000", "x=::1:5060"];
  const read = readTrunkMappings(given, tenant);
  assert.not(read.ok);
  assert.equal(
    read.problems.map(({ code }) => code),
    ["MAP_UNKNOWN", "MAP_INVALID", "MAP_INVALID", "MAP_INVALID"],
  );
  assert.is(read.problems[0]?.hint, 'did you mean "bt-london"?');
});

mappings.run();
