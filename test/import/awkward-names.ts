/**
 * Names, texts and patterns that are awkward for PowerShell, YAML and JSON alike, and the chance by which
 * a random tenant is made of them.
 *
 * @module
 */
import type { License } from "../../engine/model/user.ts";
import { Chance } from "../route/random/chance.ts";

/** Beginnings of names; a number behind them makes them differ. */
export const AWKWARD = [
  "Plain",
  "It's",
  "\u2018smart\u2019 \u201cquotes\u201d",
  '"double"',
  "$(Get-Date) $x",
  "`n back`tick",
  "a; b",
  "#> <# no",
  "<user>",
  "@{Add='x'}",
  "-Force",
  "é😀 日本",
  "- a: b",
  "100%",
  "null",
  "a, b",
  "{a} [b]",
  "\u2013 dash",
];

const TEXTS = [
  "plain",
  "two\nlines",
  "two\r\nlines",
  "it's `quoted` $true",
  "\u201cso\u201d; and #> more",
  "tab\there",
  "",
  "\u2028",
];

export const PATTERNS = [
  "^\\+1(425|206)(\\d{7})$",
  "^(\\d{4})$",
  "^9(\\d{11})$",
  "^00(\\d+)$",
  "^\\+?(?!(1900|1411))(\\d*)$",
  "^(?<cc>44)'(\\d+)$",
  "^\\#31\\#(\\d+)$",
];
export const TRANSLATIONS = ["+$1", "+1425$1", "$$1", "$" + "{cc}", "'$1'", "", "+44$1`"];

export const COUNTRIES = ["US", "GB", "FR"];
export const LICENSES: readonly License[] = ["TeamsPhone", "AudioConferencing", "CallingPlan"];

/** The names that the objects of one tenant have. */
export interface Names {
  readonly usages: readonly string[];
  readonly rules: readonly string[];
  readonly gateways: readonly string[];
  readonly policies: readonly string[];
  readonly groups: readonly string[];
  readonly people: readonly string[];
  readonly accounts: readonly string[];
  readonly numbers: readonly string[];
}

export class Maker extends Chance {
  /** Most tenants are as cmdlets make them; the others hold what no cmdlet would accept. */
  readonly wild: boolean;

  constructor(seed: number) {
    super(seed);
    this.wild = this.once(3);
  }

  names(kind: string, most: number): readonly string[] {
    return Array.from(
      { length: this.below(most + 1) },
      (_, i) => `${this.pick(AWKWARD)} ${kind}${i}`,
    );
  }

  text(): string | null {
    return this.once(2) ? null : this.pick(TEXTS);
  }

  maybe<T>(items: readonly T[]): T | null {
    return items.length === 0 || this.once(2) ? null : this.pick(items);
  }
}

function numbersOf(maker: Maker): readonly string[] {
  return Array.from({ length: maker.below(6) }, (_, i) => `+1425555010${i}`);
}

export function randomNames(maker: Maker): Names {
  return {
    usages: maker.names("usage", 4),
    rules: maker.names("rule", 3),
    gateways: Array.from({ length: maker.below(4) }, (_, i) => `sbc${i}.contoso.com`),
    policies: maker.names("policy", 3),
    groups: maker.names("group", 3),
    people: Array.from({ length: maker.below(5) }, (_, i) => `user${i}@contoso.com`),
    accounts: Array.from({ length: maker.below(3) }, (_, i) => `account${i}@contoso.com`),
    numbers: numbersOf(maker),
  };
}
