/**
 * Unicode general categories and blocks, `\p{Nd}` and `\p{IsBasicLatin}`, as far as number symbols belong
 * to them. The names are those of .NET ("Character classes in regular expressions", Microsoft), which
 * knows no scripts and minds upper and lower case.
 *
 * @module
 */
import { SYMBOLS } from "./alphabet.ts";

/** Bit `s` for every symbol whose character is in `characters`. */
export function symbolsIn(characters: string): number {
  let symbols = 0;
  for (let symbol = 0; symbol < SYMBOLS.length; symbol++) {
    if (characters.includes(SYMBOLS.charAt(symbol))) symbols |= 1 << symbol;
  }
  return symbols;
}

/** All thirteen symbols. */
export const ALL_SYMBOLS = symbolsIn(SYMBOLS);

/** What `\d` matches of a number. */
export const DIGITS = symbolsIn("0123456789");

/** The categories that hold a symbol of ours. */
const CATEGORIES_WITH_SYMBOLS: Readonly<Record<string, number>> = {
  N: DIGITS,
  Nd: DIGITS,
  P: symbolsIn("*#"),
  Po: symbolsIn("*#"),
  S: symbolsIn("+"),
  Sm: symbolsIn("+"),
  IsBasicLatin: ALL_SYMBOLS,
};

const OTHER_CATEGORIES =
  "C Cc Cf Cn Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn Nl No Pc Pd Pe Pf Pi Ps Sc Sk So Z Zl Zp Zs";

const OTHER_BLOCKS =
  "AlphabeticPresentationForms Arabic ArabicPresentationForms-A ArabicPresentationForms-B Armenian Arrows " +
  "Bengali BlockElements Bopomofo BopomofoExtended BoxDrawing BraillePatterns Buhid CJKCompatibility " +
  "CJKCompatibilityForms CJKCompatibilityIdeographs CJKRadicalsSupplement CJKSymbolsandPunctuation " +
  "CJKUnifiedIdeographs CJKUnifiedIdeographsExtensionA Cherokee CombiningDiacriticalMarks " +
  "CombiningDiacriticalMarksforSymbols CombiningHalfMarks CombiningMarksforSymbols ControlPictures " +
  "CurrencySymbols Cyrillic CyrillicSupplement Devanagari Dingbats EnclosedAlphanumerics " +
  "EnclosedCJKLettersandMonths Ethiopic GeneralPunctuation GeometricShapes Georgian Greek GreekExtended " +
  "GreekandCoptic Gujarati Gurmukhi HalfwidthandFullwidthForms HangulCompatibilityJamo HangulJamo " +
  "HangulSyllables Hanunoo Hebrew HighPrivateUseSurrogates HighSurrogates Hiragana IPAExtensions " +
  "IdeographicDescriptionCharacters Kanbun KangxiRadicals Kannada Katakana KatakanaPhoneticExtensions " +
  "Khmer KhmerSymbols Lao Latin-1Supplement LatinExtended-A LatinExtended-B LatinExtendedAdditional " +
  "LetterlikeSymbols Limbu LowSurrogates Malayalam MathematicalOperators " +
  "MiscellaneousMathematicalSymbols-A MiscellaneousMathematicalSymbols-B MiscellaneousSymbols " +
  "MiscellaneousSymbolsandArrows MiscellaneousTechnical Mongolian Myanmar NumberForms Ogham " +
  "OpticalCharacterRecognition Oriya PhoneticExtensions PrivateUse PrivateUseArea Runic Sinhala " +
  "SmallFormVariants SpacingModifierLetters Specials SuperscriptsandSubscripts SupplementalArrows-A " +
  "SupplementalArrows-B SupplementalMathematicalOperators Syriac Tagalog Tagbanwa TaiLe Tamil Telugu " +
  "Thaana Thai Tibetan UnifiedCanadianAboriginalSyllabics VariationSelectors YiRadicals YiSyllables " +
  "YijingHexagramSymbols";

const CATEGORIES: ReadonlyMap<string, number> = new Map([
  ...OTHER_CATEGORIES.split(" ").map((name): [string, number] => [name, 0]),
  ...OTHER_BLOCKS.split(" ").map((name): [string, number] => [`Is${name}`, 0]),
  ...Object.entries(CATEGORIES_WITH_SYMBOLS),
]);

/** The symbols in a category or block; `undefined` when .NET knows no such name. */
export function symbolsOfCategory(name: string): number | undefined {
  return CATEGORIES.get(name);
}
