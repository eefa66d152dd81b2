import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CSV_COLUMNS } from "../../engine/stream/csv-layout.ts";
import { MUTATION_RUNS, mutatedBytes } from "./mutated-text.ts";
import { type ReadRecord, readRecords } from "./read-records.ts";

const ndjson = suite("NDJSON reader");

const NDJSON = { format: "ndjson" } as const;

/** What JSON.parse and the rule about values make of one line. */
function parsedLine(line: Buffer): ReadRecord {
  const bytes = line.at(-1) === 13 ? line.subarray(0, -1) : line;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return "fault";
    const fields = CSV_COLUMNS.map((key) =>
      fieldText(key, new Map(Object.entries(value)).get(key)),
    );
    return fields.includes("fault") || fields[0] === null ? "fault" : fields.map(unwrapped);
  } catch {
    return "fault";
  }
}

function fieldText(key: string, value: unknown): { text: string } | null | "fault" {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean" && key === "hide_caller_id") return { text: String(value) };
  return typeof value === "string" ? { text: value } : "fault";
}

function unwrapped(field: { text: string } | null | "fault"): string | null {
  return field === null || field === "fault" ? null : field.text;
}

function parsed(chunk: Uint8Array): readonly ReadRecord[] {
  const records: ReadRecord[] = [];
  const bytes = Buffer.from(chunk);
  for (let start = 0; start < bytes.length; ) {
    const lineEnd = bytes.indexOf(10, start);
    const end = lineEnd < 0 ? bytes.length : lineEnd;
    records.push(parsedLine(bytes.subarray(start, end)));
    start = end + 1;
  }
  return records;
}

const blank = fc.constantFrom("", "", "", " ", "\t", "  ", "\r");
const text = fc.oneof(
  fc.constantFrom("+14255550101", "megan@contoso.com", "user-call", "", "a, b: {c}", "\u007f"),
  fc.string({ maxLength: 12 }),
  fc.constantFrom("Zürich", 'say "hi"', "back\\slash", "tab\there", "\u0000", "𝄞"),
);
const flatValue = fc.oneof(
  { weight: 6, arbitrary: text.map((value) => JSON.stringify(value)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("true", "false", "null", "0", "-0", "12", "-1.5e+3", "1E9", "0.25"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("{}", "[]", '{"a":[1]}', "01", "1.", ".5", "+1", "nul", "True", "-"),
  },
);
const key = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...CSV_COLUMNS) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("note", "Dialed", "dialeD", "users", "kin", "", "__proto__", "a b"),
  },
);
const member = fc
  .tuple(blank, key, blank, blank, flatValue, blank)
  .map(([a, name, b, c, value, d]) => `${a}${JSON.stringify(name)}${b}:${c}${value}${d}`);
const object = fc.tuple(blank, fc.array(member, { maxLength: 6 }), blank).map(([a, members, b]) => {
  const dialed = '"dialed":"+14255550101"';
  return `${a}{${(members.length === 0 ? [dialed] : members).join(",")}}${b}`;
});
/** Objects that differ in their values, as one program writes them. */
const alike = fc
  .array(fc.tuple(blank, key, blank, blank, fc.array(flatValue, { minLength: 4, maxLength: 4 })), {
    maxLength: 4,
  })
  .map((members) =>
    [0, 1, 2, 3].map((line) => {
      const texts = members.map(([a, name, b, c, values]) => {
        return `${a}${JSON.stringify(name)}${b}:${c}${values[line]}`;
      });
      return `{"dialed":"+1425555${line}",${texts.join(",")}}`.replace(",}", "}");
    }),
  );
const objects = fc.oneof(fc.array(object, { minLength: 1, maxLength: 3 }), alike);
const lines = fc
  .tuple(objects, fc.constantFrom("\n", "\r\n"), blank)
  .map(([all, lineEnd, last]) => all.join(lineEnd) + (last === "" ? lineEnd : ""));

