import { nameKey } from "../../model/name-key.ts";
import type { Operator } from "../../model/operator.ts";
import type { PhoneNumber } from "../../model/phone-number.ts";
import { type CheckFinding, counted, fewOf, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";

/**
 * Operators in states that their numbers forbid (Microsoft: operator-connect-configure, "manage your
 * operators": an operator, or a country of it, can go only when none of its numbers is assigned).
 *
 * @problem OPERATOR_REMOVE_BLOCKED, OPERATOR_SUSPENDED, OPERATOR_NO_TRUNK, TRUNK_SAME_ADDRESS
 */
export function operatorFindings(ground: CheckGround): readonly CheckFinding[] {
  const numbersOf = numbersByOperator(ground.tenant.phoneNumbers);
  const findings = ground.tenant.operators.flatMap((operator, index) => {
    const numbers = numbersOf.get(nameKey(operator.id)) ?? [];
    const assigned = numbers.filter((n) => n.pstnAssignmentStatus !== "Unassigned");
    return [
      ...goneWithNumbers(operator, index, assigned),
      ...countryWithNumbers(operator, index, assigned),
      ...idleOperator(operator, index, assigned),
    ];
  });
  return [...findings, ...sharedAddresses(ground.tenant.operators)];
}

function numbersByOperator(
  numbers: readonly PhoneNumber[],
): ReadonlyMap<string, readonly PhoneNumber[]> {
  const byOperator = new Map<string, PhoneNumber[]>();
  for (const number of numbers) {
    if (number.operator === null) continue;
    const key = nameKey(number.operator);
    const list = byOperator.get(key);
    if (list === undefined) byOperator.set(key, [number]);
    else list.push(number);
  }
  return byOperator;
}

function goneWithNumbers(
  { name, status }: Operator,
  index: number,
  assigned: readonly PhoneNumber[],
): readonly CheckFinding[] {
  const isGone = status === "Removed" || status === "Available";
  if (!isGone || assigned.length === 0) return [];
  const numbers = assigned.map((n) => n.telephoneNumber);
  return [
    finding(
      "OPERATOR_REMOVE_BLOCKED",
      `Operator "${name}" is ${status}, but ${counted(numbers.length, "number")} of it ${numbers.length === 1 ? "is" : "are"} still assigned (${fewOf(numbers)}): calls with them fail`,
      "unassign the numbers before the operator is removed, or enable it again",
      ["operators", index, "status"],
    ),
  ];
}

function countryWithNumbers(
  { name, countries, status }: Operator,
  index: number,
  assigned: readonly PhoneNumber[],
): readonly CheckFinding[] {
  if (countries.length === 0 || status === "Removed" || status === "Available") return [];
  const enabled = new Set(countries.map(nameKey));
  const elsewhere = assigned.filter(
    ({ isoCountryCode }) => isoCountryCode !== null && !enabled.has(nameKey(isoCountryCode)),
  );
  if (elsewhere.length === 0) return [];
  const numbers = elsewhere.map((n) => `${n.telephoneNumber} (${n.isoCountryCode})`);
  return [
    finding(
      "OPERATOR_REMOVE_BLOCKED",
      `Operator "${name}" is enabled for ${countries.join(", ")} only, but has ${counted(numbers.length, "assigned number")} elsewhere: ${fewOf(numbers)}`,
      "unassign the numbers before the country is removed, or enable the country again",
      ["operators", index, "countries"],
    ),
  ];
}

function idleOperator(
  { name, status, trunks }: Operator,
  index: number,
  assigned: readonly PhoneNumber[],
): readonly CheckFinding[] {
  if (assigned.length === 0) return [];
  if (status === "Suspended") {
    return [
      finding(
        "OPERATOR_SUSPENDED",
        `Operator "${name}" is suspended: ${counted(assigned.length, "assigned number")} of it may still be called, new ones cannot come`,
        "nothing, or enable the operator again",
        ["operators", index, "status"],
      ),
    ];
  }
  if (status !== "Active" || trunks.some((trunk) => trunk.enabled)) return [];
  return [
    finding(
      "OPERATOR_NO_TRUNK",
      `Operator "${name}" has ${counted(assigned.length, "assigned number")} and no trunk that is enabled here: outdial can decide for it, but place no call`,
      "add its trunks to operators, if calls are to be placed",
      ["operators", index, "trunks"],
    ),
  ];
}

/** Two trunks at one address are one: the backup fails with what it backs up. */
function sharedAddresses(operators: readonly Operator[]): readonly CheckFinding[] {
  const first = new Map<string, string>();
  return operators.flatMap((operator, index) =>
    operator.trunks.flatMap(({ name, host, port, transport }, trunk) => {
      const key = `${nameKey(host)}:${port}/${transport === "udp" ? "udp" : "tcp"}`;
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, name);
      if (earlier === undefined) return [];
      return [
        finding(
          "TRUNK_SAME_ADDRESS",
          `Trunks "${earlier}" and "${name}" are at the same address ${host}:${port}: when one is down, so is the other`,
          "correct the address, or remove one of them",
          ["operators", index, "trunks", trunk, "port"],
        ),
      ];
    }),
  );
}
