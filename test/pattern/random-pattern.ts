import * as fc from "fast-check";

/** What a random pattern may hold. */
interface Grammar {
  readonly lookarounds: boolean;
  /** Also blanks, comments, options, names: what the parser reads and drops. */
  readonly dressing: boolean;
  /** Also what makes a difference to texts only: letters, blanks, line breaks, options. */
  readonly texts?: boolean;
}

/** What the texts consist of that are matched with patterns for texts. */
export const TEXT_CHARACTERS = "0123459+*#aAbkKzZ_éÉ \t;=,.-()\n\r\u0085\ufeff\u212a\u01c5";

const TEXT_SETS = [
  ..."a Z k é ; = , - ( \\s \\S \\w \\W \\n \\r \\( \\p{L} \\p{Lu} \\P{Ll} \\p{Zs} \\P{Po}".split(
    " ",
  ),
  ..."[a-k] [A-Z] [^a-z;] [A-z-[K]] [^\\s\\W] [;=,.] [^\\n] [\\p{Lu}-] [\\P{IsBasicLatin}b]".split(
    " ",
  ),
  ..."\\p{IsLatin-1Supplement} \\P{IsLetterlikeSymbols} [a-\u212b] [\\x00-K] \u212a \\p{P}".split(
    " ",
  ),
];
const TEXT_OPTIONS = ["(?i)", "(?m)", "(?s)", "(?-i)", "(?-ms)", "(?im)"];

const DIGIT = fc.constantFrom("0", "1", "2", "5", "9");
const QUANTIFIERS = ["*", "+", "?", "{2}", "{0,2}", "{1,}", "{1,3}", "{0}", "{2,}"] as const;

const item = fc.oneof(
  DIGIT,
  fc.constantFrom("0-4", "1-9", "2-2", "+", "*", "#", "\\d", "\\W", "+--", ",", "a", "\\*", "\\-"),
);

const simpleClass = fc
  .tuple(fc.constantFrom("", "", "^", "]"), fc.array(item, { minLength: 1, maxLength: 3 }))
  .map(([first, items]) => `[${first}${items.join("")}`);

const characterClass = fc
  .tuple(simpleClass, fc.option(simpleClass, { freq: 4, nil: null }))
  .map(([set, subtracted]) => (subtracted === null ? `${set}]` : `${set}-${subtracted}]]`));

const atom = fc.oneof(
  { arbitrary: DIGIT, weight: 6 },
  { arbitrary: fc.constantFrom("\\d", ".", "\\+", "\\*", "#", "\\D", "\\w", "\\W"), weight: 5 },
  {
    arbitrary: fc.constantFrom("\\s", "\\S", "\\x31", "\\u0032", "\\053", "\\p{Nd}", "\\P{N}"),
    weight: 1,
  },
  { arbitrary: fc.constantFrom("{", "]", "{,2}", "a"), weight: 1 },
  { arbitrary: characterClass, weight: 3 },
);

const anchor = fc.constantFrom("^", "$", "\\b", "\\B", "\\A", "\\z", "\\Z", "\\G");

/** Random patterns of the dialect; nearly all of them compile. */
export function randomPattern({
  lookarounds,
  dressing,
  texts = false,
}: Grammar): fc.Arbitrary<string> {
  const openings = ["(", "(?:"];
  if (dressing) openings.push("(?<name>", "(?'n'", "(?i:", "(?x: ", "(?n-x:", "(?s-m:(");
  const looks = ["(?=", "(?!", "(?!", "(?<=", "(?<!"];
  return fc.letrec<{
    node: string;
    unit: string;
    group: string;
    look: string;
    repeat: string;
    sequence: string;
    choice: string;
  }>((tie) => ({
    unit: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { arbitrary: atom, weight: 8 },
      { arbitrary: anchor, weight: 2 },
      { arbitrary: fc.constantFrom(...TEXT_SETS), weight: texts ? 8 : 0 },
      { arbitrary: tie("group"), weight: 3 },
      { arbitrary: tie("look"), weight: lookarounds ? 3 : 0 },
    ),
    group: fc
      .tuple(fc.constantFrom(...openings), tie("node"))
      .map(([open, body]) => `${open}${body}${open.endsWith(":(") ? "))" : ")"}`),
    look: fc.tuple(fc.constantFrom(...looks), tie("node")).map(([open, body]) => `${open}${body})`),
    repeat: fc
      .tuple(tie("unit"), fc.constantFrom(...QUANTIFIERS), fc.constantFrom("", "", "?"))
      .map((parts) => parts.join("")),
    sequence: fc
      .array(
        fc.oneof(
          { arbitrary: tie("unit"), weight: 4 },
          { arbitrary: tie("repeat"), weight: 2 },
          { arbitrary: fc.constantFrom("(?#c)", "(?x)", "(?-x)", " "), weight: dressing ? 1 : 0 },
          { arbitrary: fc.constantFrom(...TEXT_OPTIONS), weight: texts ? 1 : 0 },
        ),
        { maxLength: 4 },
      )
      .map((parts) => parts.join("")),
    choice: fc
      .array(tie("sequence"), { minLength: 2, maxLength: 3 })
      .map((branches) => branches.join("|")),
    node: fc.oneof(
      { maxDepth: 4 },
      { arbitrary: tie("sequence"), weight: 4 },
      { arbitrary: tie("choice"), weight: 1 },
    ),
  })).node;
}
