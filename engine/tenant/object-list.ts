/**
 * List parameters whose elements are objects that another cmdlet made in memory: the rules of a dial plan,
 * the numbers of an emergency call routing policy.
 *
 * @module
 */
import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { ArgumentTable, ArgumentValue } from "./cmdlet-invocation.ts";

/** How the elements of such a list are read and told apart. */
export interface ElementWords<T> {
  /** `-NormalizationRules`. */
  readonly parameter: string;
  /** `normalization rule`. */
  readonly noun: string;
  /** The cmdlet that makes one. */
  readonly maker: string;
  /** `null` = it is no such object. */
  readonly read: (value: ArgumentValue) => T | null;
  /** By which an element is known. */
  readonly nameOf: (element: T) => string;
}

/** A list after a change. With an error among the problems it is of no use. */
export interface ChangedElements<T> {
  readonly elements: readonly T[];
  readonly problems: readonly Problem[];
}

/** What an argument asks for. */
interface Change {
  readonly replace: ArgumentValue | undefined;
  readonly remove: ArgumentValue | undefined;
  readonly add: ArgumentValue | undefined;
}

/**
 * A list of objects after its parameter was given: objects, `$null`, or `@{Add=…}`, `@{Remove=…}`,
 * `@{Replace=…}` as for lists of names; removal goes by name. An element that is there already, word for
 * word, is left out.
 *
 * @problem CMDLET_INVALID_VALUE; LIST_DUPLICATE and LIST_NOT_PRESENT as warnings
 */
export function changeElements<T>(
  current: readonly T[],
  argument: ArgumentValue | undefined,
  words: ElementWords<T>,
  at: SourcePlace | null,
): ChangedElements<T> {
  if (argument === undefined) return { elements: current, problems: [] };
  const problems: Problem[] = [];
  const change = readChange(argument, words, at, problems);
  const replaced = readElements(change.replace, words, at, problems);
  const removed = readNames(change.remove, words, at, problems);
  const added = readElements(change.add, words, at, problems);
  const keys = new Set(removed.map(nameKey));
  const there = new Set(current.map((element) => nameKey(words.nameOf(element))));
  for (const name of removed)
    if (!there.has(nameKey(name)))
      problems.push(listWarning("LIST_NOT_PRESENT", `"${name}" is not there to be removed`));
  const elements =
    change.replace === undefined
      ? current.filter((element) => !keys.has(nameKey(words.nameOf(element))))
      : [];
  const texts = new Set(elements.map((element) => JSON.stringify(element)));
  for (const element of [...replaced, ...added]) {
    const text = JSON.stringify(element);
    if (texts.has(text))
      problems.push(listWarning("LIST_DUPLICATE", `"${words.nameOf(element)}" is there already`));
    else elements.push(element);
    texts.add(text);
  }
  return { elements, problems };

  function listWarning(code: "LIST_DUPLICATE" | "LIST_NOT_PRESENT", what: string): Problem {
    return problem(code, `-${words.parameter}: ${words.noun} ${what}`, "leave it out", at);
  }
}

const KEYS = ["Add", "Remove", "Replace"];

/** Whether the argument is a hashtable with one of the keys of a list modifier. */
export function isListModifier(argument: ArgumentValue | undefined): argument is ArgumentTable {
  return argument !== undefined && argument !== null && kindOf(argument) === "table";
}

function kindOf(value: ArgumentValue): "table" | "object" | null {
  return value !== null && typeof value === "object" && "kind" in value ? value.kind : null;
}

function readChange<T>(
  argument: ArgumentValue,
  words: ElementWords<T>,
  at: SourcePlace | null,
  problems: Problem[],
): Change {
  if (!isListModifier(argument)) return { replace: argument, remove: undefined, add: undefined };
  const given = new Map<string, ArgumentValue>();
  for (const [key, value] of argument.entries) {
    const known = KEYS.find((name) => nameKey(name) === nameKey(key));
    if (known !== undefined) given.set(known, value);
    else problems.push(badKey(key, words.parameter, at));
  }
  const replace = given.get("Replace");
  if (given.size === 0 || (replace !== undefined && given.size > 1))
    problems.push(
      problem(
        "CMDLET_INVALID_VALUE",
        `-${words.parameter} has ${given.size === 0 ? "no list modifier" : "Replace beside Add or Remove"}`,
        `write @{Add=…}, @{Remove=…}, both, or @{Replace=…} alone`,
        at,
      ),
    );
  return { replace, remove: given.get("Remove"), add: given.get("Add") };
}

function badKey(key: string, parameter: string, at: SourcePlace | null): Problem {
  return problem(
    "CMDLET_INVALID_VALUE",
    `-${parameter} has an unknown key "${key}"`,
    didYouMean(key, KEYS) ?? "use Add, Remove or Replace",
    at,
  );
}

function itemsOf(value: ArgumentValue | undefined): readonly ArgumentValue[] {
  if (value === undefined || value === null) return [];
  return typeof value === "object" && !("kind" in value) ? value : [value];
}

function readElements<T>(
  value: ArgumentValue | undefined,
  words: ElementWords<T>,
  at: SourcePlace | null,
  problems: Problem[],
): readonly T[] {
  return itemsOf(value).flatMap((item) => {
    const element = words.read(item);
    if (element !== null) return [element];
    problems.push(notElement(words, at));
    return [];
  });
}

/** What is removed may be named, too. */
function readNames<T>(
  value: ArgumentValue | undefined,
  words: ElementWords<T>,
  at: SourcePlace | null,
  problems: Problem[],
): readonly string[] {
  return itemsOf(value).flatMap((item) => {
    if (typeof item === "string") return [item];
    const element = words.read(item);
    if (element !== null) return [words.nameOf(element)];
    problems.push(notElement(words, at));
    return [];
  });
}

function notElement<T>(words: ElementWords<T>, at: SourcePlace | null): Problem {
  return problem(
    "CMDLET_INVALID_VALUE",
    `-${words.parameter} holds something that is no ${words.noun}`,
    `make it with ${words.maker} and give the variable that holds it`,
    at,
  );
}

/** A property of an object that was made in memory, by its name in any case; `undefined` = it has none. */
export function propertyOf(value: ArgumentValue, name: string): ArgumentValue | undefined {
  if (value === null || typeof value !== "object" || !("kind" in value)) return undefined;
  const entries = value.kind === "table" ? value.entries : Object.entries(value.properties);
  return entries.find(([key]) => nameKey(key) === nameKey(name))?.[1];
}

/** A property that is a text (or number, as CSV gives); an empty text and `$null` are `null`. */
export function textProperty(value: ArgumentValue, name: string): string | null {
  const own = propertyOf(value, name);
  if (typeof own === "number") return String(own);
  return typeof own === "string" && own !== "" ? own : null;
}
