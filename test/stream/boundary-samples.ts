import type { InputFormat } from "../../engine/stream/input-format.ts";

/** A small text with everything in it that a cut could spoil. */
export interface BoundarySample {
  readonly name: string;
  readonly format: InputFormat;
  readonly text: string;
  readonly rows: number;
  /** Problems of it. */
  readonly told: number;
}

export const BOUNDARY_SAMPLES: readonly BoundarySample[] = [
  {
    name: "plain lines, CRLF and LF, a blank one, no line end at the end",
    format: "lines",
    text: "+14255550101\r\n+442079460123\n\n911\n(425) 555-0102",
    rows: 5,
    told: 1,
  },
  {
    name: "CSV with bare, quoted, escaped and broken records",
    format: "csv",
    text: [
      "\ufeffUser,dialed,note",
      "megan@contoso.com,+14255550101,x",
      '"megan@contoso.com","+14255550102","two',
      "lines\r",
      'and ""quotes"""\r',
      '"adele,""v""@contoso.com",+14255550103,',
      'megan@contoso.com,+14255550104,5" pipe',
      "",
      ",+14255550105,",
      'nobody@contoso.com,"+14255550106",y\r',
      'megan@contoso.com,+14255550107,"never closed',
      "megan@contoso.com,+14255550108,z",
    ].join("\n"),
    rows: 9,
    told: 4,
  },
  {
    name: "NDJSON with escapes and broken lines",
    format: "ndjson",
    text: [
      '{"dialed":"+14255550101","user":"megan@contoso.com"}',
      '{"dialed":"\\u002b14255550102","hide_caller_id":true}\r',
      '{"dialed":911}',
      "{",
      "",
      '{"user":"x"}',
      '{"dialed":"1","kind":"dial-out","site":"Paris"}',
      '{"dialed":"1","site":"Atlantis"}',
    ].join("\n"),
    rows: 8,
    told: 5,
  },
];
