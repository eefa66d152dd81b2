import { createOffer } from "../../engine/media/sdp.ts";
import type { OperatorCallRecord } from "../../engine/model/call-detail-record.ts";
import { openSipEndpoint } from "../../engine/sip/open-sip-endpoint.ts";
import type { ClientCall, OutgoingInvite } from "../../engine/sip/sip-calls.ts";
import type {
  SipEndpoint,
  SipEndpointOptions,
  TlsIdentity,
} from "../../engine/sip/sip-endpoint.ts";
import type { SipRequest, SipResponse } from "../../engine/sip/sip-message.ts";
import { hostPort, type SipPeer } from "../../engine/sip/sip-peer.ts";
import { timers } from "../../engine/sip/transaction-timers.ts";
import { Transcript } from "../../trunk-sim/report/transcript.ts";
import { completeScenario } from "../../trunk-sim/scenario/complete-scenario.ts";
import { scenarioSchema } from "../../trunk-sim/scenario/scenario-schema.ts";
import type { SimEvent } from "../../trunk-sim/sim-event.ts";
import { Simulation } from "../../trunk-sim/simulation.ts";
import { SimClock } from "../../trunk-sim/trunk/sim-clock.ts";
import { StreamRoom } from "../../trunk-sim/trunk/speech-desk.ts";
import { until } from "../media/until.ts";

export const CALLED = "+442079460123";
export const CALLER_ID = "+14255550101";

/** RFC 3261's times are for the width of the earth; tests are on one machine, which may be busy: 64 × T1 = 1.6 s. */
export const QUICK_T1 = 25;

const OFFER = createOffer({ address: "127.0.0.1", port: 40_000, sessionId: 1, version: 1 });

/** What one placed call heard, in order, and the last words of each kind. */
export class PlacedCall {
  readonly heard: string[] = [];
  readonly responses: SipResponse[] = [];
  bye: SipRequest | null = null;
  over = false;
  call: ClientCall | undefined;

  get final(): SipResponse | undefined {
    return this.responses.findLast(({ status }) => status >= 200);
  }

  async ended(): Promise<this> {
    await until(`the end of a call that heard ${this.heard.join(", ")}`, () => this.over);
    return this;
  }

  async reached(event: string): Promise<this> {
    await until(`${event} of a call that heard ${this.heard.join(", ")}`, () =>
      this.heard.includes(event),
    );
    return this;
  }
}

export interface TrunkLab {
  readonly simulation: Simulation;
  readonly events: SimEvent[];
  readonly transcript: Transcript;
  readonly caller: SipEndpoint;
  readonly peer: SipPeer;
  records(): readonly OperatorCallRecord[];
  place(
    more?: Partial<OutgoingInvite> & { readonly called?: string; readonly from?: string },
  ): PlacedCall;
  /** Places one, hangs up when it is answered, and waits for its end. */
  call(more?: Parameters<TrunkLab["place"]>[0]): Promise<PlacedCall>;
}

export interface TrunkLabOptions {
  readonly tls?: { readonly server: TlsIdentity; readonly client: TlsIdentity };
  readonly caller?: Partial<SipEndpointOptions>;
  readonly rtpStreams?: number;
  readonly seed?: number;
  readonly messagesPerSource?: number;
}

/**
 * Runs with one trunk as a scenario would say it, and an end that calls it over real sockets. Then
 * everything is drained and closed, and the books must balance: each call that came in has ended exactly
 * once, and nothing is left of any.
 */
