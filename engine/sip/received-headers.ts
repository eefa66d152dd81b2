import { Grammar } from "sip.js/lib/core/index.js";
import type { HeaderLines } from "./index-header-lines.ts";
import { nameAddrHeader, parseNameAddr } from "./parse-name-addr.ts";
import { type NameAddr, scanNameAddr } from "./scan-name-addr.ts";
import { branchOf, scanVia } from "./scan-via.ts";
import { type HeaderName, headerName, sameHeader } from "./sip-header-names.ts";
import { nextComma, splitHeaderValues } from "./split-header-values.ts";

/** A header value as sip.js keeps it: as it stands, and as read once somebody asked for that. */
export interface HeaderValue {
  raw: string;
  parsed?: unknown;
}

/** Headers whose values are name-addrs. */
const NAME_ADDRS = new Set(
  [
    ...["From", "To", "Contact", "Route", "Record-Route", "Refer-To", "Referred-By", "Reply-To"],
    ...["P-Asserted-Identity", "P-Preferred-Identity", "Diversion", "History-Info", "Path"],
    ...["Remote-Party-ID", "P-Called-Party-ID"],
  ].map((name) => headerName(name).lowerCase),
);

/**
 * The headers of a received message: an index of its lines, values cut out and read only when somebody asks.
 * Values can be replaced.
 */
export class ReceivedHeaders {
  /** The lines as they came. */
  readonly lines: HeaderLines;
  /** Values by lower-case name, once asked for or replaced. */
  #values: Map<string, HeaderValue[]> | null = null;

  /** By line: what stands there as name-addr, once it has been looked at. */
  readonly #addresses: (NameAddr | null)[] = [];
  /** By slot: first values as sip.js reads them, once asked for. */
  readonly #parsed: unknown[] = [];

  constructor(lines: HeaderLines) {
    this.lines = lines;
  }

  /** Index of the first line of a header as it came, from line `from` on; -1 = there is none. */
  lineOf(name: HeaderName, from = 0): number {
    const { names, slots } = this.lines;
    if (from === 0 && name.slot >= 0) return slots[name.slot] ?? -1;
    for (let i = from; i < names.length; i++) {
      const other = names[i];
      if (other === name || (other !== undefined && sameHeader(other, name))) return i;
    }
    return -1;
  }

  /** First line of the header; `undefined` = it is not there. For lists that sip.js tells apart: first value. */
  first(name: HeaderName): string | undefined {
    const values = this.#values?.get(name.lowerCase);
    if (values !== undefined) return values[0]?.raw;
    if (name.countedByCore) return this.all(name)[0]?.raw;
    const line = this.lineOf(name);
    return line < 0 ? undefined : this.#line(line);
  }

  /**
   * The parts of a name-addr: of the whole line, or of its first value where the header is a list. `null` =
   * malformed.
   */
  addressAt(line: number): NameAddr | null {
    const known = this.#addresses[line];
    if (known !== undefined) return known;
    const { text, names, starts, ends } = this.lines;
    const start = starts[line] ?? 0;
    const lineEnd = ends[line] ?? 0;
    const end = names[line]?.list === true ? nextComma(text, start, lineEnd) : lineEnd;
    const address = scanNameAddr(text, start, end);
    this.#addresses[line] = address;
    return address;
  }

  has(name: HeaderName): boolean {
    return this.first(name) !== undefined;
  }

  /** The values as sip.js's core counts them: lines, and single values of Via, Contact, Route, Record-Route. */
  all(name: HeaderName): HeaderValue[] {
    const known = this.#values?.get(name.lowerCase);
    if (known !== undefined) return known;
    const values: HeaderValue[] = [];
    for (let i = this.lineOf(name); i >= 0; i = this.lineOf(name, i + 1)) {
      const line = this.#line(i);
      if (!name.countedByCore) values.push({ raw: line });
      else for (const raw of splitHeaderValues(line)) values.push({ raw });
    }
    this.#remember(name, values);
    return values;
  }

  /** All values, every list split at its commas; empty = the header is not there. */
  values(name: HeaderName): string[] {
    const all = this.all(name);
    if (!name.list || name.countedByCore) return all.map(({ raw }) => raw);
    return all.flatMap(({ raw }) => splitHeaderValues(raw));
  }

  set(name: HeaderName, raws: readonly string[]): void {
    this.#remember(
      name,
      raws.map((raw) => ({ raw })),
    );
  }

  #remember(name: HeaderName, values: HeaderValue[]): void {
    this.#values ??= new Map();
    this.#values.set(name.lowerCase, values);
  }

  #line(index: number): string {
    const { text, starts, ends } = this.lines;
    return text.slice(starts[index], ends[index]);
  }

  /**
   * A value as sip.js reads it; `undefined` = it is not there or malformed. Name-addrs, Via, CSeq and plain
   * numbers are read by us, all others by sip.js's grammar.
   */
  parsed(name: HeaderName, index: number): unknown {
    if (index === 0 && name.slot >= 0 && this.#values?.has(name.lowerCase) !== true) {
      this.#parsed[name.slot] ??= this.#parseFirst(name);
      return this.#parsed[name.slot];
    }
    const value = this.all(name)[index];
    if (value === undefined) return undefined;
    value.parsed ??= parseValue(name, value.raw);
    return value.parsed;
  }

  #parseFirst(name: HeaderName): unknown {
    const line = this.lineOf(name);
    if (line < 0) return undefined;
    if (!NAME_ADDRS.has(name.lowerCase)) return parseValue(name, this.#line(line));
    const address = this.addressAt(line);
    return address === null ? undefined : nameAddrHeader(address);
  }

  /** By name, as the field `headers` of sip.js's messages. */
  record(): { [name: string]: HeaderValue[] } {
    const record: { [name: string]: HeaderValue[] } = {};
    for (const name of this.lines.names) {
      if (name.lowerCase !== "__proto__") record[name.name] ??= this.all(name);
    }
    for (const [lowerCase, values] of this.#values ?? []) {
      if (lowerCase === "__proto__" || values.length === 0) continue;
      record[headerName(lowerCase).name] ??= values;
    }
    return record;
  }
}

function parseValue(name: HeaderName, raw: string): unknown {
  if (NAME_ADDRS.has(name.lowerCase)) return parseNameAddr(raw) ?? undefined;
  switch (name.name) {
    case "Via":
      return parseVia(raw);
    case "CSeq": {
      const [value = "", method] = raw.split(" ").filter((part) => part !== "");
      return { value: Number(value), method };
    }
    case "Content-Type":
    case "Call-ID":
      return raw;
    case "Content-Length":
    case "Max-Forwards":
    case "RSeq":
      return /^\d+$/.test(raw) ? Number(raw) : undefined;
    default: {
      const parsed: unknown = Grammar.parse(raw, name.name.replaceAll("-", "_"));
      return parsed === -1 ? undefined : parsed;
    }
  }
}

function parseVia(raw: string): unknown {
  const via = scanVia(raw);
  if (via === null) return undefined;
  const { transport, host, port } = via;
  return { transport, host, port: port < 0 ? undefined : port, branch: branchOf(via) };
}
