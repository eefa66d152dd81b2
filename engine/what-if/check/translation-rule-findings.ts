import type { NodePath } from "../../import/tenant-file/source-document.ts";
import { nameKey } from "../../model/name-key.ts";
import type { TeamsTranslationRule } from "../../model/number-rules.ts";
import type { Tenant } from "../../model/tenant.ts";
import { type CheckFinding, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";
import { unknownGroups } from "./unknown-groups.ts";

/** Documented: direct-routing-translate-numbers, New-CsTeamsTranslationRule. */
const MAX_TRANSLATION_RULES = 400;
const MAX_RULE_NAME = 100;
const MAX_RULE_PATTERN = 1024;
const MAX_RULE_TRANSLATION = 256;

/**
 * Translation rules of gateways (Microsoft: New-CsTeamsTranslationRule, direct-routing-translate-numbers).
 *
 * @problem TRANSLATION_LIMIT, TRANSLATION_NOOP, TRANSLATION_UNUSED, REPLACEMENT_UNKNOWN_GROUP
 */
export function translationRuleFindings(ground: CheckGround): readonly CheckFinding[] {
  const { teamsTranslationRules: rules } = ground.tenant;
  const used = rulesInUse(ground.tenant);
  const tooMany = `The tenant has ${rules.length} translation rules; ${MAX_TRANSLATION_RULES} are the most`;
  return [
    ...(rules.length > MAX_TRANSLATION_RULES
      ? [limit(tooMany, ["teamsTranslationRules"], "remove those that no gateway names")]
      : []),
    ...rules.flatMap((rule, index) => {
      const owner = `Translation rule "${rule.identity}"`;
      const path = ["teamsTranslationRules", index];
      return [
        ...ruleLimits(rule, owner, path),
        ...useless(rule, owner, path, used),
        ...unknownGroups(owner, rule, [...path, "translation"]),
      ];
    }),
  ];
}

function rulesInUse({ onlinePstnGateways }: Tenant): ReadonlySet<string> {
  return new Set(
    onlinePstnGateways.flatMap((gateway) =>
      [
        ...gateway.inboundPstnNumberTranslationRules,
        ...gateway.inboundTeamsNumberTranslationRules,
        ...gateway.outboundPstnNumberTranslationRules,
        ...gateway.outboundTeamsNumberTranslationRules,
      ].map(nameKey),
    ),
  );
}

function limit(what: string, path: NodePath, hint = "shorten it"): CheckFinding {
  return finding("TRANSLATION_LIMIT", what, hint, path);
}

function ruleLimits(
  rule: TeamsTranslationRule,
  owner: string,
  path: NodePath,
): readonly CheckFinding[] {
  const limits = [
    ["identity", MAX_RULE_NAME],
    ["pattern", MAX_RULE_PATTERN],
    ["translation", MAX_RULE_TRANSLATION],
  ] as const;
  return limits.flatMap(([key, most]) => {
    const { length } = rule[key];
    if (length <= most) return [];
    return [
      limit(`${owner}: its ${key} has ${length} characters; ${most} are the most`, [...path, key]),
    ];
  });
}

function useless(
  rule: TeamsTranslationRule,
  owner: string,
  path: NodePath,
  used: ReadonlySet<string>,
): readonly CheckFinding[] {
  const findings: CheckFinding[] = [];
  if (isNoop(rule)) {
    const what = `${owner} changes nothing: ${rule.pattern} becomes ${rule.translation}, the number as it is`;
    const hint = "correct the translation, or remove the rule";
    findings.push(finding("TRANSLATION_NOOP", what, hint, path));
  }
  if (!used.has(nameKey(rule.identity))) {
    const what = `${owner} stands in the list of no gateway: it is never applied`;
    findings.push(finding("TRANSLATION_UNUSED", what, "add it to a gateway, or remove it", path));
  }
  return findings;
}

/** A pattern that is one group as a whole, put back as it is; or the whole match put back. */
function isNoop({
  pattern,
  translation,
}: {
  readonly pattern: string;
  readonly translation: string;
}): boolean {
  if (/^\$(?:0|&|\{0\})$/.test(translation)) return true;
  if (!/^\$(?:1|\{1\})$/.test(translation)) return false;
  const inner = /^\^?\((.*)\)\$?$/.exec(pattern)?.[1];
  if (inner === undefined || inner.startsWith("?")) return false;
  let depth = 0;
  for (const character of inner.replace(/\\./g, "").replace(/\[[^\]]*\]/g, "")) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth < 0) return false;
  }
  return true;
}
