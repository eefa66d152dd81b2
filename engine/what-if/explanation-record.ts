import type { Explanation } from "./explain-call.ts";
import { whyInWords } from "./why-in-words.ts";

/**
 * An explanation as it is printed in JSON: the keys of every JSON decision, then why in plain words, what
 * had no part in it, and the steps that led to it.
 */
export function explanationRecord(explanation: Explanation): Readonly<Record<string, unknown>> {
  const { call, number, decision, revision, steps, wire, notConsidered } = explanation;
  const { dialed, user, kind } = call;
  const why = whyInWords(explanation);
  const record = { dialed, number, user, kind, ...decision, revision, why };
  return { ...record, wire, notConsidered, trace: steps };
}
