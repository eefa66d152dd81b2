/**
 * The files beside a script that it may read: inside its own folder, however their names are written.
 *
 * @module
 */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { whyUnreadable } from "../../model/file-failure.ts";
import { MAX_NEIGHBOUR_BYTES } from "../budgets.ts";
import { decodeText } from "../tenant-file/decode-text.ts";

/** A file's text, or why there is none. */
export type NeighbourText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: string; readonly tooLarge: boolean };

/** Reads files of one folder and those below it, and nothing else. */
export class NeighbourFiles {
  readonly #folder: string;
  readonly #known = new Map<string, NeighbourText>();
  #left = MAX_NEIGHBOUR_BYTES;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Whether there is such a file or folder; `null` when the name leaves the script's folder. */
  exists(name: string): boolean | null {
    const path = this.#pathOf(name);
    if (path === null) return null;
    return this.#real(path) !== null;
  }

  /** The text of a file, UTF-8 or UTF-16; once read it is kept. */
  read(name: string): NeighbourText {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const text = this.#readNew(name);
    this.#known.set(name, text);
    return text;
  }

  #readNew(name: string): NeighbourText {
    const path = this.#pathOf(name);
    if (path === null) return refused(`${name} is not in the script's folder`);
    try {
      const real = this.#real(path);
      if (real === null) return refused(`there is no file ${name} beside the script`);
      const { size } = statSync(real);
      if (!statSync(real).isFile()) return refused(`${name} is no regular file`);
      if (size > this.#left) {
        const why = `${name} has ${size} bytes; a script may read ${MAX_NEIGHBOUR_BYTES} in all`;
        return { ok: false, why, tooLarge: true };
      }
      this.#left -= size;
      const decoded = decodeText(name, readFileSync(real));
      if (!decoded.ok) return refused(decoded.problems[0]?.what ?? `${name} is no text`);
      return { ok: true, text: decoded.value.replace(/^\ufeff/, "") };
    } catch (error) {
      return refused(`${name} cannot be read: ${whyUnreadable(error)}`);
    }
  }

  /** Where a name written for Windows or not would lie; `null` when that is outside of the folder. */
  #pathOf(name: string): string | null {
    const plain = name.replace(/^(?:Microsoft\.PowerShell\.Core\\)?FileSystem::/i, "");
    const path = plain.replaceAll("\\", "/");
    if (path === "" || path.length > 1000 || path.includes("\0")) return null;
    if (/^(?:[A-Za-z]:|~|\/\/)/.test(path)) return null;
    const whole = resolve(this.#folder, path);
    return isInside(resolve(this.#folder), whole) ? whole : null;
  }

  /** The file itself, links followed and names in any case; `null` when it is not there or outside. */
  #real(path: string): string | null {
    const folder = realpathSync(this.#folder);
    let at = folder;
    for (const part of relative(resolve(this.#folder), path).split(/[\\/]/)) {
      if (part === "") continue;
      const names = readdirSync(at);
      const found = names.includes(part)
        ? part
        : names.find((name) => name.toLowerCase() === part.toLowerCase());
      if (found === undefined) return null;
      at = realpathSync(join(at, found));
      if (!isInside(folder, at)) return null;
    }
    return at;
  }
}

function refused(why: string): NeighbourText {
  return { ok: false, why, tooLarge: false };
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || !(way === ".." || /^\.\.[\\/]/.test(way) || isAbsolute(way));
}
