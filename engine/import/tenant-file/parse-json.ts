import { type Problem, problem, type SourcePlace } from "../../model/problem.ts";
import { MAX_REPORTED_PROBLEMS } from "../budgets.ts";
import { cappedProblems } from "./placed-problems.ts";
import { scanJson } from "./scan-json.ts";
import {
  type NodePath,
  type NodeReference,
  type ParsedDocument,
  placeAt,
  type SourceDocument,
} from "./source-document.ts";

/**
 * Parses a JSON text (RFC 8259), duplicate keys refused. Cost: linear, two passes.
 *
 * @problem TENANT_SYNTAX no JSON, or an object with one key twice
 * @problem TENANT_TOO_LARGE nested too deeply
 */
export function parseJson(file: string, text: string): ParsedDocument {
  const problems: Problem[] = [];
  let duplicates = 0;
  const fault = scanJson(text, {
    key: (_, key, offset, duplicate) => {
      if (!duplicate) return;
      duplicates += 1;
      // WHY: each place costs the text before it.
      if (duplicates > MAX_REPORTED_PROBLEMS) return;
      const at = placeAt(file, text, offset);
      const what = `key ${key} stands here twice`;
      problems.push(problem("TENANT_SYNTAX", what, "keep one of the two", at));
    },
  });
  if (fault !== null) {
    const at = placeAt(file, text, fault.offset);
    problems.push(
      fault.kind === "nesting"
        ? problem("TENANT_TOO_LARGE", fault.what, "make the file flatter", at)
        : problem("TENANT_SYNTAX", fault.what, "correct the JSON here", at),
    );
  }
  if (problems.length > 0) {
    const total = Math.max(problems.length, duplicates);
    return { ok: false, problems: cappedProblems(problems, total) };
  }
  return { ok: true, document: new JsonDocument(file, text) };
}

class JsonDocument implements SourceDocument {
  readonly value: unknown;
  readonly #file: string;
  readonly #text: string;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    this.value = JSON.parse(text) as unknown;
  }

  locate(references: readonly NodeReference[]): readonly SourcePlace[] {
    const offsets = this.#offsets(references);
    return references.map((reference) => {
      const offset = nearest(offsets, reference);
      return placeAt(this.#file, this.#text, offset);
    });
  }

  /** Offsets of the nodes asked for and of all their parents. */
  #offsets(references: readonly NodeReference[]): ReadonlyMap<string, number> {
    const wanted = new Set<string>();
    let deepest = 0;
    for (const { path } of references) {
      deepest = Math.max(deepest, path.length);
      for (let length = 0; length <= path.length; length += 1) {
        wanted.add(idOf(path.slice(0, length), "value"));
        wanted.add(idOf(path.slice(0, length), "key"));
      }
    }
    const offsets = new Map<string, number>();
    const note = (path: NodePath, part: NodeReference["part"], offset: number): void => {
      if (path.length > deepest) return;
      const id = idOf(path, part);
      if (wanted.has(id)) offsets.set(id, offset);
    };
    scanJson(this.#text, {
      key: (path, key, offset) => note([...path, key], "key", offset),
      value: (path, offset) => note(path, "value", offset),
    });
    return offsets;
  }
}

function nearest(offsets: ReadonlyMap<string, number>, { path, part }: NodeReference): number {
  const own = offsets.get(idOf(path, part));
  if (own !== undefined) return own;
  for (let length = path.length; length >= 0; length -= 1) {
    const offset = offsets.get(idOf(path.slice(0, length), "value"));
    if (offset !== undefined) return offset;
  }
  return 0;
}

function idOf(path: NodePath, part: NodeReference["part"]): string {
  return `${part} ${JSON.stringify(path)}`;
}
