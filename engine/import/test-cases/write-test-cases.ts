import type { TestCase } from "../../model/test-case.ts";
import { yamlFlow } from "../write-tenant.ts";

/** The file of `outdial test` in YAML, one case a line, what is default left out. */
export function testCasesToYaml(cases: readonly TestCase[]): string {
  const lines = cases.map(
    ({ name, dialed, user, kind, site, ingressTrunk, hideCallerId, expect }) => {
      const written = {
        name,
        dialed,
        user,
        ...(kind === "user-call" ? {} : { kind }),
        ...(site === null ? {} : { site }),
        ...(ingressTrunk === null ? {} : { ingressTrunk }),
        ...(hideCallerId ? { hideCallerId } : {}),
        expect: Object.fromEntries(
          Object.entries(expect).filter(([, value]) => value !== undefined),
        ),
      };
      return `  - ${yamlFlow(written)}\n`;
    },
  );
  return lines.length === 0 ? "cases: []\n" : `cases:\n${lines.join("")}`;
}
