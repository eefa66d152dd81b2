/**
 * Quality of speech from loss and delay: the E-model of ITU-T G.107, reduced to what a packet network
 * does to G.711. All other inputs stand at G.107's defaults, which give R0 - Is = 93.2.
 *
 * @module
 */

/** R of a connection without loss or delay, all inputs at their defaults (G.107 table 2). */
const R_WITHOUT_IMPAIRMENT = 93.2;

/** Below this delay conversation does not suffer (G.107 section 7.4). */
const DELAY_THRESHOLD_MILLISECONDS = 100;

/**
 * Packet-loss robustness of G.711 by G.113 Appendix I (planning values, loss at random, equipment
 * impairment Ie = 0): `none` plays silence for what is missing, `appendix-i` conceals it by G.711
 * Appendix I.
 */
const LOSS_ROBUSTNESS = { none: 4.3, "appendix-i": 25.1 } as const;

export type LossConcealment = keyof typeof LOSS_ROBUSTNESS;

export interface TransmissionImpairment {
  /** 0 to 1; packets too late to be played count as lost. */
  readonly lossRatio: number;
  /** From mouth to ear, one way: network, packets and jitter buffer. Echo is taken to be cancelled. */
  readonly delayMilliseconds: number;
  readonly concealment: LossConcealment;
}

/**
 * Transmission rating factor R, at most 93.2; below 0 where nothing can be understood. R = 93.2 - Id -
 * Ie_eff (G.107 section 7.1).
 */
export function transmissionRating(impairment: TransmissionImpairment): number {
  const { lossRatio, delayMilliseconds, concealment } = impairment;
  return (
    R_WITHOUT_IMPAIRMENT -
    delayImpairment(delayMilliseconds) -
    lossImpairment(lossRatio, concealment)
  );
}

/**
 * Mean opinion score of a rating: 1 to 4.5, conversational (G.107 Annex B). Its polynomial dips below 1 for
 * ratings under 6.5; the scale begins at 1.
 */
export function meanOpinionScore(rating: number): number {
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating));
}

/** Idd of G.107 section 7.4, for an ordinary need of interactivity (sT = 1, mT = 100 ms). */
function delayImpairment(milliseconds: number): number {
  if (milliseconds <= DELAY_THRESHOLD_MILLISECONDS) return 0;
  const x = Math.log2(milliseconds / DELAY_THRESHOLD_MILLISECONDS);
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
}

/** Ie_eff of G.107 section 7.5 for loss at random (BurstR = 1) and Ie = 0. */
function lossImpairment(lossRatio: number, concealment: LossConcealment): number {
  const percent = lossRatio * 100;
  return percent === 0 ? 0 : (95 * percent) / (percent + LOSS_ROBUSTNESS[concealment]);
}
