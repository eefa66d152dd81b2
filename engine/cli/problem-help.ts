import { readFileSync } from "node:fs";
import type { ProblemCode } from "../model/problem.ts";

/** What each problem code is about, in a line: read from the documentation that comes with the package. */
export function problemHelp(): (code: ProblemCode) => string | null {
  const lines = new Map(
    [...documentation().matchAll(/^\| `([A-Z0-9_]+)` \| \w+ \| (.*) \|$/gm)].map(
      ([, code = "", text = ""]) => [code, text.replaceAll("`", "")],
    ),
  );
  return (code) => lines.get(code) ?? null;
}

function documentation(): string {
  // WHY: this file runs from dist/engine/cli; docs stands three folders above.
  return readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");
}
