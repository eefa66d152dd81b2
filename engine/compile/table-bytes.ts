import { flatTableBytes } from "./flat-table.ts";
import type { Bank, MatchBanks } from "./policy-table.ts";

/** What an array takes besides its elements, and what each takes. */
const ARRAY_BYTES = 40;
const ELEMENT_BYTES = 8;

/** RE2 lets the automaton of one set grow to this much while it is asked. */
const RE2_SET_BYTES = 8 * 1024 * 1024;

/** The memory that the banks of a policy take; for RE2, the most that it may come to. O(match sets). */
export function bytesOfBanks({ matchSets, usageOf, banks }: MatchBanks): number {
  const sets = matchSets.reduce((sum, set) => sum + bytesOfArray(set), bytesOfArray(matchSets));
  return banks.reduce((sum, bank) => sum + bytesOfBank(bank), sets + bytesOfArray(usageOf));
}

function bytesOfArray({ length }: readonly unknown[]): number {
  return ARRAY_BYTES + ELEMENT_BYTES * length;
}

function bytesOfBank(bank: Bank): number {
  return bank.kind === "re2" ? RE2_SET_BYTES : flatTableBytes(bank.table);
}
