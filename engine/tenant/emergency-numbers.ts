/**
 * Emergency numbers, made in memory by New-CsTeamsEmergencyNumber and put into an emergency call routing
 * policy.
 *
 * @module
 */
import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import type { EmergencyNumber } from "../model/number-rules.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { type Cmdlet, outputObject, parameter, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { ArgumentValue, CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import { missingParameter } from "./find-named.ts";
import { type ElementWords, textProperty } from "./object-list.ts";

/** How numbers stand in -EmergencyNumbers. */
export const EMERGENCY_NUMBER_WORDS: ElementWords<EmergencyNumber> = {
  parameter: "EmergencyNumbers",
  noun: "emergency number",
  maker: "New-CsTeamsEmergencyNumber",
  read: readNumber,
  nameOf: (number) => number.emergencyDialString,
};

function readNumber(value: ArgumentValue): EmergencyNumber | null {
  const emergencyDialString = textProperty(value, "EmergencyDialString");
  if (emergencyDialString === null) return null;
  return {
    emergencyDialString,
    emergencyDialMask: textProperty(value, "EmergencyDialMask"),
    onlinePstnUsage: textProperty(value, "OnlinePSTNUsage"),
  };
}

/** A number as New-CsTeamsEmergencyNumber and Get-CsTeamsEmergencyCallRoutingPolicy print it. */
export function emergencyNumberOutput(number: EmergencyNumber): OutputObject {
  return outputObject({
    EmergencyDialString: number.emergencyDialString,
    EmergencyDialMask: number.emergencyDialMask,
    OnlinePSTNUsage: number.onlinePstnUsage,
  });
}

const DIAL_STRING = /^\+?\d{1,10}$/;
const MASK = /^\d{1,10}$/;

/** The masks of a number; blanks around them and a trailing `;` do not count. */
function masksOf(number: EmergencyNumber): readonly string[] {
  return (number.emergencyDialMask ?? "")
    .split(";")
    .map((mask) => mask.trim())
    .filter((mask) => mask !== "");
}

/**
 * What is wrong with the numbers of a policy: strings and masks are 1 to 10 digits, each string and each
 * mask is there once, and no mask is the string of another number (documented: Microsoft,
 * New-CsTeamsEmergencyNumber, manage-emergency-call-routing-policies).
 *
 * @problem EMERGENCY_MASK_DUP, POLICY_UNKNOWN_USAGE
 */
export function judgeEmergencyNumbers(
  tenant: Tenant,
  policy: string,
  numbers: readonly EmergencyNumber[],
  at: SourcePlace | null,
): readonly Problem[] {
  const owner = `Emergency call routing policy "${policy}"`;
  const problems: Problem[] = [];
  const complain = (what: string, hint: string): void => {
    problems.push(problem("EMERGENCY_MASK_DUP", `${owner}: ${what}`, hint, at));
  };
  const strings = new Set<string>();
  for (const { emergencyDialString: dialed } of numbers) {
    if (!DIAL_STRING.test(dialed))
      complain(`dial string "${dialed}" is not 1 to 10 digits`, "write it like 911");
    if (strings.has(dialed)) complain(`dial string ${dialed} stands there twice`, "remove one");
    strings.add(dialed);
  }
  for (const [what, hint] of wrongMasks(numbers, strings)) complain(what, hint);
  return [...problems, ...unknownUsages(tenant, owner, numbers, at)];
}

/** What is wrong with which mask, and how to mend it. */
function wrongMasks(
  numbers: readonly EmergencyNumber[],
  strings: ReadonlySet<string>,
): readonly (readonly [what: string, hint: string])[] {
  const seen = new Set<string>();
  const written = numbers.flatMap((number) =>
    masksOf(number).map((mask) => ({ mask, own: number.emergencyDialString })),
  );
  return written.flatMap(({ mask, own }): (readonly [string, string])[] => {
    const twice = seen.has(mask);
    seen.add(mask);
    if (!MASK.test(mask))
      return [[`mask "${mask}" is not 1 to 10 digits`, "separate masks by ; like 933;000"]];
    if (twice) return [[`mask ${mask} stands there twice`, "remove one"]];
    if (mask === own || !strings.has(mask)) return [];
    return [[`mask ${mask} is the dial string of another number`, "remove the mask"]];
  });
}

function unknownUsages(
  tenant: Tenant,
  owner: string,
  numbers: readonly EmergencyNumber[],
  at: SourcePlace | null,
): readonly Problem[] {
  const known = new Set(tenant.onlinePstnUsages.map(nameKey));
  const names = numbers.flatMap((number) => number.onlinePstnUsage ?? []);
  return names
    .filter((usage) => !known.has(nameKey(usage)))
    .map((usage) =>
      problem(
        "POLICY_UNKNOWN_USAGE",
        `${owner}: there is no PSTN usage "${usage}"`,
        didYouMean(usage, tenant.onlinePstnUsages) ??
          `create it with Set-CsOnlinePstnUsage -Identity Global -Usage @{Add="${usage}"}`,
        at,
      ),
    );
}

/** `New-CsTeamsEmergencyNumber`: a number in memory; it is judged when a policy takes it. */
function newNumber(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const dialed = (args.text("EmergencyDialString") ?? "").trim();
  if (dialed === "")
    return refused(tenant, [
      missingParameter("EmergencyDialString", "New-CsTeamsEmergencyNumber", args.at),
    ]);
  const number: EmergencyNumber = {
    emergencyDialString: dialed,
    emergencyDialMask: args.text("EmergencyDialMask") || null,
    onlinePstnUsage: args.text("OnlinePSTNUsage") || null,
  };
  return { tenant, problems: [], output: [emergencyNumberOutput(number)] };
}

/** The cmdlet that makes emergency numbers. */
export const EMERGENCY_NUMBER_CMDLETS: readonly Cmdlet[] = [
  {
    signature: {
      name: "New-CsTeamsEmergencyNumber",
      parameters: [
        parameter("EmergencyDialString", "string"),
        parameter("EmergencyDialMask", "string"),
        parameter("OnlinePSTNUsage", "string"),
      ],
    },
    notKept: [],
    run: newNumber,
  },
];
