/**
 * What one simulated trunk is and does, with every default filled in.
 *
 * @module
 */

import type { TrunkTransport } from "../../engine/model/operator.ts";
import type { DigestAlgorithm } from "../../engine/sip/digest-words.ts";
import { type Distribution, fixed } from "./distribution.ts";

/** How a call that is let in ends before or at its answer. A number is a final SIP status of 400 to 699. */
export type CallOutcome = "answer" | "busy" | "no-answer" | number;

export interface WeightedOutcome {
  readonly weight: number;
  readonly outcome: CallOutcome;
}

/** What the trunk does with a call that is let in. */
export interface AnswerPlan {
  /** 100 at once. */
  readonly trying: boolean;
  /** From the INVITE to 180 or 183. */
  readonly postDialDelaySeconds: Distribution;
  /** `early-media` = 183 with SDP; `none` = straight to the final response. */
  readonly progress: "ringing" | "early-media" | "none";
  /** 180 and 183 are sent reliably (RFC 3262) where the caller supports it. */
  readonly reliable: boolean;
  /** From 180 or 183 to the final response. */
  readonly ringSeconds: Distribution;
  /** Never empty; weights sum to more than 0. */
  readonly outcomes: readonly WeightedOutcome[];
  /** How long a call that nobody answers rings before {@link noAnswerStatus}. */
  readonly noAnswerSeconds: number;
  readonly noAnswerStatus: number;
  /** Share of answered calls, 0 to 1, that the called side hangs up. */
  readonly calleeHangsUp: number;
  /** From the answer to the called side's hang-up. */
  readonly callSeconds: Distribution;
}

/** Another plan for called numbers that begin so. */
export interface NumberRule {
  readonly prefix: string;
  readonly answer: AnswerPlan;
}

export const FAULT_KINDS = [
  "503-storm",
  "silence",
  "100-then-silence",
  "180-then-503",
  "slow-answers",
  "packet-loss",
  "packet-delay",
  "packet-duplication",
  "options-loss",
  "tcp-reset",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** Something that is wrong with a trunk for a while. */
export interface Fault {
  readonly kind: FaultKind;
  /** Seconds since the start of the program, `from` included, `to` not; infinity = to the end. */
  readonly from: number;
  readonly to: number;
  /** Of calls, or of messages for the packet kinds and `tcp-reset`; 0 to 1. */
  readonly share: number;
  /** Of `503-storm`. */
  readonly status: number;
  /** Of `slow-answers`: added before 180; of `packet-delay`: each message's; of `180-then-503`: from 180 to 503. */
  readonly seconds: Distribution;
}

/** How speech gets through where no packet is looked at. */
export interface QualityProfile {
  readonly lossRatio: number;
  readonly jitterMilliseconds: number;
  /** One way. */
  readonly delayMilliseconds: number;
}

/** A trunk that asks callers for a name and password (RFC 3261 section 22). */
export interface TrunkDigest {
  readonly realm: string;
  readonly user: string;
  readonly password: string;
  /** Hashes that callers may use, in the order in which they are offered. */
  readonly algorithms: readonly DigestAlgorithm[];
}

export interface TrunkProfile {
  readonly name: string;
  /** Operator id; `null` = of none. */
  readonly operator: string | null;
  readonly host: string;
  readonly port: number;
  readonly transport: TrunkTransport;
  /** A trunk that is not answers 503 to everything. */
  readonly enabled: boolean;
  /** `null` = no limit. */
  readonly maxConcurrentCalls: number | null;
  readonly callsPerSecond: number | null;
  readonly policeCallerId: boolean;
  /** E.164 numbers, or ranges such as `+1425555013x`: one digit for each `x` at the end. */
  readonly ownedNumbers: readonly string[];
  /** Answer to OPTIONS; `null` = none. */
  readonly optionsStatus: number | null;
  readonly digest: TrunkDigest | null;
  readonly answer: AnswerPlan;
  /** The first whose prefix fits counts. */
  readonly rules: readonly NumberRule[];
  readonly quality: QualityProfile;
  readonly faults: readonly Fault[];
}

/** 100, 180 after 20 ms, 200 after 100 ms, held until the caller hangs up. */
export const DEFAULT_ANSWER: AnswerPlan = {
  trying: true,
  postDialDelaySeconds: fixed(0.02),
  progress: "ringing",
  reliable: false,
  ringSeconds: fixed(0.08),
  outcomes: [{ weight: 1, outcome: "answer" }],
  // WHY: timer C of RFC 3261 is above three minutes; real operators give up a little earlier.
  noAnswerSeconds: 180,
  noAnswerStatus: 480,
  calleeHangsUp: 0,
  callSeconds: fixed(60),
};

/** A good fixed line: MOS above 4.3 with G.711. */
export const DEFAULT_QUALITY: QualityProfile = {
  lossRatio: 0,
  jitterMilliseconds: 1,
  delayMilliseconds: 20,
};
