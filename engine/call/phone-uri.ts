import { hostPort, type SipPeer } from "../sip/sip-peer.ts";

/**
 * Numbers and names as they are written in SIP headers.
 *
 * @module
 */

/** Longer names are cut: they would only make a datagram too large. */
const MAX_NAME_LENGTH = 80;

/** `sip:+442079460123@host;user=phone`; `#` is escaped (RFC 3261 section 25.1). */
export function phoneUri(number: string, host: string, parameters = ""): string {
  const user = number.includes("#") ? number.replaceAll("#", "%23") : number;
  return `sip:${user}@${host};user=phone${parameters}`;
}

/** Host and port of a peer by the name it goes by: its certificate's, where it has one. */
export function addressOf(peer: SipPeer): string {
  return hostPort({ host: peer.serverName ?? peer.host, port: peer.port });
}

/** A display name as a quoted string, without anything that could end the header. */
export function quoted(name: string): string {
  const plain = printable(name.slice(0, MAX_NAME_LENGTH));
  return `"${plain.replace(/["\\]/g, (character) => `\\${character}`)}"`;
}

/** Control characters become blanks; a surrogate cut off its pair goes. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, " ").replace(/\p{Cs}/gu, "");
}
