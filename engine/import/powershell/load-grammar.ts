/**
 * The PowerShell grammar: web-tree-sitter with the WebAssembly build that tree-sitter-pwsh ships. No
 * native code and no install script is needed.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Language, Parser } from "web-tree-sitter";

let loading: Promise<Parser> | null = null;

async function load(): Promise<Parser> {
  // WHY: the grammar's lexer is one huge function. V8's optimising compiler spends 8 s of CPU on it and
  // holds the process open meanwhile, and in Node 24 runs out of memory; its baseline compiler is ready
  // in 0.1 s and fast enough. The first flag implies the others only when given on the command line.
  for (const flag of ["--liftoff-only", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering"]) {
    setFlagsFromString(flag);
  }
  await Parser.init();
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve("tree-sitter-pwsh/package.json"));
  const bytes = await readFile(join(folder, "tree-sitter-powershell.wasm"));
  const language = await Language.load(new Uint8Array(bytes));
  const parser = new Parser();
  parser.setLanguage(language);
  return parser;
}

/** The one parser of this process, loaded on first use (about 0.1 s). */
export function loadGrammar(): Promise<Parser> {
  loading ??= load();
  return loading;
}
