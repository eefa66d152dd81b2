import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readArchive } from "../../engine/import/export-archive/read-archive.ts";
import { readExports } from "../../engine/import/export-folder/read-exports.ts";
import { writeZip, type ZipEntry } from "./write-zip.ts";

const archive = suite("export archive");
const bytes = new TextEncoder().encode("[]");
const plain: ZipEntry = { name: "VoiceRoutes.txt", bytes };

archive("files come with their names, and folders are passed over", async () => {
  const read = await readArchive(
    "a.zip",
    writeZip([
      { name: "Backup/", bytes: new Uint8Array(), mode: 0o040755 },
      { ...plain, name: "Backup/VoiceRoutes.txt" },
      { ...plain, name: "Dialplans.txt", stored: true },
    ]),
  );
  assert.ok(read.ok);
  assert.equal(
    read.value.map(({ name, path }) => [name, path]),
    [
      ["VoiceRoutes.txt", "a.zip/Backup/VoiceRoutes.txt"],
      ["Dialplans.txt", "a.zip/Dialplans.txt"],
    ],
  );
  for (const file of read.value) {
    const content = await file.bytes();
    assert.ok(content.ok);
    assert.is(new TextDecoder().decode(content.value), "[]");
  }
});

archive("two files of one name in different folders are named with their folders", async () => {
  const zip = writeZip([
    { ...plain, name: "monday/VoiceRoutes.txt" },
    { ...plain, name: "friday/VoiceRoutes.txt" },
  ]);
  const files = await readArchive("a.zip", zip);
  assert.ok(files.ok);
  const read = await readExports("a.zip", files.value);
  assert.not(read.ok);
  assert.equal(
    read.problems.map(({ what }) => what),
    ["a.zip/monday/VoiceRoutes.txt and a.zip/friday/VoiceRoutes.txt hold the same objects"],
  );
});

const REFUSED: readonly (readonly [what: string, zip: () => Uint8Array, why: RegExp])[] = [
  ["what is no zip", () => new TextEncoder().encode("PK? no"), /refused: /],
  ["a zip that is cut short", () => writeZip([plain]).subarray(0, 40), /refused: /],
  [
    "a path that climbs",
    () => writeZip([plain, { ...plain, name: "../../etc/cron.d/x" }]),
    /invalid relative path/,
  ],
  ["an absolute path", () => writeZip([{ ...plain, name: "/etc/passwd" }]), /absolute path/],
  [
    "a path of Windows",
    () => writeZip([{ ...plain, name: "C:\\x.txt" }]),
    /invalid characters|absolute path/,
  ],
  [
    "a link",
    () => writeZip([plain, { ...plain, name: "x.txt", mode: 0o120777 }]),
    /"x\.txt" is a link/,
  ],
  ["an encrypted file", () => writeZip([{ ...plain, flags: 1 }]), /is encrypted/],
  [
    "an archive inside",
    () => writeZip([plain, { ...plain, name: "more.ZIP" }]),
    /is an archive itself/,
  ],
  [
    "a file that grows as no text does",
    () => writeZip([{ name: "VoiceRoutes.txt", bytes: new Uint8Array(30_000_000) }]),
    /grows from \d+ to 30000000 bytes/,
  ],
  [
    "files that claim more than an export may have",
    () =>
      writeZip(
        Array.from({ length: 3 }, (_, n) => ({
          ...plain,
          stored: false,
          name: `${n}.txt`,
          claimedSize: 900_000,
        })).concat(
          Array.from({ length: 300 }, (_, n) => ({
            ...plain,
            stored: false,
            name: `x${n}.txt`,
            claimedSize: 1_000_000,
          })),
        ),
      ),
    /more than \d+ bytes unpacked/,
  ],
  [
    "too many entries",
    () => writeZip(Array.from({ length: 1_001 }, (_, n) => ({ ...plain, name: `${n}.txt` }))),
    /it holds 1001 entries/,
  ],
];

for (const [what, zip, why] of REFUSED) {
  archive(`${what} is refused with one problem`, async () => {
    const read = await readArchive("bad.zip", zip());
    assert.not(read.ok);
    assert.is(read.problems.length, 1);
    assert.is(read.problems[0]?.code, "ARCHIVE_REFUSED");
    assert.match(read.problems[0]?.what ?? "", why);
  });
}

archive("a file that is longer than its entry says is refused when it is read", async () => {
  const read = await readArchive(
    "lie.zip",
    writeZip([{ name: "VoiceRoutes.txt", bytes: new Uint8Array(500_000), claimedSize: 10 }]),
  );
  assert.ok(read.ok);
  const content = await read.value[0]?.bytes();
  assert.is(content?.ok, false);
  assert.is(content?.problems[0]?.code, "ARCHIVE_REFUSED");
});

archive.run();