/** What stands in JSON, what may not, and what only looks like it. */
const PIECES = [
  ...'{}[]:,"\\ \t\r\n019-+.eEtfnu/',
  ...[0x00, 0x01, 0x0b, 0x0c, 0x1f, 0x7f, 0x80, 0xc3, 0xff],
  '"dialed":',
  '"dialed":null,',
  ',"user":"x"',
  "null",
  "\ufeff",
  "\\u0041",
];

ndjson("reads any line as JSON.parse does, or refuses it as JSON.parse does", () => {
  let inPlace = 0;
  let all = 0;
  const chunks = mutatedBytes(lines, PIECES);
  fc.assert(
    fc.property(chunks, (chunk) => {
      const read = readRecords(NDJSON, chunk);
      assert.equal(read.records, parsed(chunk), JSON.stringify(Buffer.from(chunk).toString()));
      inPlace += read.inPlace;
      all += read.records.length;
    }),
    MUTATION_RUNS,
  );
  assert.ok(inPlace > all / 10, `only ${inPlace} of ${all} were read where they stand`);
  assert.ok(inPlace < all - all / 10, `${inPlace} of ${all} were read where they stand`);
});

/** Lines that are read where they stand, with what is read from them. */
const SIMPLE: readonly (readonly [line: string, dialed: string, user: string | null])[] = [
  ['{"dialed":"911","user":"megan@contoso.com"}', "911", "megan@contoso.com"],
  ['{"user":"megan@contoso.com","dialed":"911"}', "911", "megan@contoso.com"],
  [' { "dialed" : "911" , "user" : "u" } ', "911", "u"],
  ['{"dialed":"911","dialed":"112"}', "112", null],
  ['{"dialed":null,"dialed":"112","user":null}', "112", null],
  ['{"dialed":"911","user":"u","user":null}', "911", null],
  ['{"dialed":"911","id":-12.5e+30,"ok":true,"bad":false,"none":null}', "911", null],
  ['{"":"","__proto__":"x","dialed":""}', "", null],
];

for (const [line, dialed, user] of SIMPLE) {
  ndjson(`reads where it stands: ${line}`, () => {
    const { records, inPlace } = readRecords(NDJSON, Buffer.from(`${line}\r\n`));
    assert.equal(records, [[dialed, user, null, null, null, null, null]]);
    assert.is(inPlace, 1);
  });
}

ndjson("a line is as long as it may be or a byte longer, whoever reads it", () => {
  for (const [length, isFault] of [
    [65_536, false],
    [65_537, true],
  ] as const) {
    for (const value of ["x", "\\n"]) {
      const head = '{"dialed":"1","note":"';
      const note = value + "x".repeat(length - head.length - value.length - 2);
      for (const lineEnd of ["", "\n", "\r\n"]) {
        const { records } = readRecords(NDJSON, Buffer.from(`${head}${note}"}${lineEnd}`));
        assert.equal(
          records.map((record) => record === "fault"),
          [isFault],
          `${length} bytes, ${JSON.stringify(lineEnd)}`,
        );
      }
    }
  }
});

ndjson("objects written alike are read alike, and those between them that are not", () => {
  const [first, second] = ['{"dialed":"1","user":"u","id":7}', '{"id":-1e3,"dialed":"2"}'];
  const long = Array.from({ length: 70 }, (_, i) => `"k${i}":${i}`).join(",");
  const odd = ["", "{", '{"dialed":"1","user":"u","id":7]', '{"dialed":"1","user":"u","id":07}'];
  const others = [second, `{"dialed":"3",${long}}`, '{"dialed":"4","user":null,"id":null}', ...odd];
  for (const other of others) {
    const text = [first, first, other, other, first, second, second, first, other].join("\n");
    const chunk = Buffer.from(text);
    assert.equal(readRecords(NDJSON, chunk).records, parsed(chunk), text);
  }
});

ndjson("fields of one line do not stay for the next", () => {
  const text =
    '{"dialed":"1","user":"u","hide_caller_id":true}\n{"dialed":"\\u0032"}\n{"dialed":"3"}\n';
  assert.equal(readRecords(NDJSON, Buffer.from(text)).records, [
    ["1", "u", null, null, null, "true", null],
    ["2", null, null, null, null, null, null],
    ["3", null, null, null, null, null, null],
  ]);
});

ndjson.run();
