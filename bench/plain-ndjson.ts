/**
 * The plain way to route NDJSON: each line through JSON.parse, the router and JSON.stringify.
 *
 * @module
 */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Router } from "../engine/route/router.ts";

const READ_BYTES = 256 * 1024;

interface Call {
  readonly dialed: string;
  readonly user: string;
}

/** Writes the same bytes as `outdial route`. */
export async function routePlainNdjson(file: string, router: Router, to: string): Promise<void> {
  const output = await open(to, "w");
  const callers = new Map<string, number>();
  const number = Buffer.alloc(64);
  const rowOf = (line: string): string => {
    const { dialed, user } = JSON.parse(line) as Call;
    let caller = callers.get(user);
    if (caller === undefined) {
      caller = router.callerIndex(user);
      callers.set(user, caller);
    }
    const end = number.write(dialed, "latin1");
    const kind = "user-call";
    const decision = router.decideBytes(caller, kind, false, number, 0, end);
    const { numberBytes, numberStart, numberEnd } = router;
    const { outcome, operator, trunks, callerId } = decision;
    const { route, usage, policy, policySource, reason } = decision;
    return JSON.stringify({
      dialed,
      number: Buffer.from(numberBytes.buffer).toString(
        "latin1",
        numberBytes.byteOffset + numberStart,
        numberBytes.byteOffset + numberEnd,
      ),
      user,
      kind,
      outcome,
      operator,
      trunks,
      callerId,
      route,
      usage,
      policy,
      policySource,
      reason,
      revision: router.revision,
    });
  };
  let unfinished = "";
  for await (const piece of createReadStream(file, { highWaterMark: READ_BYTES })) {
    const lines = (unfinished + (piece as Buffer).toString("latin1")).split("\n");
    unfinished = lines.pop() ?? "";
    let rows = "";
    for (const line of lines) rows += `${rowOf(line)}\n`;
    await output.write(rows, null, "latin1");
  }
  await output.close();
}
