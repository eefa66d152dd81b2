import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ZONE_A_COUNTRIES } from "../../engine/model/zone-a.ts";

const zoneA = suite("zone-a");

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

zoneA("Zone A holds the 44 countries of Microsoft's page, each once", () => {
  const text = readFileSync(join(root, "fixtures", "countries", "zone-a.txt"), "utf8");
  const listed = text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .flatMap((line) => line.split(" "));
  assert.equal(ZONE_A_COUNTRIES, listed);
  assert.is(new Set(ZONE_A_COUNTRIES).size, 44);
});

zoneA.run();
