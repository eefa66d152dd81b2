import type { TraceStep } from "../model/trace.ts";
import { MAX_DIALED_LENGTH, MAX_NUMBER_LENGTH } from "../route/normalise-dialed-number.ts";

/** The symbols of a number, and the separators that count for nothing. */
const ALLOWED = /^[0-9*# \-.()]$/;

/**
 * What is wrong with a dialed string that is not dialable, in plain words that name the first character
 * at fault. Pasted numbers often hold characters that look like a blank or a dash, or like nothing: they
 * are named by their code point.
 */
export function whyNotDialable(dialed: string): string {
  if (dialed.length > MAX_DIALED_LENGTH) {
    return `${dialed.length} characters are more than the ${MAX_DIALED_LENGTH} that are accepted`;
  }
  const before = /^ *(?:tel:)?[ \-.()]*/i.exec(dialed)?.[0] ?? "";
  const number = dialed.slice(before.length).split(";", 1)[0] ?? "";
  let position = [...before].length;
  let symbols = 0;
  for (const [index, character] of [...number].entries()) {
    position++;
    if (character === "+" && index === 0) continue;
    if (!ALLOWED.test(character)) return atFault(character, position);
    if (/[0-9*#]/.test(character)) symbols++;
  }
  if (symbols === 0) return "it holds no digit";
  return `it holds ${symbols} digits, more than ${MAX_NUMBER_LENGTH - 1}`;
}

/** The same for a call whose number step is known: a dial plan rule may be at fault instead. */
export function whyUnroutable({
  dialed,
  dialPlan,
}: Extract<TraceStep, { step: "number" }>): string {
  const applied = dialPlan?.rules.find(({ standing }) => standing === "applied");
  if (applied === undefined) return whyNotDialable(dialed);
  const made = applied.result === "" ? "nothing" : `"${applied.result ?? ""}"`;
  return (
    `dial-plan rule "${applied.rule}" (${applied.pattern} → ${applied.translation}) makes ${made} of it, ` +
    `which is no number: + and at most ${MAX_NUMBER_LENGTH - 1} of 0-9, * and #`
  );
}

function atFault(character: string, position: number): string {
  if (character === "+") return `character ${position} is a +, which may only stand in front`;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const isVisible = /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character);
  const name = isVisible ? `"${character}" (U+${code})` : `the invisible character U+${code}`;
  return `character ${position}, ${name}, is neither a digit nor *, # or a separator`;
}
