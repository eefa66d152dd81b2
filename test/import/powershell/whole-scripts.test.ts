import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readScriptFile } from "../../../engine/import/powershell/read-script-file.ts";
import { EMPTY_TENANT } from "../../../engine/model/tenant.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "..");
const folder = join(root, "fixtures", "scripts", "whole");

interface Expected {
  readonly script: string;
  readonly set: Readonly<Record<string, string>>;
  readonly statements: { readonly understood: number; readonly refused: number };
  /** `line:column CODE`. */
  readonly problems: readonly string[];
  readonly usages: readonly string[];
  readonly gateways: readonly string[];
  /** `identity pattern → gateways`. */
  readonly routes: readonly string[];
  /** `identity: usages`. */
  readonly policies: readonly string[];
}

const rows = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as readonly Expected[];

const whole = suite("whole scripts");

for (const row of rows) {
  whole(`${row.script} gives the tenant it should`, async () => {
    const read = await readScriptFile({
      file: join(folder, row.script),
      tenant: EMPTY_TENANT,
      placeholders: new Map(Object.entries(row.set)),
    });
    const { tenant } = read;
    const found: Expected = {
      script: row.script,
      set: row.set,
      statements: read.statements,
      problems: read.problems.map(({ at, code }) => `${at?.line}:${at?.column} ${code}`),
      usages: tenant.onlinePstnUsages,
      gateways: tenant.onlinePstnGateways.map(({ identity }) => identity),
      routes: tenant.onlineVoiceRoutes.map(
        (route) =>
          `${route.identity} ${route.numberPattern} → ${route.onlinePstnGatewayList.join(", ")}`,
      ),
      policies: tenant.onlineVoiceRoutingPolicies.map(
        (policy) => `${policy.identity}: ${policy.onlinePstnUsages.join(", ")}`,
      ),
    };
    assert.equal(found, row);
  });
}

whole.run();
