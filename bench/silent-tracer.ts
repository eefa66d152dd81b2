import { readFile } from "node:fs/promises";
import type { CompiledTenant } from "../engine/compile/compiled-tenant.ts";
import { createCountryOf } from "../engine/compile/destination-country.ts";
import { SILENT_TRACER } from "../engine/model/trace.ts";
import { NONE } from "../engine/route/call-place.ts";
import { type WalkCall, Walker } from "../engine/route/decide.ts";
import type { Candidate } from "./rounds.ts";
import type { SampleNumbers } from "./sample-numbers.ts";

/**
 * What does a tracer cost that hears nothing? The router's walk, by which all calls go that are not plain,
 * with a silent tracer; and the same walk with every question for a tracer taken out of its source.
 *
 * @module
 */

export const SILENT_WALK = "walk, tracer silent";
export const UNTRACED_WALK = "walk without a tracer";

const ASKS_FOR_TRACER = "tracer !== SILENT_TRACER";
const BATCH = 4096;

/** Answers are indices of outlines, which both give out in the same order. */
export async function walkCandidates(
  compiled: CompiledTenant,
  numbers: SampleNumbers,
): Promise<readonly [Candidate, Candidate]> {
  return [
    candidate(SILENT_WALK, Walker, compiled, numbers),
    candidate(UNTRACED_WALK, await walkerWithoutTracer(), compiled, numbers),
  ];
}

/** The class as compiled, but that no question for a tracer is answered with yes, or asked. */
async function walkerWithoutTracer(): Promise<typeof Walker> {
  const place = new URL("../engine/route/decide.js", import.meta.url);
  const source = await readFile(place, "utf8");
  if (!source.includes(ASKS_FOR_TRACER)) throw new Error(`${place} does not ask for a tracer`);
  const untraced = source
    .replaceAll(ASKS_FOR_TRACER, "false")
    .replace(/from "(\.[^"]+)"/g, (_, path: string) => `from "${new URL(path, place)}"`);
  const module = `data:text/javascript;base64,${Buffer.from(untraced).toString("base64")}`;
  return ((await import(module)) as { readonly Walker: typeof Walker }).Walker;
}

function candidate(
  name: string,
  Class: typeof Walker,
  compiled: CompiledTenant,
  { bytes, offsets }: SampleNumbers,
): Candidate {
  const countryOf = createCountryOf(compiled.destinations);
  const walker = new Class({ compiled, down: new Set(), countryOf, seed: 0 });
  const call: WalkCall = {
    caller: 0,
    dialed: "",
    user: "",
    kind: "user-call",
    hideCallerId: false,
    ingress: NONE,
    site: NONE,
  };
  const answer = (i: number): number =>
    walker.walk(call, bytes, offsets[i] ?? 0, offsets[i + 1] ?? 0, SILENT_TRACER);
  const answerAll = (from: number, to: number): number => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += answer(i);
    return sum;
  };
  return { name, answer, answerAll, batch: BATCH };
}
