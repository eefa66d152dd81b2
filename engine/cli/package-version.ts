import { readFileSync } from "node:fs";

/** The version of this package. */
export function packageVersion(): string {
  // WHY: this file runs from dist/engine/cli; package.json stands three folders above.
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { version: string };
  return version;
}
