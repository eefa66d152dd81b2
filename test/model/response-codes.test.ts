import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readTenantText } from "../../engine/import/tenant-file/read-tenant-file.ts";
import { parseResponseCodes } from "../../engine/model/response-codes.ts";

const codes = suite("failover response codes");

const SHAPES: readonly (readonly [written: string, codes: readonly number[] | null])[] = [
  ["408, 503, 504", [408, 503, 504]],
  ["408,503,504", [408, 503, 504]],
  ["408 503\t504", [408, 503, 504]],
  ["408,503;504", [408, 503, 504]],
  [" 408, 503, ", [408, 503]],
  ["400,699", [400, 699]],
  ["503, 408, 503", [503, 408]],
  ["", []],
  ["399", null],
  ["700", null],
  ["200", null],
  ["4O8", null],
  ["40 8", null],
  ["4080", null],
  ["408-503", null],
  ["4xx", null],
  ["408, all", null],
];

codes("all shapes in use are read, and others are refused as a whole", () => {
  for (const [written, expected] of SHAPES) {
    assert.equal(parseResponseCodes(written), expected, `"${written}"`);
  }
});

codes("a tenant file takes the same texts, and lists of numbers", () => {
  const read = (failoverResponseCodes: unknown): readonly number[] | null => {
    const gateway = { identity: "sbc1.contoso.com", sipSignalingPort: 5067, failoverResponseCodes };
    const text = JSON.stringify({ outdial: 1, onlinePstnGateways: [gateway] });
    const outcome = readTenantText("a.json", text);
    return outcome.ok ? (outcome.value.onlinePstnGateways[0]?.failoverResponseCodes ?? null) : null;
  };
  for (const [written, expected] of SHAPES) assert.equal(read(written), expected, `"${written}"`);
  assert.equal(read(undefined), [408, 503, 504]);
  assert.equal(read([486, 603]), [486, 603]);
  assert.equal(read([]), []);
  for (const bad of [[399], [700], [408.5], ["408"], 408, [null], { 0: 408 }]) {
    assert.is(read(bad), null, JSON.stringify(bad));
  }
});

codes.run();
