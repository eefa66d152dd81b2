/**
 * Names of SIP headers: the spelling in which they are written, their compact forms (IANA's registry of
 * SIP header fields), and which of them hold lists.
 *
 * @module
 */

/** What is known of a header. */
export interface HeaderName {
  /** As it is written, `Call-ID`. */
  readonly name: string;
  readonly lowerCase: string;
  /** Its value is a list: one line with commas means the same as several lines (RFC 3261 section 7.3.1). */
  readonly list: boolean;
  /** May stand only once in a message. */
  readonly single: boolean;
  /** Its place among the headers whose first line every message is asked for; -1 = it is none of them. */
  readonly slot: number;
  /** sip.js's core counts the values of this list, so they are told apart for it too. */
  readonly countedByCore: boolean;
  /** In the tables here: then there is only one such object. */
  readonly known: boolean;
}

const SINGLE = ["From", "To", "Call-ID", "CSeq", "Max-Forwards", "Content-Length", "Content-Type"];

const COUNTED_LISTS = ["Via", "Contact", "Route", "Record-Route"];

const SLOTTED = [...SINGLE, "Via", "Contact"];

/** How many slots there are. */
export const SLOT_COUNT = SLOTTED.length;

const LISTS = [
  ...["Accept", "Accept-Contact", "Accept-Encoding", "Accept-Language", "Accept-Resource-Priority"],
  ...["Alert-Info", "Allow", "Allow-Events", "Call-Info", "Content-Encoding", "Content-Language"],
  ...["Diversion", "Error-Info", "Feature-Caps", "Geolocation", "History-Info", "In-Reply-To"],
  ...["P-Access-Network-Info", "P-Asserted-Identity", "P-Associated-URI", "P-Preferred-Identity"],
  ...["Path", "Permission-Missing", "Proxy-Require", "Reason", "Recv-Info", "Reject-Contact"],
  ...["Request-Disposition", "Require", "Resource-Priority", "Security-Client", "Security-Server"],
  ...["Security-Verify", "Service-Route", "Supported", "Trigger-Consent", "Unsupported"],
  ...["User-to-User", "Warning"],
];

const OTHERS = [
  ...["Answer-Mode", "Authentication-Info", "Authorization", "Content-Disposition", "Content-ID"],
  ...["Date", "Event", "Expires", "Flow-Timer", "Geolocation-Routing", "Identity", "Identity-Info"],
  ...[
    "Info-Package",
    "Join",
    "MIME-Version",
    "Max-Breadth",
    "Min-Expires",
    "Min-SE",
    "Organization",
  ],
  ...["P-Called-Party-ID", "P-Charging-Vector", "P-Early-Media", "Priority", "Privacy", "RAck"],
  ...["Proxy-Authenticate", "Proxy-Authorization", "RSeq", "Refer-Sub", "Refer-To", "Referred-By"],
  ...[
    "Remote-Party-ID",
    "Replaces",
    "Reply-To",
    "Retry-After",
    "SIP-ETag",
    "SIP-If-Match",
    "Server",
  ],
  ...[
    "Session-Expires",
    "Session-ID",
    "Subject",
    "Subscription-State",
    "Target-Dialog",
    "Timestamp",
  ],
  ...["User-Agent", "WWW-Authenticate", "X-MS-SBC"],
];

/** The whole of IANA's table. */
const COMPACT: Readonly<Record<string, string>> = {
  a: "Accept-Contact",
  b: "Referred-By",
  c: "Content-Type",
  d: "Request-Disposition",
  e: "Content-Encoding",
  f: "From",
  i: "Call-ID",
  j: "Reject-Contact",
  k: "Supported",
  l: "Content-Length",
  m: "Contact",
  n: "Identity-Info",
  o: "Event",
  r: "Refer-To",
  s: "Subject",
  t: "To",
  u: "Allow-Events",
  v: "Via",
  x: "Session-Expires",
  y: "Identity",
};

