/**
 * Unicode general categories, `\p{Nd}`, under the names of .NET ("Character classes in regular
 * expressions", Microsoft), which knows no scripts and minds upper and lower case. What belongs to a
 * category is what Node.js's version of Unicode says; .NET's may be older for rare characters.
 *
 * @module
 */

const GENERAL_CATEGORIES = new Set(
  (
    "C Cc Cf Cn Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So " +
    "Z Zl Zp Zs"
  ).split(" "),
);

const CASED_LETTER = /^[\p{Lu}\p{Ll}\p{Lt}]$/u;

const tests = new Map<string, RegExp>();

/**
 * What decides whether a character (one UTF-16 unit) is in a category; `undefined` when .NET knows no such
 * category.
 *
 * @param ignoreCase - Whether the option `i` holds: then a cased letter is in all three of `Lu Ll Lt`.
 */
export function categoryTest(name: string, ignoreCase: boolean): RegExp | undefined {
  if (ignoreCase && (name === "Lu" || name === "Ll" || name === "Lt")) {
    return CASED_LETTER;
  }
  if (!GENERAL_CATEGORIES.has(name)) return undefined;
  let test = tests.get(name);
  if (test === undefined) {
    test = new RegExp(`^\\p{${name}}$`, "u");
    tests.set(name, test);
  }
  return test;
}
