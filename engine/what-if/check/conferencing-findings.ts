import {
  hasAudioConferencing,
  hasOperatorConnectConferencing,
} from "../../compile/caller-entitlement.ts";
import { entriesOfPolicy } from "../../compile/policy-entries.ts";
import type { User } from "../../model/user.ts";
import type { RoutingPolicy } from "../../model/voice-routing.ts";
import { type CheckFinding, counted, fewOf, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";

/**
 * The conferencing bridge, and the organizers who dial out of their meetings (Microsoft:
 * operator-connect-conferencing-configure).
 *
 * @problem OCC_NO_POLICY, OCC_DEFAULT_BRIDGE, BRIDGE_NO_DEFAULT, BRIDGE_NUMBER_UNKNOWN,
 * USER_BRIDGE_NUMBER
 */
export function conferencingFindings(ground: CheckGround): readonly CheckFinding[] {
  return [...organizersWithoutWayOut(ground), ...bridgeFindings(ground), ...ownNumbers(ground)];
}

/**
 * An Operator Connect Conferencing licence can only go out by a BridgeSource route of the organizer's
 * audio conferencing routing policy (documented). Whoever has Audio Conferencing too goes out by that.
 */
function organizersWithoutWayOut(ground: CheckGround): readonly CheckFinding[] {
  const holding = ground.holding("OnlineAudioConferencingRoutingPolicy");
  return holding.policies.flatMap((policy, index) => {
    const organizers = (holding.usersOf[index] ?? []).filter(
      (user) => hasOperatorConnectConferencing(user) && !hasAudioConferencing(user),
    );
    if (organizers.length === 0 || leadsToOperator(ground, policy)) return [];
    const names = organizers.map((user) => user.userPrincipalName);
    const position = ground.tenant.onlineAudioConferencingRoutingPolicies.indexOf(policy);
    return [
      finding(
        "OCC_NO_POLICY",
        `${counted(organizers.length, "organizer")} with Operator Connect Conferencing (${fewOf(names)}) cannot dial out of meetings: audio conferencing routing policy "${policy.identity}" leads to no voice route with a BridgeSourcePhoneNumber`,
        "grant an audio conferencing routing policy with a usage of such a route",
        placeOf(ground, organizers, position),
        { users: names },
      ),
    ];
  });
}

function placeOf(
  { tenant }: CheckGround,
  organizers: readonly User[],
  policy: number,
): readonly (string | number)[] {
  const [only] = organizers;
  return organizers.length === 1 && only !== undefined
    ? ["users", tenant.users.indexOf(only)]
    : ["onlineAudioConferencingRoutingPolicies", policy];
}

function leadsToOperator({ tenant, numbersOf }: CheckGround, policy: RoutingPolicy): boolean {
  return entriesOfPolicy(policy, tenant.onlineVoiceRoutes).some(({ route }) => {
    const found = tenant.onlineVoiceRoutes[route];
    return found?.bridgeSourcePhoneNumber != null && numbersOf(found.numberPattern) !== null;
  });
}

function bridgeFindings(ground: CheckGround): readonly CheckFinding[] {
  const { tenant, numbers } = ground;
  const bridge = tenant.conferencingBridge;
  const organizers = tenant.users.filter(
    (user) => hasAudioConferencing(user) || hasOperatorConnectConferencing(user),
  );
  if (bridge === null) return [];
  const findings: CheckFinding[] = [];
  const number = bridge.defaultServiceNumber;
  if (number === null && organizers.length > 0) {
    findings.push(
      finding(
        "BRIDGE_NO_DEFAULT",
        `The bridge "${bridge.name}" has no default number, which meeting calls of ${counted(organizers.length, "organizer")} would show`,
        "set one of its service numbers as its default",
        ["conferencingBridge"],
      ),
    );
  }
  if (number !== null && isOfOperator(ground, number)) {
    findings.push(
      finding(
        "OCC_DEFAULT_BRIDGE",
        `${number}, the default number of the bridge "${bridge.name}", is an Operator Connect Conferencing number, which cannot be the default`,
        "make a number of Microsoft the default",
        ["conferencingBridge", "defaultServiceNumber"],
      ),
    );
  }
  for (const [index, serviceNumber] of bridge.serviceNumbers.entries()) {
    const status = numbers.get(serviceNumber)?.record.pstnAssignmentStatus;
    if (status === "ConferenceAssigned") continue;
    const why =
      status === undefined
        ? "is not a number of the tenant"
        : `is ${status}, not ConferenceAssigned`;
    findings.push(
      finding(
        "BRIDGE_NUMBER_UNKNOWN",
        `Service number ${serviceNumber} of the bridge ${why}`,
        "take it off the bridge, or correct the number's assignment",
        ["conferencingBridge", "serviceNumbers", index],
      ),
    );
  }
  return findings;
}

function isOfOperator({ numbers }: CheckGround, number: string): boolean {
  return numbers.get(number)?.record.numberType === "OperatorConnect";
}

/** An organizer's own default numbers are numbers of the bridge. */
function ownNumbers({ tenant }: CheckGround): readonly CheckFinding[] {
  const onBridge = new Set(tenant.conferencingBridge?.serviceNumbers);
  return tenant.users.flatMap((user, index) => {
    const own = [
      ["serviceNumber", user.audioConferencing?.serviceNumber ?? null],
      ["tollFreeServiceNumber", user.audioConferencing?.tollFreeServiceNumber ?? null],
    ] as const;
    return own.flatMap(([key, number]) =>
      number === null || onBridge.has(number)
        ? []
        : [
            finding(
              "USER_BRIDGE_NUMBER",
              `Invites of ${user.userPrincipalName} show ${number}, which is not on the conferencing bridge`,
              "give the user one of the bridge's numbers",
              ["users", index, "audioConferencing", key],
              { users: [user.userPrincipalName] },
            ),
          ],
    );
  });
}
