import { suite } from "uvu";
import * as assert from "uvu/assert";
import { collectScript } from "../../engine/import/export-folder/collect-script.ts";
import { outdial } from "./outdial.ts";

const collect = suite("collect command");

collect("the script goes to stdout, and nothing else does", async () => {
  const { code, stdout, stderr } = await outdial(["collect"]);
  assert.is(code, 0);
  assert.is(stdout, collectScript());
  assert.is(stderr, "");
});

collect.run();
