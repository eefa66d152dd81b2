import type { DialPlanTrial, RuleTrial } from "../model/trace.ts";

/**
 * What the rules of a dial plan did with what was dialed, in lines.
 *
 * @module
 */

/** Which plan counted, for the head of the branch. */
export function dialPlanText({ plan, policySource, group, prefix }: DialPlanTrial): string {
  const how = {
    direct: "granted to the caller directly",
    group: `granted to group "${group ?? ""}"`,
    global: "which counts for everybody without another",
    site: "which counts at the caller's site",
  }[policySource];
  const outside = prefix === null ? "" : `; external access prefix ${prefix} taken off (legacy)`;
  return `dial plan "${plan}", ${how}${outside}`;
}

/** Whether a rule was tried, or could have been: rules without a literal + are not tried on a number with one. */
export function hasTried({ dialed, rules }: DialPlanTrial): boolean {
  return !dialed.startsWith("+") || rules.some(({ standing }) => standing !== "not-for-plus");
}

/** A line for each rule tried, and one for the country's rules where there is something to say of them. */
export function dialPlanLines(trial: DialPlanTrial): string[] {
  const tried = trial.rules.filter(({ standing }) => standing !== "not-for-plus");
  const isDone = tried.some(({ standing }) => standing === "applied");
  const country = isDone ? null : countryLine(trial);
  return [...tried.map(ruleLine), ...(country === null ? [] : [country])];
}

function ruleLine({ source, rule, pattern, translation, standing, result }: RuleTrial): string {
  const whose = source === "tenant" ? "rule" : "country rule";
  const head = `${whose} "${rule}" ${pattern} → ${translation}`;
  switch (standing) {
    case "applied":
      return `✓ ${head} gives ${result === "" ? "nothing" : result}`;
    case "no-match":
      return `✗ ${head} does not match`;
    case "not-for-plus":
      return `✗ ${head} is not tried on a number with +`;
    case "not-external":
      return `✗ ${head} is not tried: it makes internal extensions, and an outside line was asked for`;
    case "flawed":
      return `✗ ${head} does not compile, so the rule is passed over`;
  }
}

function countryLine({ country, countryRules }: DialPlanTrial): string | null {
  if (country === null) return "no country rules: the caller has no usage location";
  switch (countryRules) {
    case "none":
      return `no country rules are known for ${country}: export them to serviceCountryDialPlans`;
    case "assumed":
      return `the rules of ${country} are assumed: Microsoft does not publish them`;
    case "exported":
      return null;
  }
}
