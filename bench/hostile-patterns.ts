/**
 * Number patterns made to blow up what compiles them, as an admin's slip or a stranger's tenant may hold
 * them. Each set among ordinary routes must load soon and decide right.
 */

const each = (count: number, pattern: (i: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, i) => pattern(i));

/** By what they do. */
export const HOSTILE_PATTERNS: Readonly<Record<string, readonly string[]>> = {
  // Without ^, whatever asks for the end must remember all digits that may begin it: sets multiply.
  "six ends of numbers": each(6, (i) => `${i + 1}\\d{${i + 3}}$`),
  "twenty ends of numbers": each(20, (i) => `${((i * 37) % 90) + 10}\\d{${3 + (i % 8)}}$`),
  "the end of a long number": ["5\\d{12}$"],
  "ten ends of long numbers": each(10, (i) => `${i}\\d{12}$`),
  "ends too long for an automaton": each(20, (i) => `${i % 10}\\d{${16 + i}}$`),
  "200 gaps in the middle": each(200, (i) => `^\\+${1 + (i % 9)}${i}.*${(i * 7) % 100}\\d{2}$`),
  "200 pieces anywhere": each(200, (i) => `^\\+.*${100 + ((i * 7) % 900)}.*$`),
  "200 pieces before an end": each(200, (i) => `${100 + ((i * 7) % 900)}.*${(i * 3) % 10}$`),
  "repetitions of alternatives": [
    "^\\+(1|12|123){30}$",
    "^((1|2|3){1,10}(4|5|6){1,10}){1,10}$",
    "^\\+((\\d{1,5}|1\\d?)(2|22)){8}$",
    "^(\\+?(1|11|111){1,20}){20}$",
    "(1(2(3|4)?){1,8}){1,8}$",
  ],
  "repetitions too large for an automaton": each(30, (i) => `^(?:.?.?.?.?.?.?.?.?){${60 + i}}$`),
};

/** Ordinary patterns with hostile ones spread among them. */
export function spreadAmong(
  patterns: readonly string[],
  hostile: readonly string[],
): readonly string[] {
  const spread = [...patterns];
  hostile.forEach((pattern, i) => {
    spread.splice(Math.floor(((i + 0.5) * spread.length) / hostile.length), 0, pattern);
  });
  return spread;
}
