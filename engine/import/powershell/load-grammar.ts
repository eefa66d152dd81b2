/**
 * The PowerShell grammar: web-tree-sitter with the WebAssembly build that tree-sitter-pwsh ships. No
 * native code and no install script is needed.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Language, Parser } from "web-tree-sitter";

let loading: Promise<Parser> | null = null;

async function load(): Promise<Parser> {
  await Parser.init();
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve("tree-sitter-pwsh/package.json"));
  const bytes = await readFile(join(folder, "tree-sitter-powershell.wasm"));
  const language = await Language.load(new Uint8Array(bytes));
  const parser = new Parser();
  parser.setLanguage(language);
  return parser;
}

/** The one parser of this process, loaded on first use (about 30 ms). */
export function loadGrammar(): Promise<Parser> {
  loading ??= load();
  return loading;
}
