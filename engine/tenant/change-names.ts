import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { type Problem, type ProblemCode, problem, type SourcePlace } from "../model/problem.ts";
import { applyListChange, type ListChange } from "./list-change.ts";

/** The names that a list may hold, and how to speak of them. */
export interface Vocabulary {
  /** What one entry is: `PSTN usage`. */
  readonly noun: string;
  /** All names there are, in their own spelling. */
  readonly known: readonly string[];
  readonly unknown: ProblemCode;
  readonly duplicate: ProblemCode & ("USAGE_DUPLICATE" | "LIST_DUPLICATE");
  readonly absent: ProblemCode & ("USAGE_NOT_PRESENT" | "LIST_NOT_PRESENT");
  /** How to make one of that name. */
  readonly create: (name: string) => string;
}

/** Whose list is changed, and where that was asked for. */
export interface ListHolder {
  /** Begins a sentence: `Voice route "UK"`. */
  readonly words: string;
  readonly at: SourcePlace | null;
}

/** A list of names after a change. With an error among the problems it is of no use. */
export interface ChangedNames {
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * A list of references after its parameter was given; every name comes out in the spelling of the
 * object it names. Cost: O(known + list).
 *
 * @problem the vocabulary's `unknown` for a name that is not known, its `duplicate` and `absent` as
 * warnings for wishes without effect
 */
export function changeNames(
  current: readonly string[],
  change: ListChange | undefined,
  vocabulary: Vocabulary,
  holder: ListHolder,
): ChangedNames {
  if (change === undefined) return { names: current, problems: [] };
  const { noun, known } = vocabulary;
  const list = applyListChange(current, change);
  const spelling = new Map(known.map((name) => [nameKey(name), name]));
  const complain = (code: ProblemCode, what: string, hint: string): Problem =>
    problem(code, `${holder.words}: ${what}`, hint, holder.at);
  const unknown = list.values
    .filter((name) => !spelling.has(nameKey(name)))
    .map((name) =>
      complain(
        vocabulary.unknown,
        `there is no ${noun} "${name}"`,
        didYouMean(name, known) ?? vocabulary.create(name),
      ),
    );
  const duplicate = list.duplicates.map((name) =>
    complain(vocabulary.duplicate, `${noun} "${name}" is there already`, "leave it out"),
  );
  const absent = list.absent.map((name) =>
    complain(
      vocabulary.absent,
      `${noun} "${name}" is not there to be removed`,
      didYouMean(name, list.values) ?? "leave it out",
    ),
  );
  return {
    names: list.values.map((name) => spelling.get(nameKey(name)) ?? name),
    problems: [...unknown, ...duplicate, ...absent],
  };
}

/** The usages of the tenant, for a route or a policy. */
export function usageVocabulary(
  usages: readonly string[],
  unknown: "ROUTE_UNKNOWN_USAGE" | "POLICY_UNKNOWN_USAGE",
): Vocabulary {
  return {
    noun: "PSTN usage",
    known: usages,
    unknown,
    duplicate: "USAGE_DUPLICATE",
    absent: "USAGE_NOT_PRESENT",
    create: (name) =>
      `create it with Set-CsOnlinePstnUsage -Identity Global -Usage @{Add="${name}"}`,
  };
}
