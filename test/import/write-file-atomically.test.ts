import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { writeFileAtomically } from "../../engine/import/write-file-atomically.ts";

const write = suite<{ folder: string }>("write file atomically");

write.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "outdial-"));
});
write.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

write("a new file holds the text and leaves nothing beside it", async ({ folder }) => {
  assert.equal(await writeFileAtomically(join(folder, "tenant.yaml"), "outdial: 1\n"), []);
  assert.is(readFileSync(join(folder, "tenant.yaml"), "utf8"), "outdial: 1\n");
  assert.equal(readdirSync(folder), ["tenant.yaml"]);
});

write("a file that is there is replaced and keeps its mode", async ({ folder }) => {
  const path = join(folder, "tenant.yaml");
  writeFileSync(path, "a much longer text than the new one");
  chmodSync(path, 0o640);
  assert.equal(await writeFileAtomically(path, "new"), []);
  assert.is(readFileSync(path, "utf8"), "new");
  assert.is(statSync(path).mode & 0o777, 0o640);
});

write("a symbolic link stays one and its target is written", async ({ folder }) => {
  writeFileSync(join(folder, "real.yaml"), "old");
  symlinkSync("real.yaml", join(folder, "link.yaml"));
  assert.equal(await writeFileAtomically(join(folder, "link.yaml"), "new"), []);
  assert.is(readlinkSync(join(folder, "link.yaml")), "real.yaml");
  assert.is(readFileSync(join(folder, "real.yaml"), "utf8"), "new");
});

write("a folder that is not there, and one in the file's place, are told", async ({ folder }) => {
  const missing = await writeFileAtomically(join(folder, "no", "tenant.yaml"), "x");
  assert.is(missing[0]?.code, "FILE_NOT_WRITTEN");
  assert.match(missing[0]?.what ?? "", "there is no such folder");
  mkdirSync(join(folder, "tenant.yaml"));
  const taken = await writeFileAtomically(join(folder, "tenant.yaml"), "x");
  assert.is(taken[0]?.code, "FILE_NOT_WRITTEN");
  assert.equal(readdirSync(folder), ["tenant.yaml"]);
  assert.not(existsSync(join(folder, "no")));
});

write("a pipe stays a pipe and gets the text", async ({ folder }) => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const reader = spawn("cat", [pipe], { stdio: ["ignore", "pipe", "inherit"] });
  const read = text(reader.stdout);
  assert.equal(await writeFileAtomically(pipe, "outdial: 1\n"), []);
  assert.is(await read, "outdial: 1\n");
  assert.ok(statSync(pipe).isFIFO());
});

write.run();
