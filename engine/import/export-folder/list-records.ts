import { type Problem, problem, type SourcePlace } from "../../model/problem.ts";
import { MAX_EXPORT_RECORDS } from "../budgets.ts";
import type { RecordReference, RecordsRead, TakeRecord } from "./export-document.ts";

interface ListRecord {
  readonly line: number;
  readonly properties: Record<string, string>;
  /** Lines of the properties, by name in lower case. */
  readonly lines: Map<string, number>;
}

const PROPERTY = /^(\S[^:]{0,120}?)[ \t]{0,200}:(?: (.*))?$/;

/** Whether a text looks like the output of Format-List. */
export function looksLikeList(text: string): boolean {
  const first = text.split(/\r?\n/, 50).find((line) => line.trim() !== "");
  return first !== undefined && PROPERTY.test(first) && !/^[{["#<]/.test(first);
}

/**
 * The records of a text as Format-List prints them: `Name : value`, objects apart by empty lines. A value
 * that was wrapped to the width of a screen cannot be put together again with certainty, and is told.
 *
 * @problem EXPORT_NOT_UNDERSTOOD a value goes on in the next line
 * @problem TENANT_SYNTAX a line is no property; TENANT_TOO_LARGE too many objects
 */
export function listRecords(file: string, text: string, take: TakeRecord): RecordsRead {
  const reader = new ListReader(file);
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const fault = reader.read(line, index + 1);
    if (fault !== null) return { ok: false, problems: [fault] };
  }
  const { records, wrapped } = reader;
  const locate = (references: readonly RecordReference[]) =>
    references.map(({ record, names }) => {
      const found = records[record];
      const lines = names.map((name) => found?.lines.get(name.toLowerCase()));
      const line = lines.find((known) => known !== undefined) ?? found?.line ?? 1;
      return { file, line, column: 1 };
    });
  for (const { properties } of records) take(properties);
  return { ok: true, locate, problems: wrapped };
}

/** Wrapped values that are told. */
const MAX_WRAPPED = 20;

class ListReader {
  readonly records: ListRecord[] = [];
  readonly wrapped: Problem[] = [];
  readonly #file: string;
  #current: ListRecord | null = null;
  #last = "";

  constructor(file: string) {
    this.#file = file;
  }

  /** What is wrong with a line, if anything. */
  read(line: string, number: number): Problem | null {
    if (line.trim() === "") {
      this.#current = null;
      return null;
    }
    const property = PROPERTY.exec(line);
    if (property !== null) return this.#property(property[1] ?? "", property[2] ?? "", number);
    if (this.#current !== null && /^\s/.test(line)) return this.#goOn(this.#current, line, number);
    const what = "this line is no property of an object";
    const hint = "export the file with ConvertTo-Json";
    return problem("TENANT_SYNTAX", what, hint, this.#at(number));
  }

  #property(name: string, value: string, number: number): Problem | null {
    if (this.#current === null) {
      this.#current = { line: number, properties: {}, lines: new Map() };
      this.records.push(this.#current);
      if (this.records.length > MAX_EXPORT_RECORDS) {
        const what = `the file holds more than ${MAX_EXPORT_RECORDS} objects`;
        return problem("TENANT_TOO_LARGE", what, "export fewer objects", this.#at(number));
      }
    }
    this.#last = name;
    if (value !== "") this.#current.properties[name] = value;
    this.#current.lines.set(name.toLowerCase(), number);
    return null;
  }

  #goOn({ properties }: ListRecord, line: string, number: number): null {
    properties[this.#last] = `${properties[this.#last] ?? ""}${line.trim()}`;
    if (this.wrapped.length < MAX_WRAPPED) {
      const what = `the value of ${this.#last} goes on in this line, and blanks at the break are lost`;
      const hint = "export it with ConvertTo-Json";
      this.wrapped.push(problem("EXPORT_NOT_UNDERSTOOD", what, hint, this.#at(number)));
    }
    return null;
  }

  #at(line: number): SourcePlace {
    return { file: this.#file, line, column: 1 };
  }
}
