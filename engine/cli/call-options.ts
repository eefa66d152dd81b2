import { type Command, InvalidArgumentError, Option } from "commander";
import { CALL_KINDS, type CallKind, type DecisionContext } from "../model/call.ts";
import { callerNames } from "../model/callers.ts";
import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { readOriginalCaller } from "../model/original-caller.ts";
import { type Problem, type ProblemCode, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";

/** What the command line says about the calls and the moment. */
export interface CallOptions {
  /** UPN as typed; `null` when not given. */
  readonly user: string | null;
  readonly kind: CallKind;
  readonly site: string | null;
  readonly ingressTrunk: string | null;
  readonly hideCallerId: boolean;
  /** E.164 or `anonymous`. */
  readonly originalCaller: string | null;
  readonly context: DecisionContext;
}

function readSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d{1,10}$/.test(text) || seed > 0xffff_ffff) {
    throw new InvalidArgumentError("It is a whole number from 0 to 4294967295.");
  }
  return seed;
}

function readOriginal(text: string): string {
  const number = readOriginalCaller(text);
  if (number !== null) return number;
  throw new InvalidArgumentError("It is a number such as +14255550123, or anonymous.");
}

/** Declares the call inputs that `route`, `explain` and their like share. */
export function addCallOptions(command: Command): Command {
  return command
    .option("--user <upn>", "who calls; for the meeting kinds, who organizes the meeting")
    .addOption(
      new Option("--kind <kind>", "why the call is made").choices(CALL_KINDS).default("user-call"),
    )
    .option("--site <site>", "network site the caller is in")
    .option("--ingress <trunk>", "gateway by which a forwarded call came in")
    .option(
      "--original-caller <number>",
      "who called first, of a forwarded call: +… or anonymous",
      readOriginal,
    )
    .option("--hide-number", "the caller hides the own number")
    .option("--down <names>", "trunks, gateways or operators out of service, with commas between")
    .option("--seed <number>", "turns the order of trunks of equal rank", readSeed, 0);
}

/** Reads the options declared by {@link addCallOptions}. */
export function readCallOptions(command: Command): CallOptions {
  const given: Readonly<Record<string, unknown>> = command.opts();
  const text = (key: string): string | null => {
    const value = given[key];
    return typeof value === "string" ? value : null;
  };
  const kind = CALL_KINDS.find((known) => known === given["kind"]) ?? "user-call";
  const down = (text("down") ?? "")
    .split(",")
    .map(nameKey)
    .filter((name) => name !== "");
  return {
    user: text("user"),
    kind,
    site: text("site"),
    ingressTrunk: text("ingress"),
    hideCallerId: given["hideNumber"] === true,
    originalCaller: text("originalCaller"),
    context: { down: new Set(down), seed: Number(given["seed"] ?? 0) },
  };
}

/**
 * What is wrong with the names on the command line.
 *
 * @problem USER_UNKNOWN
 * @problem DOWN_UNKNOWN
 * @problem INGRESS_UNKNOWN
 * @problem SITE_UNKNOWN
 */
export function checkCallOptions(options: CallOptions, tenant: Tenant): readonly Problem[] {
  const gateways = tenant.onlinePstnGateways.map((gateway) => gateway.identity);
  const callers = callerNames(tenant);
  const carriers = tenant.operators.flatMap(({ id, trunks }) => [id, ...trunks.map((t) => t.name)]);
  const sites = tenant.networkSites.map((site) => site.identity);
  const checks: [string | null, readonly string[], ProblemCode, string][] = [
    [options.user, callers, "USER_UNKNOWN", "user"],
    [options.ingressTrunk, gateways, "INGRESS_UNKNOWN", "gateway"],
    [options.site, sites, "SITE_UNKNOWN", "network site"],
  ];
  for (const name of options.context.down) {
    checks.push([name, [...gateways, ...carriers], "DOWN_UNKNOWN", "trunk, gateway or operator"]);
  }
  return checks.flatMap(([name, known, code, noun]) => {
    const isKnown = name === null || known.some((one) => nameKey(one) === nameKey(name));
    if (isKnown) return [];
    return [unknownName(code, noun, name, known)];
  });
}

function unknownName(
  code: ProblemCode,
  noun: string,
  name: string,
  known: readonly string[],
): Problem {
  const some = known.slice(0, 5).join(", ");
  const list =
    some === "" ? `the tenant has no ${noun}` : `name one of the tenant's, such as ${some}`;
  return problem(code, `${noun} "${name}" is not in the tenant`, didYouMean(name, known) ?? list);
}
