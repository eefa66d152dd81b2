import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  visit,
  type YAMLMap,
} from "yaml";
import { type Problem, problem, type SourcePlace } from "../../model/problem.ts";
import { MAX_TENANT_NESTING, MAX_YAML_ALIASES, MAX_YAML_TOKENS } from "../budgets.ts";
import { cappedProblems } from "./placed-problems.ts";
import type { NodeReference, ParsedDocument, PathStep } from "./source-document.ts";

/** Turns an offset into a place. */
type Locate = (offset: number) => SourcePlace;

/**
 * Parses one YAML 1.2 document of the core schema: no merge keys, no tags of its own, `NO` is a text.
 * Cost: linear in the text, about 1 µs and 100 bytes of memory a character.
 *
 * @problem TENANT_SYNTAX what YAML says, duplicate keys, custom tags, more than one document
 * @problem TENANT_TOO_LARGE a budget of nesting, tokens or aliases is spent
 */
export function parseYaml(file: string, text: string): ParsedDocument {
  const lines = new LineCounter();
  const locate: Locate = (offset) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const tokens = tokensOf(text, lines);
  if ("spent" in tokens) return refused(tooLarge(tokens.spent, locate(tokens.offset)));
  const documents = [
    ...new Composer({ schema: "core", merge: false, uniqueKeys: false }).compose(
      tokens.tokens,
      true,
      text.length,
    ),
  ];
  const document = documents[0];
  const problems = documents.flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map(({ message, pos }) => syntaxProblem(message, locate(pos[0]))),
  );
  if (documents.length > 1) problems.push(severalDocuments(locate(documents[1]?.range[0] ?? 0)));
  if (document !== undefined) noteTreeProblems(document, locate, problems);
  if (document === undefined || problems.length > 0) {
    return { ok: false, problems: cappedProblems(problems, problems.length) };
  }
  return documentWithValue(document, locate);
}

function documentWithValue(document: Document.Parsed, locate: Locate): ParsedDocument {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_YAML_ALIASES });
  } catch (error) {
    // WHY: yaml counts expanded aliases only while expanding them, and reports by throwing.
    if (!(error instanceof ReferenceError)) throw error;
    return refused(tooLarge(`more than ${MAX_YAML_ALIASES} expanded aliases`, locate(0)));
  }
  return {
    ok: true,
    document: {
      value,
      locate: (references) => references.map((at) => locate(offsetOf(document, at))),
    },
  };
}

/** The syntax tree's tokens, or the budget that is spent and where. */
function tokensOf(
  text: string,
  lines: LineCounter,
): { readonly tokens: readonly CST.Token[] } | { readonly spent: string; readonly offset: number } {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens: CST.Token[] = [];
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    count += 1;
    if (count > MAX_YAML_TOKENS) {
      return { spent: `more than ${MAX_YAML_TOKENS} tokens of YAML`, offset: parser.offset };
    }
    // WHY: each level of nesting is one or two entries of the parser's stack.
    if (parser.stack.length > 2 * MAX_TENANT_NESTING) {
      return { spent: `nesting deeper than ${MAX_TENANT_NESTING}`, offset: parser.offset };
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}

/** What the composer lets pass: duplicate keys, keys that are no scalars, aliases of nothing. */
function noteTreeProblems(document: Document.Parsed, locate: Locate, problems: Problem[]): void {
  const anchors = new Set<string>();
  const noteAnchor = (_: unknown, { anchor }: { anchor?: string }): void => {
    if (anchor !== undefined) anchors.add(anchor);
  };
  visit(document, {
    Scalar: noteAnchor,
    Seq: noteAnchor,
    Map(_, map) {
      noteAnchor(_, map);
      noteKeyProblems(map, locate, problems);
    },
    Alias(_, alias) {
      if (anchors.has(alias.source)) return;
      const what = `alias *${alias.source} has no anchor before it`;
      problems.push(syntaxProblem(what, locate(rangeStart(alias) ?? 0)));
    },
  });
}

function noteKeyProblems(map: YAMLMap, locate: Locate, problems: Problem[]): void {
  const seen = new Set<string>();
  for (const { key } of map.items) {
    const place = locate(rangeStart(key) ?? 0);
    if (!isScalar(key)) {
      problems.push(syntaxProblem("a key must be a plain name", place));
      continue;
    }
    const name = String(key.value);
    if (seen.has(name)) problems.push(duplicateKey(name, place));
    seen.add(name);
  }
}

function offsetOf(document: Document.Parsed, { path, part }: NodeReference): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    const next = child(document, node, step);
    if (next === null) return offset;
    node = next.value;
    const wantsKey = part === "key" && depth === path.length - 1;
    offset = (wantsKey ? next.keyOffset : null) ?? rangeStart(node) ?? next.keyOffset ?? offset;
  }
  return offset;
}

function child(
  document: Document.Parsed,
  parent: unknown,
  step: PathStep,
): { readonly value: unknown; readonly keyOffset: number | null } | null {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq(node) && typeof step === "number") {
    return step < node.items.length ? { value: node.items[step], keyOffset: null } : null;
  }
  if (!isMap(node)) return null;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  return pair === undefined ? null : { value: pair.value, keyOffset: rangeStart(pair.key) };
}

function rangeStart(node: unknown): number | null {
  return (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? null;
}

function syntaxProblem(message: string, at: SourcePlace): Problem {
  return problem("TENANT_SYNTAX", message.replace(/\.$/, ""), "correct the YAML here", at);
}

function duplicateKey(name: string, at: SourcePlace): Problem {
  return problem("TENANT_SYNTAX", `key ${name} stands here twice`, "keep one of the two", at);
}

function severalDocuments(at: SourcePlace): Problem {
  return problem(
    "TENANT_SYNTAX",
    "a second YAML document begins here",
    "keep one document in a file",
    at,
  );
}

function tooLarge(spent: string, at: SourcePlace): Problem {
  return problem("TENANT_TOO_LARGE", spent, "make the file smaller and flatter", at);
}

function refused(cause: Problem): ParsedDocument {
  return { ok: false, problems: [cause] };
}
