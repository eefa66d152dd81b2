import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readPhrase, readReasons } from "../../engine/call/release-reason.ts";

const reasons = suite("release reasons");

const ROWS: readonly (readonly [values: readonly string[], read: string | null])[] = [
  [[], null],
  [['Q.850;cause=16;text="Normal call clearing"'], 'Q.850;cause=16;text="Normal call clearing"'],
  [['Q.850 ; cause=031 ; text="Normal, unspecified"'], 'Q.850;cause=31;text="Normal, unspecified"'],
  [["SIP;cause=503"], "SIP;cause=503"],
  [['SIP;text="Gateway down";cause=503'], 'SIP;cause=503;text="Gateway down"'],
  [["SIP;cause=503", "Q.850;cause=38"], "SIP;cause=503, Q.850;cause=38"],
  [["Q.850;Cause=17;location=user"], "Q.850;cause=17"],
  [['Q.850;cause=17;text="a \\"b\\" c"'], 'Q.850;cause=17;text="a b c"'],
  [[`Q.850;text="${"x".repeat(300)}"`], `Q.850;text="${"x".repeat(80)}"`],
  [["Q.850"], null],
  [["Q.850;cause=many"], null],
  [['"quoted";cause=3'], null],
  [["", "SIP;cause=200"], "SIP;cause=200"],
  [Array.from({ length: 9 }, () => "SIP;cause=1"), Array(4).fill("SIP;cause=1").join(", ")],
];

for (const [values, read] of ROWS) {
  reasons(`${JSON.stringify(values).slice(0, 60)} is read`, () => {
    assert.is(readReasons(values), read);
  });
}

reasons("a phrase becomes one short line of text", () => {
  assert.is(readPhrase("Busy Here"), "Busy Here");
  assert.is(readPhrase(""), null);
  assert.is(readPhrase("\u009b2J \r\n\u001b"), "2J");
  assert.is(readPhrase("x".repeat(9_000))?.length, 160);
});

reasons("long and hostile values take no time", () => {
  const value = `Q.850${";text=".repeat(5_000)}${'"\\'.repeat(5_000)}`;
  const started = performance.now();
  assert.is(readReasons([value]), null);
  assert.ok(performance.now() - started < 200);
});

reasons.run();
