import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type CallEffect,
  type CallEnd,
  effectOf,
  isDelivered,
} from "../../engine/model/call-effect.ts";

const effects = suite("call effect");

type Row = readonly [CallEnd["result"], number | null, quiet: CallEffect, rung: CallEffect];

/** What a call comes to that never rang, and what one that did. */
const ROWS: readonly Row[] = [
  ["answered", 200, "answered", "answered"],
  ["failed", 400, "network", "network"],
  ["failed", 403, "network", "network"],
  ["failed", 404, "user", "user"],
  ["failed", 408, "network", "no-answer"],
  ["failed", 410, "user", "user"],
  ["failed", 480, "no-answer", "no-answer"],
  ["failed", 484, "user", "user"],
  ["failed", 486, "busy", "busy"],
  ["failed", 487, "network", "no-answer"],
  ["failed", 488, "network", "network"],
  ["failed", 500, "network", "network"],
  ["failed", 503, "network", "network"],
  ["failed", 600, "busy", "busy"],
  ["failed", 603, "user", "user"],
  ["failed", 604, "user", "user"],
  ["failed", 607, "user", "user"],
  ["failed", null, "network", "network"],
  ["cancelled", 487, "network", "no-answer"],
  ["cancelled", null, "network", "no-answer"],
  ["timed-out", null, "network", "no-answer"],
  ["timed-out", 408, "network", "no-answer"],
  ["timed-out", 487, "network", "no-answer"],
  ["timed-out", 200, "network", "network"],
];

for (const [result, status, quiet, rung] of ROWS) {
  effects(`${result} ${status ?? "without a status"}: ${quiet}; having rung: ${rung}`, () => {
    for (const [hasRung, effect] of [
      [false, quiet],
      [true, rung],
    ] as const) {
      const end = { result, status, hasRung };
      assert.is(effectOf(end), effect);
      assert.is(isDelivered(end), effect !== "network");
    }
  });
}

effects.run();
