import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

const start = suite("npm start");

start(
  "routes the sample stream, sums it up, explains one decision and places calls that both sides agree on",
  () => {
    const run = spawnSync(process.execPath, [join(root, "dist", "scripts", "start.js")], {
      encoding: "utf8",
    });
    assert.is(run.status, 0, `${run.stdout}${run.stderr}`);
    const routed = /^routed (\d+) numbers in \d+\.\d\d s \(\d+\/s\)$/m.exec(run.stdout);
    assert.ok(Number(routed?.[1]) >= 100_000, run.stdout);
    for (const word of ["operator", "gateway", "microsoft", "on-net", "blocked", "NO_MATCH"]) {
      assert.match(run.stdout, word);
    }
    assert.match(run.stdout, "$ npx outdial explain +442079460123");
    assert.match(run.stdout, /^placed 500 calls in /m);
    const sent = /^sent (\d+) = answered .*; both sides agree on every call$/m.exec(run.stdout);
    assert.ok(Number(sent?.[1]) >= 150, run.stdout);
  },
);

start.run();
