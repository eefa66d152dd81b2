import { SYMBOLS } from "../../engine/pattern/alphabet.ts";
import type { Dfa } from "../../engine/pattern/dfa.ts";
import { sampleAccepted } from "../../engine/pattern/sample-numbers.ts";
import type { Chance } from "../route/random/chance.ts";

/** Longer than any number that can be dialed, and than what one look into a table can decide. */
const LONGEST = 40;

/** Accepted numbers drawn of each pattern; the others are made of them. */
const SAMPLES_PER_PATTERN = 12;

/**
 * A source of numbers of which many are matched by some of the patterns and many just not: numbers that a
 * pattern accepts with a symbol changed, taken out or put in, with a longer or another tail, with or
 * without `+`, and some of chance alone.
 */
export function likelyNumbers(dfas: readonly Dfa[], chance: Chance): () => string {
  const random = (): number => chance.below(2 ** 30) / 2 ** 30;
  const accepted = dfas.flatMap((dfa) =>
    Array.from({ length: SAMPLES_PER_PATTERN }, () => sampleAccepted(dfa, random) ?? ""),
  );
  accepted.push("", "+", "911", "+14255550100", "+442079460123");
  const symbol = (): string => SYMBOLS.charAt(chance.below(chance.once(8) ? SYMBOLS.length : 10));
  const symbols = (most: number): string => {
    let text = "";
    for (let left = chance.below(most + 1); left > 0; left--) text += symbol();
    return text;
  };
  const changes: readonly ((number: string, at: number) => string)[] = [
    (number) => number,
    (number, at) => number.slice(0, at) + symbol() + number.slice(at + 1),
    (number, at) => number.slice(0, at) + symbol() + number.slice(at),
    (number, at) => number.slice(0, at) + number.slice(at + 1),
    (number, at) => number.slice(0, at) + symbols(14),
    (number) => number + symbols(20),
    (number) => (number.startsWith("+") ? number.slice(1) : `+${number}`),
    () => (chance.once(2) ? "+" : "") + symbols(16),
  ];
  return () => {
    let number = chance.pick(accepted);
    for (let more = true; more; more = chance.once(3)) {
      number = chance.pick(changes)(number, chance.below(number.length + 1));
    }
    return number.slice(0, LONGEST);
  };
}
