import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

/** Which folders a folder may import besides itself. A folder that is not here may not exist. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  pattern: ["model"],
  sip: ["model"],
  media: ["model"],
  tenant: ["model", "pattern"],
  compile: ["model", "pattern"],
  import: ["model", "pattern", "tenant"],
  route: ["model", "pattern", "compile"],
  stream: ["model", "pattern", "compile", "import", "route"],
  "what-if": ["model", "pattern", "tenant", "compile", "import", "route"],
  call: ["model", "pattern", "compile", "import", "route", "sip", "media"],
  exchange: ["model", "import"],
  cli: [
    "model",
    "pattern",
    "tenant",
    "compile",
    "import",
    "route",
    "stream",
    "what-if",
    "sip",
    "media",
    "call",
    "exchange",
  ],
  // A program of its own: the operators' gateways know nothing of routing.
  "trunk-sim": ["model", "sip", "media"],
};

/** Only here the trunk simulator reads a tenant. */
const TRUNK_SIM_MAIN = "trunk-sim/main.ts";

/** Which npm package may be used where; nobody else may. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  model: [],
  pattern: ["re2"],
  sip: ["sip.js", "@peculiar/x509"],
  media: [],
  tenant: [],
  compile: ["libphonenumber-js"],
  import: ["web-tree-sitter", "tree-sitter-pwsh", "yaml", "csv-parse", "yauzl", "zod"],
  route: [],
  stream: ["piscina"],
  "what-if": [],
  call: ["hdr-histogram-js"],
  exchange: [],
  cli: ["commander", "picocolors", "cli-table3", "cli-progress"],
  "trunk-sim": [
    "zod",
    "yaml",
    "prom-client",
    "hdr-histogram-js",
    "commander",
    "picocolors",
    "cli-table3",
  ],
};

/** Floors 0 to 3 decide: they may not read files, sockets or clocks. `model` hashes its revision. */
const MAY_USE_NODE: Readonly<Record<string, readonly string[] | "any">> = {
  model: ["node:crypto"],
  pattern: ["node:module"],
  sip: "any",
  media: "any",
  tenant: [],
  compile: [],
  import: "any",
  route: [],
  stream: "any",
  "what-if": [],
  call: "any",
  exchange: [],
  cli: "any",
  "trunk-sim": "any",
};

const MAX_LINES = 400;
const VAGUE_NAMES = /^(utils?|helpers?|common|misc|manager|index)\.ts$/;

function filesIn(...folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

/** The house. */
const files = filesIn("engine", "trunk-sim");
/** And what stands around it. */
const allFiles = [...files, ...filesIn("test", "bench", "scripts")];

function importsOf(text: string): string[] {
  const statements = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s(?:[^;"'=()]*?\sfrom\s)?\s*["']([^"']+)["']/g,
  );
  const dynamic = text.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g);
  return [...statements, ...dynamic].map((match) => match[1] ?? "");
}

function floorOf(file: string): string {
  const [top = "", below = ""] = file.split("/");
  return top === "engine" ? below : top;
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}

function complaintAboutFolder(file: string, specifier: string): string | null {
  const floor = floorOf(file);
  const target = relative(root, join(root, dirname(file), specifier));
  const below = floorOf(target);
  if (MAY_IMPORT[below] === undefined) return `imports ${specifier} outside the house`;
  if (file === TRUNK_SIM_MAIN && below === "import") return null;
  if (below === floor || MAY_IMPORT[floor]?.includes(below)) return null;
  return `${floor}/ may not import ${below}/ (${specifier})`;
}

function complaintAboutImport(file: string, specifier: string): string | null {
  const floor = floorOf(file);
  if (specifier.startsWith(".")) return complaintAboutFolder(file, specifier);
  if (builtinModules.includes(specifier)) return `write node:${specifier}`;
  if (specifier.startsWith("node:")) {
    const allowed = MAY_USE_NODE[floor];
    const fine = allowed === "any" || allowed?.includes(specifier);
    return fine ? null : `${floor}/ may not use ${specifier}`;
  }
  const name = packageOf(specifier);
  return MAY_USE[floor]?.includes(name) ? null : `${floor}/ may not use the package ${name}`;
}

function complaintsAbout(file: string): string[] {
  if (MAY_IMPORT[floorOf(file)] === undefined)
    return [`${floorOf(file)}/ is no floor of the house`];
  return importsOf(readFileSync(join(root, file), "utf8"))
    .map((specifier) => complaintAboutImport(file, specifier))
    .filter((complaint) => complaint !== null);
}

const floors = suite("floors");

floors("the test saw the house", () => {
  assert.ok(files.length >= 150, `saw only ${files.length} files`);
  const seen = new Set(files.map(floorOf));
  for (const floor of Object.keys(MAY_IMPORT)) {
    assert.ok(seen.has(floor), `saw nothing of ${floor}/`);
  }
});

floors("a climbing import would be found", () => {
  assert.equal(
    complaintAboutImport("engine/model/call.ts", "../cli/main.ts"),
    "model/ may not import cli/ (../cli/main.ts)",
  );
  assert.equal(
    complaintAboutImport("engine/route/decide.ts", "re2"),
    "route/ may not use the package re2",
  );
  assert.equal(
    complaintAboutImport("engine/route/decide.ts", "node:fs"),
    "route/ may not use node:fs",
  );
  assert.equal(importsOf(`import { a } from "../cli/main.ts";\nexport * from "re2";`), [
    "../cli/main.ts",
    "re2",
  ]);
  assert.equal(
    importsOf(`import {\n  a,\n  b,\n} from "../b.ts";\nconst c = await import("zod");`),
    ["../b.ts", "zod"],
  );
});

for (const file of files) {
  floors(`${file} keeps to its floor`, () => {
    assert.equal(complaintsAbout(file), []);
  });
}

floors("no file holds more than one job", () => {
  const long = allFiles.filter(
    (file) => readFileSync(join(root, file), "utf8").split("\n").length > MAX_LINES + 1,
  );
  assert.equal(long, []);
});

floors("no file name says nothing", () => {
  assert.equal(
    allFiles.filter((file) => VAGUE_NAMES.test(file.split("/").at(-1) ?? "")),
    [],
  );
});

floors.run();
