import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadTenant } from "../../engine/import/load-tenant.ts";
import { readScenarioFile } from "../../engine/import/scenario-file.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { completeScenario } from "../../trunk-sim/scenario/complete-scenario.ts";
import { scenarioSchema, type WrittenScenario } from "../../trunk-sim/scenario/scenario-schema.ts";
import { selectTrunks } from "../../trunk-sim/scenario/select-trunks.ts";
import { DEFAULT_ANSWER, type TrunkProfile } from "../../trunk-sim/scenario/trunk-profile.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

async function contoso(): Promise<Tenant> {
  const loaded = await loadTenant(join(root, "fixtures", "tenants", "contoso"));
  assert.ok(loaded.ok);
  return loaded.value.tenant;
}

function named(trunks: readonly TrunkProfile[], name: string): TrunkProfile {
  const found = trunks.find((trunk) => trunk.name === name);
  assert.ok(found !== undefined, `no trunk ${name}`);
  return found;
}

const scenarios = suite("scenarios");

scenarios("without a scenario every trunk is as the tenant says", async () => {
  const { trunks, seed } = completeScenario(await contoso());
  assert.is(trunks.length, 14);
  assert.is(seed, 0);
  const london = named(trunks, "bt-london");
  assert.equal(
    { ...london, ownedNumbers: london.ownedNumbers.length > 5 },
    {
      name: "bt-london",
      operator: "bt",
      host: "127.0.0.1",
      port: 5073,
      transport: "udp",
      enabled: true,
      maxConcurrentCalls: 120,
      callsPerSecond: 30,
      policeCallerId: true,
      ownedNumbers: true,
      optionsStatus: 200,
      digest: null,
      answer: DEFAULT_ANSWER,
      rules: [],
      quality: { lossRatio: 0, jitterMilliseconds: 1, delayMilliseconds: 20 },
      faults: [],
    },
  );
  assert.ok(london.ownedNumbers.includes("+442079460101"));
  assert.not(london.ownedNumbers.includes("+442079460102"), "that one is Telenor's");
  assert.is(named(trunks, "telenor-bergen").enabled, false);
});

scenarios("the sample scenario changes what it names and keeps the rest", async () => {
  const file = join(root, "fixtures", "trunk-sim", "busy-evening.yaml");
  const read = await readScenarioFile(file, scenarioSchema);
  assert.ok(read.ok, read.problems.map(({ what }) => what).join());
  const { trunks, seed, findings } = completeScenario(await contoso(), read.value.scenario);
  assert.equal(findings, []);
  assert.is(seed, 7);
  const london = named(trunks, "bt-london");
  assert.is(london.port, 5073);
  assert.is(london.answer.progress, "early-media");
  assert.is(london.answer.calleeHangsUp, 0.4, "of the defaults");
  assert.ok(london.ownedNumbers.includes("+4420794601xx"));
  assert.ok(london.ownedNumbers.includes("+442079460101"));
  assert.equal(
    london.rules.map(({ answer }) => answer.outcomes),
    [
      [{ weight: 1, outcome: "busy" }],
      [{ weight: 1, outcome: "no-answer" }],
      [{ weight: 1, outcome: 404 }],
    ],
  );
  const [storm] = london.faults;
  assert.equal([storm?.share, storm?.status, storm?.to], [1, 503, 40]);
  assert.is(named(trunks, "pure-ip-1").answer.outcomes.length, 4);
});

scenarios("a scenario needs no tenant", () => {
  const { trunks, findings } = completeScenario(null, {
    trunkSim: 1,
    trunks: [{ name: "lab", host: "::1", transport: "tcp", port: 0 }],
  });
  assert.equal(findings, []);
  assert.equal(
    trunks.map(({ name, host, port, transport, operator }) => [
      name,
      host,
      port,
      transport,
      operator,
    ]),
    [["lab", "::1", 0, "tcp", null]],
  );
});

scenarios("null takes a limit of the tenant away", async () => {
  const { trunks } = completeScenario(await contoso(), {
    trunkSim: 1,
    trunks: [{ name: "BT-London", callsPerSecond: null }],
  });
  const london = named(trunks, "bt-london");
  assert.equal([london.callsPerSecond, london.maxConcurrentCalls], [null, 120]);
  assert.is(trunks.length, 14);
});

scenarios("--only, --seed and the ports choose what one process simulates", async () => {
  const completed = completeScenario(await contoso());
  const options = { only: ["BT-London", "pure-ip-2"], seed: 9, anyPort: false, portOffset: 1_000 };
  const selected = selectTrunks(completed, options);
  assert.ok(selected.ok);
  assert.is(selected.value.seed, 9);
  assert.equal(
    selected.value.trunks.map(({ name, port }) => [name, port]),
    [
      ["pure-ip-2", 6_072],
      ["bt-london", 6_073],
    ],
  );
  const any = selectTrunks(completed, { only: null, seed: null, anyPort: true, portOffset: 0 });
  assert.ok(any.ok);
  assert.equal(new Set(any.value.trunks.map(({ port }) => port)), new Set([0]));
});

scenarios(
  "gateways are simulated where asked for, under their own names, and take a scenario",
  async () => {
    const scenario: WrittenScenario = {
      trunkSim: 1,
      trunks: [{ name: "sbc2.contoso.com", answer: { outcome: "busy" } }],
    };
    const { trunks, findings } = completeScenario(await contoso(), scenario, true);
    assert.equal(findings, []);
    assert.is(trunks.length, 17);
    const { operator, host, port, transport } = named(trunks, "sbc1.contoso.com");
    assert.equal(
      { operator, host, port, transport },
      { operator: null, host: "sbc1.contoso.com", port: 5067, transport: "tls" },
    );
    assert.equal(named(trunks, "sbc2.contoso.com").answer.outcomes, [
      { weight: 1, outcome: "busy" },
    ]);
  },
);

scenarios.run();
