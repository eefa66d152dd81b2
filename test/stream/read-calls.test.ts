/** Placing the calls of a stream reads it as routing does: same calls, same words about the same lines. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Call } from "../../engine/model/call.ts";
import { formatProblem } from "../../engine/model/format-problem.ts";
import { openInput } from "../../engine/stream/input-head.ts";
import { readCalls } from "../../engine/stream/read-calls.ts";
import { StreamProblems } from "../../engine/stream/stream-problems.ts";
import type { CallDefaults } from "../../engine/stream/stream-setup.ts";
import { DIGIT_USERS, digitRouter } from "./digit-router.ts";
import { MEGAN, runStream } from "./run-stream.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

interface BadInput {
  readonly name: string;
  readonly file: string;
  readonly input?: string;
  readonly hex?: string;
  readonly user?: boolean;
  readonly rows?: readonly string[];
}

const cases = JSON.parse(
  readFileSync(join(root, "fixtures", "stream", "bad-input.json"), "utf8"),
) as readonly BadInput[];

async function callsOf(
  bytes: Uint8Array,
  name: string,
  defaults: CallDefaults,
): Promise<{ calls: Call[]; told: string[] }> {
  const pieces = (async function* () {
    for (let i = 0; i < bytes.length; i += 7) yield bytes.subarray(i, i + 7);
  })();
  const opened = await openInput(pieces, name, null);
  const told = opened.problems.map(formatProblem);
  if (!opened.ok) return { calls: [], told };
  const { linesBefore } = opened.value;
  const problems = new StreamProblems(name, linesBefore, DIGIT_USERS, {
    tell: (found) => told.push(formatProblem(found)),
    record: null,
  });
  const router = digitRouter();
  const calls: Call[] = [];
  for await (const call of readCalls({
    input: opened.value,
    defaults,
    knowsUser: (user) => router.callerIndex(user) >= 0,
    knowsSite: (site) => router.siteIndex(site) >= 0,
    problems,
    stop: new AbortController().signal,
  })) {
    calls.push(call);
  }
  return { calls, told };
}

const reading = suite("reading calls");

for (const { name, file, input, hex, user, rows = [] } of cases) {
  reading(`as when it is routed: ${name}`, async () => {
    const bytes = hex === undefined ? Buffer.from(input ?? "") : Buffer.from(hex, "hex");
    const defaults = user === false ? { ...MEGAN, user: null } : MEGAN;
    const read = await callsOf(bytes, file, defaults);
    const routed = await runStream(bytes, { name: file, defaults });
    const isOfTheDecision = (line: string): boolean => line.includes(" NUMBER_NOT_DIALABLE ");
    assert.equal(
      read.told,
      routed.told.filter((line) => !isOfTheDecision(line)),
    );
    assert.is(read.calls.length, rows.filter((row) => !row.endsWith(",INPUT_MALFORMED")).length);
  });
}

reading(
  "every field of every format arrives, and what is lacking comes from the options",
  async () => {
    const call = {
      dialed: "+1 425 555 0100",
      user: "megan@contoso.com",
      kind: "forward",
      site: "Redmond",
      ingressTrunk: "sbc1.contoso.com",
      hideCallerId: true,
      originalCaller: "+12065550144",
    };
    const { ingressTrunk, hideCallerId, originalCaller, ...rest } = call;
    const json = JSON.stringify({
      ...rest,
      ingress_trunk: ingressTrunk,
      hide_caller_id: true,
      original_caller: "tel:+1 (206) 555-0144",
    });
    const csv =
      'hide_caller_id,dialed,site,kind,ingress_trunk,user,original_caller\nyes,"+1 425 555 0100",Redmond,forward,sbc1.contoso.com,megan@contoso.com,+12065550144';
    const none: CallDefaults = { ...MEGAN, user: null };
    assert.equal((await callsOf(Buffer.from(json), "a.ndjson", none)).calls, [call]);
    assert.equal((await callsOf(Buffer.from(csv), "a.csv", none)).calls, [call]);
    const { dialed, ...defaults } = call;
    const asGiven = defaults as CallDefaults;
    assert.equal((await callsOf(Buffer.from(`${dialed}\r\n`), "a.txt", asGiven)).calls, [call]);
  },
);

reading("stops when told to, in the middle of an input that never ends", async () => {
  const endless = (async function* () {
    for (;;) yield Buffer.from("+14255550100\n");
  })();
  const opened = await openInput(endless, "in.txt", null);
  if (!opened.ok) throw new Error("not opened");
  const stop = new AbortController();
  const sink = { tell: () => {}, record: null };
  let count = 0;
  for await (const _ of readCalls({
    input: opened.value,
    defaults: MEGAN,
    knowsUser: () => true,
    knowsSite: () => true,
    problems: new StreamProblems("in.txt", 0, [], sink),
    stop: stop.signal,
  })) {
    if (++count === 5) stop.abort();
  }
  assert.ok(count >= 5 && count < 20_000, `${count}`);
});

reading.run();
