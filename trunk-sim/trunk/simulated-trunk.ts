import { openSipEndpoint } from "../../engine/sip/open-sip-endpoint.ts";
import type {
  DigestCredentials,
  EndpointCounts,
  SipEndpoint,
  TlsIdentity,
} from "../../engine/sip/sip-endpoint.ts";
import type { ListenAddress, SipPeer } from "../../engine/sip/sip-peer.ts";
import { listenError, wordsOf } from "../../engine/sip/socket-words.ts";
import type { TrunkProfile } from "../scenario/trunk-profile.ts";
import { SpeechDesk } from "./speech-desk.ts";
import { type SimRun, TrunkDesk } from "./trunk-desk.ts";

/** Server header of every trunk. */
const PRODUCT = "outdial-trunk-sim";

export interface TrunkOptions {
  /** Where to listen; `null` = on the trunk's own host. */
  readonly host: string | null;
  /** Asked by TLS trunks only; what it throws stops them. */
  tls(): Promise<TlsIdentity>;
  /** Messages a second from one source, beyond which they are dropped; `null` = no limit. */
  readonly messagesPerSecondPerSource: number | null;
  /** One line for the log: what was wrong on the wire. */
  onFault(trunk: string, what: string, peer: SipPeer | null): void;
}

/** One trunk on its own port: an endpoint, and the desk that decides what it does. */
export class SimulatedTrunk {
  readonly profile: TrunkProfile;
  readonly desk: TrunkDesk;
  readonly #endpoint: SipEndpoint;
  readonly #speech: SpeechDesk;

  private constructor(
    profile: TrunkProfile,
    desk: TrunkDesk,
    endpoint: SipEndpoint,
    speech: SpeechDesk,
  ) {
    this.profile = profile;
    this.desk = desk;
    this.#endpoint = endpoint;
    this.#speech = speech;
  }

  /** @throws EngineError when its port, its host or its certificate cannot be used; says which and why. */
  static async open(
    profile: TrunkProfile,
    run: SimRun,
    options: TrunkOptions,
  ): Promise<SimulatedTrunk> {
    const { name, port, transport } = profile;
    const host = options.host ?? profile.host;
    const speech = await SpeechDesk.open(host, profile.quality, run.streams).catch(
      (error: unknown) => {
        throw listenError({ host, port, transport }, wordsOf(error), error);
      },
    );
    try {
      const desk = new TrunkDesk(profile, run, speech);
      const endpoint = await openSipEndpoint({
        listen: [{ host, port, transport }],
        product: PRODUCT,
        onInvite: (call) => desk.onInvite(call),
        onChallenge: (request) => desk.onChallenge(request),
        onOptions: () => desk.onOptions(),
        onFault: (what, peer) => {
          run.listener({ kind: "fault", trunk: name, what });
          options.onFault(name, what, peer);
        },
        ...(desk.hasWireFaults
          ? {
              fateOf: (direction: "received" | "sent", message: string) =>
                desk.fateOf(direction, message),
            }
          : {}),
        ...(transport === "tls" ? { tls: await options.tls() } : {}),
        ...(profile.digest === null ? {} : { digest: digestOf(profile.digest) }),
        ...(options.messagesPerSecondPerSource === null
          ? {}
          : { messagesPerSecondPerSource: options.messagesPerSecondPerSource }),
      });
      return new SimulatedTrunk(profile, desk, endpoint, speech);
    } catch (error) {
      await speech.close();
      throw error;
    }
  }

  /** As bound, with the real port. */
  get address(): ListenAddress {
    const { host, port, transport } = this.profile;
    return this.#endpoint.addresses[0] ?? { host, port, transport };
  }

  counts(): EndpointCounts {
    return this.#endpoint.counts();
  }

  async close(): Promise<void> {
    await Promise.all([this.#endpoint.close(), this.#speech.close()]);
    this.desk.stopWaiting();
  }
}

function digestOf(digest: NonNullable<TrunkProfile["digest"]>): DigestCredentials {
  const { realm, user, password, algorithms } = digest;
  return { realm, algorithms, passwordOf: (name) => (name === user ? password : undefined) };
}
