import { suite } from "uvu";
import * as assert from "uvu/assert";
import { convertArgument } from "../../engine/tenant/argument-conversion.ts";
import { parameter } from "../../engine/tenant/cmdlet.ts";
import type { ArgumentValue, ParameterType } from "../../engine/tenant/cmdlet-invocation.ts";
import { fitsWildcard } from "../../engine/tenant/find-named.ts";
import { readTelephoneNumber } from "../../engine/tenant/telephone-number.ts";
import { table } from "./invoke.ts";

const conversion = suite("argument conversion");

/** The converted value, or the refusal's words. */
function convert(type: ParameterType, value: ArgumentValue): unknown {
  const result = convertArgument(parameter("Value", type), value);
  return result.ok ? result.conversion.value : result.what;
}

const OBJECT: ArgumentValue = { kind: "object", properties: { Identity: "UK", Priority: 3 } };

const ROWS: readonly (readonly [ParameterType, ArgumentValue, unknown])[] = [
  ["string", "UK", "UK"],
  ["string", 14255550101, "14255550101"],
  ["string", true, "True"],
  ["string", null, null],
  ["string", OBJECT, "UK"],
  ["string", { kind: "object", properties: {} }, "-Value cannot be an object"],
  ["string", ["a"], "-Value cannot be an array"],
  ["string", table({ Add: "a" }), "-Value cannot be a hashtable"],
  ["int", 5, 5],
  ["int", " 5 ", 5],
  ["int", "-1", -1],
  ["int", "5.5", '-Value cannot be "5.5"'],
  ["int", 5.5, "-Value cannot be 5.5"],
  ["int", 2_147_483_647, 2_147_483_647],
  ["int", 2_147_483_648, "-Value cannot be 2147483648"],
  ["int", "99999999999", '-Value cannot be "99999999999"'],
  ["int", true, "-Value cannot be $true"],
  ["int", null, null],
  ["bool", true, true],
  ["bool", "FALSE", false],
  ["bool", 0, false],
  ["bool", "yes", '-Value cannot be "yes"'],
  ["bool", null, "-Value cannot be $null"],
  ["switch", false, false],
  ["list", "a", { replace: ["a"], remove: [], add: [] }],
  ["list", ["a", 5], { replace: ["a", "5"], remove: [], add: [] }],
  ["list", null, { replace: [], remove: [], add: [] }],
  ["list", OBJECT, { replace: ["UK"], remove: [], add: [] }],
  ["list", table({ Add: ["a"], remove: "b" }), { replace: null, remove: ["b"], add: ["a"] }],
  ["list", table({ replace: null }), { replace: [], remove: [], add: [] }],
  ["list", table({}), "-Value has an empty hashtable"],
  ["list", table({ add: "a", Add: "b" }), '-Value has a second key "Add"'],
  ["list", table({ Set: "a" }), '-Value has an unknown key "Set"'],
  ["list", ["a", ""], "-Value holds an empty text"],
  ["list", ["a", null], "-Value holds $null"],
  ["list", [["a"]], "-Value holds an array"],
  ["object", OBJECT, OBJECT],
];

for (const [type, value, expected] of ROWS)
  conversion(`${type} from ${JSON.stringify(value)}`, () => {
    assert.equal(convert(type, value), expected);
  });

conversion("numbers are read with or without + and tel:, and only when they are E.164", () => {
  const read = (written: string): string | null => {
    const number = readTelephoneNumber(written);
    return number && `${number.e164} ${number.extension}`;
  };
  assert.is(read(" +14255550101 "), "+14255550101 null");
  assert.is(read("TEL:14255550101;ext=7"), "+14255550101 7");
  for (const bad of [
    "",
    "+",
    "tel:",
    "+0425",
    "+1 425 555 0101",
    "+1234567890123456",
    "12;ext=",
    "911x",
  ])
    assert.is(read(bad), null, bad);
});

conversion("wildcards fit whole names, whatever their case, and do not take long over it", () => {
  for (const [name, wildcard, fits] of [
    ["London", "lon*", true],
    ["London", "*DON", true],
    ["London", "l?nd*n", true],
    ["London", "on", false],
    ["London", "", false],
    ["", "*", true],
    ["London", "London?", false],
    ["London", "**", true],
  ] as const)
    assert.is(fitsWildcard(name, wildcard), fits, `${name} ~ ${wildcard}`);
  const started = Date.now();
  assert.is(fitsWildcard("a".repeat(10_000), `${"*a".repeat(500)}b`), false);
  assert.ok(Date.now() - started < 2000);
});

conversion.run();
