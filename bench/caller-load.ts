/**
 * Our caller as a program of its own, for `caller.bench.ts`: places calls to one gateway at a given rate,
 * each hung up 20 ms after its answer, and prints what came of them as one line of JSON.
 *
 * Usage: node dist/bench/caller-load.js HOST PORT CALLS CALLS-PER-SECOND
 */
import { runLoad } from "../engine/call/run-load.ts";
import type { Call } from "../engine/model/call.ts";
import { openGatewayCaller } from "../test/interop/gateway-caller.ts";

/** What the program prints. */
export interface CallerLoadResult {
  readonly placed: number;
  readonly answered: number;
  readonly seconds: number;
  readonly heldBack: number;
  /** Of the whole program. */
  readonly cpuMs: number;
}

const HOLD_SECONDS = 0.02;
const SECONDS_IN_FLIGHT = 5;

const [host = "", port, calls, callsPerSecond] = process.argv.slice(2);

function* callsTo(count: number): Generator<Call> {
  for (let i = 0; i < count; i++) {
    const dialed = `+44207946${String(i % 10_000).padStart(4, "0")}`;
    const user = "megan@contoso.com";
    const rest = { site: null, ingressTrunk: null, hideCallerId: false };
    yield { dialed, user, kind: "user-call", ...rest };
  }
}

const peer = { transport: "udp", host, port: Number(port) } as const;
const { caller, endpoint } = await openGatewayCaller([{ peer }]);
const { placed, seconds, heldBack, summary } = await runLoad({
  caller,
  calls: callsTo(Number(calls)),
  callsPerSecond: Number(callsPerSecond),
  maxCallsInFlight: Number(callsPerSecond) * SECONDS_IN_FLIGHT,
  holdSeconds: () => HOLD_SECONDS,
  onRecord: () => {},
});
caller.close();
await endpoint.close();
const { user, system } = process.cpuUsage();
const cpuMs = (user + system) / 1000;
const { answered } = summary.calls;
const result: CallerLoadResult = { placed, answered, seconds, heldBack, cpuMs };
console.log(JSON.stringify(result));
