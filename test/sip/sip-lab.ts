import { openSipEndpoint } from "../../engine/sip/open-sip-endpoint.ts";
import type { ClientCall, OutgoingInvite, ServerCall } from "../../engine/sip/sip-calls.ts";
import type { SipEndpoint, SipEndpointOptions, WireTap } from "../../engine/sip/sip-endpoint.ts";
import type { SipBody, SipRequest, SipResponse } from "../../engine/sip/sip-message.ts";
import { hostPort, type ListenAddress, type SipPeer } from "../../engine/sip/sip-peer.ts";

/** A sample session description. */
export const SDP: SipBody = {
  contentType: "application/sdp",
  content:
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\n",
};

/** Waits for a thing that another end does; says what was missing. */
export class Signal<Value> {
  readonly #promise: Promise<Value>;
  #resolve: (value: Value) => void = () => {};
  readonly #what: string;

  constructor(what: string) {
    this.#what = what;
    this.#promise = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  fire(value: Value): void {
    this.#resolve(value);
  }

  /** The time bounds a test that fails; it may be long, as a machine may be busy. */
  async within(milliseconds = 30_000): Promise<Value> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${this.#what} did not happen`)), milliseconds);
    });
    try {
      return await Promise.race([this.#promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

export interface LabOptions {
  readonly listen?: Partial<ListenAddress>;
  readonly caller?: Partial<SipEndpointOptions>;
  readonly called?: Partial<SipEndpointOptions>;
}

/** Two endpoints on loopback, and what went over the wire between them, as the called end saw it. */
export interface Lab {
  readonly caller: SipEndpoint;
  readonly called: SipEndpoint;
  readonly calledPeer: SipPeer;
  readonly callerPeer: SipPeer;
  /** `> INVITE`, `< 180 INVITE`, … */
  readonly wire: string[];
  readonly messages: string[];
  readonly faults: string[];
}

export function lineOf(message: string): string {
  const start = message.slice(0, message.indexOf("\r\n"));
  const method = /^CSeq:\s*\d+\s+(\S+)/im.exec(message)?.[1] ?? "";
  if (!start.startsWith("SIP/2.0 ")) return start.split(" ")[0] ?? "";
  return `${start.slice(8, 11)} ${method}`;
}

/** Runs with two endpoints, and closes them whatever happens. */
export async function withLab(
  options: LabOptions,
  run: (lab: Lab) => Promise<void>,
): Promise<void> {
  const wire: string[] = [];
  const messages: string[] = [];
  const faults: string[] = [];
  const tap: WireTap = (direction, message) => {
    wire.push(`${direction === "received" ? ">" : "<"} ${lineOf(message)}`);
    messages.push(message);
  };
  const onFault = (what: string): void => void faults.push(what);
  const address: ListenAddress = {
    transport: "udp",
    host: "127.0.0.1",
    port: 0,
    ...options.listen,
  };
  const shared = { listen: [address], onFault };
  const called = await openSipEndpoint({ ...shared, product: "called", tap, ...options.called });
  const caller = await openSipEndpoint({ ...shared, product: "caller", ...options.caller });
  const [calledPeer] = called.addresses;
  const [callerPeer] = caller.addresses;
  if (calledPeer === undefined || callerPeer === undefined) throw new Error("no address");
  try {
    await run({ caller, called, calledPeer, callerPeer, wire, messages, faults });
  } finally {
    await Promise.all([caller.close(), called.close()]);
  }
}

export function invitation(to: SipPeer, more: Partial<OutgoingInvite> = {}): OutgoingInvite {
  const transport = to.transport === "udp" ? "" : `;transport=${to.transport}`;
  return {
    requestUri: `sip:+442079460123@${hostPort(to)}${transport}`,
    from: '"Megan" <sip:+14255550101@contoso.com>',
    to: "<sip:+442079460123@contoso.com>",
    headers: [["P-Asserted-Identity", "<sip:+14255550101@contoso.com>"]],
    body: SDP,
    ...more,
  };
}

/** All that a call placed in a test may hear, each to be waited for. */
export class Heard {
  readonly progress = new Signal<SipResponse>("a provisional response");
  readonly answer = new Signal<SipResponse>("an answer");
  readonly reject = new Signal<SipResponse>("a refusal");
  readonly fail = new Signal<string>("a failure");
  readonly hangUp = new Signal<SipRequest>("the other end's BYE");
  readonly end = new Signal<void>("the call's end");
  readonly order: string[] = [];
  call: ClientCall | undefined;

  place(lab: Lab, more: Partial<OutgoingInvite> = {}): ClientCall {
    const note = (event: string): void => void this.order.push(event);
    this.call = lab.caller.invite(lab.calledPeer, invitation(lab.calledPeer, more), {
      onTrying: () => note("trying"),
      onProgress: (response) => {
        note(`progress ${response.status}`);
        this.progress.fire(response);
      },
      onAnswer: (response) => {
        note(`answer ${response.status}`);
        this.answer.fire(response);
      },
      onReject: (response) => {
        note(`reject ${response.status}`);
        this.reject.fire(response);
      },
      onFail: (failure, what) => {
        note(`fail ${failure}`);
        this.fail.fire(what);
      },
      onHangUp: (bye) => {
        note("hang up");
        this.hangUp.fire(bye);
      },
      onEnd: () => {
        note("end");
        this.end.fire();
      },
    });
    return this.call;
  }
}

/** The called end of a call in a test. */
export class Taken {
  readonly call: ServerCall;
  readonly cancel = new Signal<SipRequest>("a CANCEL");
  readonly confirm = new Signal<SipRequest>("an ACK");
  readonly unconfirmed = new Signal<void>("giving up on the ACK");
  readonly hangUp = new Signal<SipRequest>("the caller's BYE");
  readonly end = new Signal<void>("the call's end at the called side");

  constructor(call: ServerCall) {
    this.call = call;
    call.events = {
      onCancel: (request) => this.cancel.fire(request),
      onConfirm: (ack) => this.confirm.fire(ack),
      onUnconfirmed: () => this.unconfirmed.fire(),
      onHangUp: (bye) => this.hangUp.fire(bye),
      onEnd: () => this.end.fire(),
    };
  }
}
