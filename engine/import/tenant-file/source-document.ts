import type { Problem, SourcePlace } from "../../model/problem.ts";

/** One step into a document: a key or an index. */
export type PathStep = string | number;

/** Steps from the top of a document to one of its nodes. */
export type NodePath = readonly PathStep[];

/** A node, meant as a whole or by its key. */
export interface NodeReference {
  readonly path: NodePath;
  /** `key` points at the last step's key, `value` at what stands behind it. */
  readonly part: "key" | "value";
}

/** A text that was parsed, with the way back from its nodes to their places. */
export interface SourceDocument {
  /** Plain data: objects, arrays, strings, numbers, booleans, null. */
  readonly value: unknown;
  /**
   * Where the nodes stand; a node that is not there has its nearest parent's place. Cost: may read the
   * whole text again, so ask for all at once and only when there is something to report.
   */
  locate(references: readonly NodeReference[]): readonly SourcePlace[];
}

/** A parsed document, or what is wrong with its syntax: at most a screenful, the rest counted. */
export type ParsedDocument =
  | { readonly ok: true; readonly document: SourceDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Something wrong at a node, before its place is known. */
export interface Finding {
  readonly code: Problem["code"];
  readonly what: string;
  /** A function where the hint takes a search: it is called only for findings that are told. */
  readonly hint: string | (() => string);
  readonly at: NodeReference;
}

/** Line and column of an offset; line breaks are LF, CRLF or CR. */
export function placeAt(file: string, text: string, offset: number): SourcePlace {
  const before = text.slice(0, offset);
  const breaks = before.match(/\r\n?|\n/g)?.length ?? 0;
  const lastBreak = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r"));
  return { file, line: breaks + 1, column: offset - lastBreak };
}

/** A node's path as people write it: `users[3].lineUri`. */
export function pathText(path: NodePath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text === "" ? "the file" : text;
}
