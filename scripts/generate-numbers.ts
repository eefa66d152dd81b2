/**
 * Writes a stream of dialed numbers for a tenant, by default the sample one.
 *
 * Usage: node dist/scripts/generate-numbers.js [--count N] [--seed N] [--format csv|lines|ndjson]
 *        [--tenant PATH] [-o FILE]
 */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadTenant } from "../engine/import/load-tenant.ts";
import { type DialedRow, dialedNumbers } from "./dialed-numbers.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const CHUNK_ROWS = 2_000;

const FORMATS: Readonly<Record<string, (row: DialedRow) => string>> = {
  csv: ({ dialed, user, kind }) => `${dialed},${user},${kind}\n`,
  lines: ({ dialed }) => `${dialed}\n`,
  ndjson: (row) => `${JSON.stringify(row)}\n`,
};

/** The text of a stream, in pieces. */
export function* numberStream(rows: Iterable<DialedRow>, format: string): Generator<string> {
  const line = FORMATS[format];
  if (line === undefined) throw new RangeError(`--format is csv, lines or ndjson, not ${format}`);
  if (format === "csv") yield "dialed,user,kind\n";
  let piece = "";
  let count = 0;
  for (const row of rows) {
    piece += line(row);
    count += 1;
    if (count % CHUNK_ROWS === 0) {
      yield piece;
      piece = "";
    }
  }
  yield piece;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "100000" },
      seed: { type: "string", default: "1" },
      format: { type: "string", default: "csv" },
      tenant: { type: "string", default: join(root, "fixtures", "tenants", "contoso") },
      output: { type: "string", short: "o" },
    },
  });
  const loaded = await loadTenant(values.tenant);
  if (!loaded.ok) throw new RangeError(loaded.problems[0]?.what ?? "no tenant");
  const out = values.output === undefined ? process.stdout : createWriteStream(values.output);
  const rows = dialedNumbers(loaded.value.tenant, Number(values.count), Number(values.seed));
  for (const piece of numberStream(rows, values.format)) {
    if (!out.write(piece)) await once(out, "drain");
  }
  if (out !== process.stdout) {
    out.end();
    await once(out, "finish");
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