export async function withTrunk(
  written: object,
  run: (lab: TrunkLab) => Promise<void>,
  options: TrunkLabOptions = {},
): Promise<void> {
  const parsed = scenarioSchema.parse({
    trunkSim: 1,
    trunks: [{ name: "lab", host: "127.0.0.1", port: 0, ...written }],
  });
  const { trunks } = completeScenario(null, parsed);
  const events: SimEvent[] = [];
  const transcript = new Transcript();
  const before = timers.T1;
  setT1(QUICK_T1);
  const simulation = await Simulation.start(
    trunks,
    {
      seed: options.seed ?? 0,
      clock: new SimClock(),
      listener: (event) => events.push(event),
      transcript,
      streams: new StreamRoom(options.rtpStreams ?? 0),
    },
    () => ({
      host: null,
      tls: () =>
        options.tls === undefined
          ? Promise.reject(new Error("no certificate"))
          : Promise.resolve(options.tls.server),
      messagesPerSecondPerSource: options.messagesPerSource ?? null,
      onFault: () => {},
    }),
  );
  const [trunk] = simulation.trunks;
  if (trunk === undefined) throw new Error(simulation.problems[0]?.what);
  const { transport, host } = trunk.address;
  const caller = await openSipEndpoint({
    listen: [{ transport, host, port: 0 }],
    product: "caller",
    ...(options.tls === undefined ? {} : { tls: options.tls.client }),
    ...options.caller,
  });
  const peer: SipPeer = trunk.address;
  const lab: TrunkLab = {
    simulation,
    events,
    transcript,
    caller,
    peer,
    records: () => events.flatMap((event) => (event.kind === "ended" ? [event.record] : [])),
    place: (more = {}) => place(caller, peer, more),
    async call(more = {}) {
      const placed = place(caller, peer, more);
      await until(`an outcome of a call that heard ${placed.heard.join(", ")}`, () =>
        placed.heard.some((event) => /^(answer|reject|fail)/.test(event)),
      );
      placed.call?.hangUp();
      return placed.ended();
    },
  };
  try {
    await run(lab);
    const left = await simulation.drain(0, new AbortController().signal);
    balance(events, left);
  } finally {
    await Promise.all([caller.close(), simulation.close()]);
    setT1(before);
  }
}

/** T1, and the timers of sip.js's that are 64 times as long. */
function setT1(milliseconds: number): void {
  const all: Record<string, number> = timers;
  all["T1"] = milliseconds;
  for (const name of ["B", "F", "H", "L", "M"]) all[`TIMER_${name}`] = 64 * milliseconds;
}

function balance(
  events: readonly SimEvent[],
  left: { readonly transactions: number; readonly dialogs: number },
): void {
  const count = (kind: SimEvent["kind"]): number =>
    events.filter((event) => event.kind === kind).length;
  if (count("invited") !== count("ended")) {
    throw new Error(`${count("invited")} calls came in, ${count("ended")} ended`);
  }
  if (left.transactions + left.dialogs > 0) {
    throw new Error(`left over: ${left.transactions} transactions, ${left.dialogs} dialogs`);
  }
}

function place(
  caller: SipEndpoint,
  peer: SipPeer,
  more: Parameters<TrunkLab["place"]>[0] & object,
): PlacedCall {
  const { called = CALLED, from = CALLER_ID, ...rest } = more;
  const placed = new PlacedCall();
  const note = (event: string, response?: SipResponse): void => {
    // WHY: with so short a T1 a busy machine repeats an INVITE, and its 1xx is repeated in turn.
    if (/^(trying|progress)/.test(event) && placed.heard.includes(event)) return;
    placed.heard.push(event);
    if (response !== undefined) placed.responses.push(response);
  };
  const transport = peer.transport === "udp" ? "" : `;transport=${peer.transport}`;
  placed.call = caller.invite(
    peer,
    {
      requestUri: `sip:${called}@${hostPort(peer)}${transport}`,
      from: `<sip:${from}@contoso.com>`,
      to: `<sip:${called}@${hostPort(peer)}>`,
      headers: [["P-Asserted-Identity", `<sip:${from}@contoso.com>`]],
      body: { contentType: "application/sdp", content: OFFER },
      ...rest,
    },
    {
      onTrying: () => note("trying"),
      onProgress: (response) => note(`progress ${response.status}`, response),
      onAnswer: (response) => note("answer", response),
      onReject: (response) => note(`reject ${response.status}`, response),
      onFail: (failure) => note(`fail ${failure}`),
      onHangUp: (bye) => {
        placed.bye = bye;
        note("hang up");
      },
      onEnd: () => {
        placed.over = true;
      },
    },
  );
  return placed;
}
