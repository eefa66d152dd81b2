import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8"));
const manifest = read("package.json");
const locked: Readonly<Record<string, LockedPackage>> = read("package-lock.json").packages;

const dependencies = suite("dependencies");

dependencies("every version is exact", () => {
  const all = { ...manifest.dependencies, ...manifest.devDependencies };
  assert.ok(Object.keys(all).length > 15);
  for (const [name, version] of Object.entries(all)) {
    assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
    assert.is(locked[`node_modules/${name}`]?.version, version, name);
  }
});

dependencies("only re2 is compiled when outdial is installed", () => {
  const scripted = Object.entries(locked).filter(([, { hasInstallScript }]) => hasInstallScript);
  const asked = scripted.map(([path]) => path.slice(path.lastIndexOf("node_modules/") + 13));
  const allowed = manifest.allowScripts as Readonly<Record<string, boolean>>;
  // The first of them is outdial itself: `prepare` builds it.
  const undecided = asked.filter((name) => name !== "" && allowed[name] === undefined);
  assert.equal(undecided, []);
  assert.equal(
    Object.keys(allowed).filter((name) => allowed[name]),
    ["re2"],
  );
});

dependencies(
  "the lock file knows each platform's packages, without which npm ci refuses it",
  () => {
    const missing = Object.entries(locked).flatMap(([path, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {}).filter(
        (name) =>
          locked[`node_modules/${name}`] === undefined &&
          locked[`${path}/node_modules/${name}`] === undefined,
      ),
    );
    assert.equal(missing, []);
  },
);

dependencies("what is installed here is locked by its content", () => {
  const open = Object.entries(locked).filter(
    ([path, { integrity, optional }]) => path !== "" && integrity === undefined && !optional,
  );
  assert.equal(open, []);
});

dependencies.run();
