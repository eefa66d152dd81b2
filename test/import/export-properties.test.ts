import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readArchive } from "../../engine/import/export-archive/read-archive.ts";
import { EXPORT_CMDLETS } from "../../engine/import/export-folder/export-cmdlets.ts";
import { outlineOf } from "../../engine/import/export-folder/json-outline.ts";
import { jsonRecords } from "../../engine/import/export-folder/json-records.ts";
import { EXPORTS, filesOf, readFiles, tenantOf } from "./exported-tenant.ts";
import { writeZip } from "./write-zip.ts";

const LONG = process.env["LONG"] !== undefined;
const RUNS: fc.Parameters<unknown> = LONG ? { numRuns: 5_000 } : { numRuns: 150, seed: 7 };
const properties = suite("export properties");

properties(
  "records of any JSON list are those of JSON.parse, and each begins where the outline says",
  () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(fc.array(object), fc.constantFrom(undefined, 1, 4), (list, indent) => {
        const text = JSON.stringify(list, null, indent);
        const records: unknown[] = [];
        const read = jsonRecords("f.json", text, (record) => records.push(record));
        assert.ok(read.ok, JSON.stringify(read.problems));
        assert.is(JSON.stringify(records), JSON.stringify(JSON.parse(text)));
        const { offsets } = outlineOf(text);
        assert.is(offsets.length, list.length);
        for (const [index, offset] of offsets.entries()) {
          const one = JSON.stringify(list[index], null, indent).slice(0, 1);
          assert.is(text[offset], one);
        }
      }),
      RUNS,
    );
  },
);

properties(
  "no text makes the reader throw, and one that JSON.parse refuses is refused",
  async () => {
    const mangled = fc
      .tuple(
        fc.nat({ max: 400 }),
        fc.constantFrom("", '"', "{", "}", "[", "]", ",", ":", "\\", "\0", "é"),
      )
      .map(([at, put]) => {
        const text = new TextDecoder().decode(filesOf("json").get("Get-CsOnlineVoiceRoute.json"));
        return text.slice(0, at) + put + text.slice(at + 1);
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: "binary" }), mangled), async (text) => {
        const read = await readFiles([["Get-CsOnlineVoiceRoute.json", text]]);
        for (const { what, hint } of read.problems) assert.ok(what !== "" && hint !== "");
        const looksLikeJson = /^\s*[[{]/.test(text);
        if (looksLikeJson && !parses(text)) assert.not(read.ok);
      }),
      RUNS,
    );
  },
);

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

properties("the case of names, of files and of properties, changes nothing", async () => {
  const expected = await tenantOf(filesOf("backup"));
  const files = [...filesOf("backup")].map(([name, bytes]) => {
    const encoding = bytes[0] === 0xff ? "utf-16le" : "utf-8";
    const text = new TextDecoder(encoding).decode(bytes);
    const lower = text.replace(/"(\w+)":/g, (_, key: string) => `"${key.toUpperCase()}":`);
    return [name.toUpperCase(), lower] as const;
  });
  assert.equal(await tenantOf(files), expected);
});

properties("no archive that was damaged makes the reader throw", async () => {
  const whole = writeZip([...filesOf("backup")].map(([name, bytes]) => ({ name, bytes })));
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }), async (at, byte) => {
      const damaged = Buffer.from(whole);
      damaged[at] = byte;
      const read = await readArchive("damaged.zip", damaged);
      if (!read.ok) assert.is(read.problems[0]?.code, "ARCHIVE_REFUSED");
      else for (const file of read.value) await file.bytes();
    }),
    RUNS,
  );
});

properties("docs/importing.md names every cmdlet that is read, and its backup name", () => {
  const text = readFileSync(join(EXPORTS, "..", "..", "docs", "importing.md"), "utf8");
  for (const { cmdlet, backupName } of EXPORT_CMDLETS) {
    const short = cmdlet.replace("Get-CsOnlineDialInConferencing", "…");
    assert.ok(text.includes(`\`${cmdlet}\``) || text.includes(`\`${short}\``), cmdlet);
    if (backupName !== null) assert.ok(text.includes(`\`${backupName}\``), backupName);
  }
});

/** A list that is parsed in several batches. */
const LARGE = Array.from({ length: 9_000 }, (_, i) => ({
  Identity: `R${i}`,
  Text: "x".repeat(300),
}));

properties("a large list gives its records in order, and is refused wherever it is broken", () => {
  const text = JSON.stringify(LARGE, null, 1);
  const records: unknown[] = [];
  assert.ok(jsonRecords("f.json", text, (record) => records.push(record)).ok);
  assert.equal(records, LARGE);
  const commas = [...text.matchAll(/\},\n/g)].map(({ index }) => index + 1);
  // Around where the first batch ends, and once elsewhere.
  const cut = commas.findIndex((comma) => comma > 1024 * 1024);
  for (const comma of [...commas.slice(cut - 2, cut + 2), commas[5] ?? 0]) {
    for (const instead of ["", "]", "] [", "], [", ",,"]) {
      const broken = text.slice(0, comma) + instead + text.slice(comma + 1);
      const read = jsonRecords("f.json", broken, () => {});
      assert.is(read.ok, false, `${instead} at ${comma}`);
      assert.is(read.problems[0]?.code, "TENANT_SYNTAX");
    }
  }
});

properties.run();
