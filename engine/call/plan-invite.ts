import type { MediaProfile } from "../media/sdp.ts";
import type { CallKind } from "../model/call.ts";
import { translateNumbers } from "../route/wire-numbers.ts";
import type { OutgoingInvite } from "../sip/sip-calls.ts";
import type { SipBody } from "../sip/sip-message.ts";
import type { SipPeer } from "../sip/sip-peer.ts";
import { forwardingHeaders } from "./forwarding-headers.ts";
import { addressOf, phoneUri, quoted } from "./phone-uri.ts";
import type { TrunkTarget } from "./trunk-targets.ts";

/**
 * What is sent to one trunk for a call. Two profiles:
 *
 * | | operator's trunk | gateway (documented: Microsoft, direct-routing-protocols-sip) |
 * |---|---|---|
 * | Request-URI, To | `sip:+…@host:port;user=phone` | the same with its FQDN |
 * | From | the tenant's domain | Microsoft's, or the FQDN given for us |
 * | Contact | our address | our FQDN where one is given: Teams never shows an address |
 * | P-Asserted-Identity | always: the operator is trusted (RFC 3325) | ForwardPai |
 * | Diversion (RFC 5806), History-Info (RFC 7044) of a forwarded call | both | History-Info, ForwardCallHistory |
 * | a hidden caller (RFC 3323, RFC 3325) | anonymous From, Privacy: id | the same |
 * | speech | RTP | over TLS SRTP (documented: Microsoft, direct-routing-protocols-media), else RTP |
 *
 * @module
 */

/** FQDN by which Microsoft's own SIP proxy shows itself to gateways. */
export const TEAMS_FQDN = "sip.pstnhub.microsoft.com";

/** What does not change from call to call. */
export interface InviteGround {
  /** Host of our URIs towards operators: the tenant's domain. */
  readonly domain: string;
  /** Ours towards gateways; `null` = {@link TEAMS_FQDN} in From, and our address in Contact. */
  readonly teamsFqdn: string | null;
}

/** Who calls whom, as decided. */
export interface InviteParties {
  readonly kind: CallKind;
  /** After normalisation. */
  readonly number: string;
  /** What the called party is to see: E.164, `anonymous`, or `null` = nothing. */
  readonly callerId: string | null;
  /** The caller's own, for operators when it is hidden from the called party; `null` = none. */
  readonly ownNumber: string | null;
  readonly displayName: string | null;
  /** Who called first, of a forwarded call; `null` = not known, or not forwarded. */
  readonly originalCaller: string | null;
}

/** RFC 3323 section 4.1.1.3. */
const ANONYMOUS = '"Anonymous" <sip:anonymous@anonymous.invalid>';

/**
 * What is offered there: a gateway over TLS is set up for Teams and refuses speech in the clear; one that
 * is mapped to UDP or TCP is an SBC of a lab, and operators' trunks speak plain RTP (assumed).
 */
export function offeredProfile({ operator, peer }: TrunkTarget): MediaProfile {
  return operator === null && peer.transport === "tls" ? "RTP/SAVP" : "RTP/AVP";
}

/** One trunk's INVITE. Pure. */
export function planInvite(
  target: TrunkTarget,
  parties: InviteParties,
  ground: InviteGround,
  body: SipBody | null,
): OutgoingInvite {
  const { callerId: decided, number } = parties;
  const numbers = translateNumbers(target.translations, { called: number, calling: decided });
  const called = numbers.called.number;
  const calling = numbers.calling?.number ?? decided;
  const isGateway = target.operator === null;
  const ourHost = isGateway ? (ground.teamsFqdn ?? TEAMS_FQDN) : ground.domain;
  const host = addressOf(target.peer);
  const isHidden = calling === "anonymous" || calling === null;
  const asserted = isHidden ? parties.ownNumber : calling;
  const headers: (readonly [string, string])[] = [];
  if (asserted !== null && calling !== null && target.forwardPai) {
    headers.push(["P-Asserted-Identity", `<${phoneUri(asserted, ourHost)}>`]);
  }
  if (calling === "anonymous") headers.push(["Privacy", "id"]);
  if (parties.kind === "forward" && target.forwardCallHistory) {
    const from = parties.ownNumber ?? asserted;
    headers.push(...forwardingHeaders(from, called, { ourHost, host, isGateway }));
  }
  return {
    requestUri: phoneUri(called, host, transportOf(target.peer)),
    from: isHidden ? ANONYMOUS : `${displayed(parties)}<${phoneUri(calling, ourHost)}>`,
    to: `<${phoneUri(called, host)}>`,
    ...(isGateway && ground.teamsFqdn !== null ? { contactHost: ground.teamsFqdn } : {}),
    headers,
    body,
  };
}

/** The name of who called first is not known; the forwarding user's would be a wrong one. */
function displayed({ displayName, callerId, originalCaller }: InviteParties): string {
  const isOriginal = originalCaller !== null && callerId === originalCaller;
  return displayName === null || isOriginal ? "" : `${quoted(displayName)} `;
}

function transportOf({ transport }: SipPeer): string {
  return transport === "udp" ? "" : `;transport=${transport}`;
}