/** Spellings remembered of those met in messages and asked for by code; the rest are worked out each time. */
const MAX_REMEMBERED = 2000;
const MAX_REMEMBERED_LENGTH = 64;

/** By lower-case name, compact forms too. */
const known = new Map<string, HeaderName>();
/** By every spelling met so far. */
const spelled = new Map<string, HeaderName>();

function describe(name: string, isKnown: boolean): HeaderName {
  const countedByCore = COUNTED_LISTS.includes(name);
  const list = countedByCore || LISTS.includes(name);
  return {
    name,
    lowerCase: name.toLowerCase(),
    list,
    single: SINGLE.includes(name),
    slot: SLOTTED.indexOf(name),
    countedByCore,
    known: isKnown,
  };
}

for (const name of [...SINGLE, ...COUNTED_LISTS, ...LISTS, ...OTHERS]) {
  const header = describe(name, true);
  known.set(header.lowerCase, header);
  spelled.set(name, header).set(header.lowerCase, header);
}
for (const [compact, name] of Object.entries(COMPACT)) {
  const header = known.get(name.toLowerCase());
  if (header === undefined) continue;
  known.set(compact, header);
  spelled.set(compact, header).set(compact.toUpperCase(), header);
}

/** The header that a name stands for, however it is spelled; a name nobody knows is a header of its own. */
export function headerName(spelling: string): HeaderName {
  const remembered = spelled.get(spelling);
  if (remembered !== undefined) return remembered;
  const lowerCase = spelling.toLowerCase();
  const header = known.get(lowerCase) ?? describe(capitalise(lowerCase), false);
  if (spelled.size < MAX_REMEMBERED && spelling.length <= MAX_REMEMBERED_LENGTH) {
    // A copy: a piece of a message would keep the whole message in memory.
    spelled.set(Buffer.from(spelling).toString(), header);
  }
  return header;
}

/** Known names by length, first and last letter: hardly two share a place, and one comparison tells. */
const PLACES = 64 * 32 * 32;
const places: (HeaderName | undefined)[] = new Array<undefined>(PLACES).fill(undefined);

function placeOf(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start) & 31;
  const last = text.charCodeAt(end - 1) & 31;
  return (((end - start) & 63) << 10) | (first << 5) | last;
}

for (const [lowerCase, header] of known) {
  if (lowerCase === header.lowerCase) places[placeOf(lowerCase, 0, lowerCase.length)] ??= header;
}

/**
 * The header whose name stands in the text from `start` to `end`; the same as `headerName` of that piece, but
 * known names in any case are found without cutting it out.
 */
export function headerNameAt(text: string, start: number, end: number): HeaderName {
  const header = places[placeOf(text, start, end)];
  return header !== undefined && isSpelling(header.lowerCase, text, start, end)
    ? header
    : headerName(text.slice(start, end));
}

function isSpelling(lowerCase: string, text: string, start: number, end: number): boolean {
  if (end - start !== lowerCase.length) return false;
  for (let i = 0; i < lowerCase.length; i++) {
    const code = text.charCodeAt(start + i);
    const lower = code >= 65 && code <= 90 ? code | 32 : code;
    if (lower !== lowerCase.charCodeAt(i)) return false;
  }
  return true;
}

/** Whether two names are one header. */
export function sameHeader(one: HeaderName, other: HeaderName): boolean {
  return one === other || (!one.known && one.lowerCase === other.lowerCase);
}

/** `x-some-thing` → `X-Some-Thing`, as sip.js writes the names it does not know. */
function capitalise(lowerCase: string): string {
  return lowerCase
    .split("-")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("-");
}

export const VIA = headerName("Via");
export const FROM = headerName("From");
export const TO = headerName("To");
export const CALL_ID = headerName("Call-ID");
export const CSEQ = headerName("CSeq");
export const CONTACT = headerName("Contact");
export const CONTENT_LENGTH = headerName("Content-Length");
