import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../media/until.ts";
import { readOpenMetrics } from "./open-metrics-checker.ts";

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const program = suite("trunk-sim's figures");

program("the options of the program bring metrics, JSON lines and statistics", async () => {
  const folder = mkdtempSync(join(tmpdir(), "outdial-figures-"));
  const file = join(folder, "stats.csv");
  const words = "--any-port --loopback --only bt-london --json --live --metrics 0 --stats".split(
    " ",
  );
  const child = spawn(process.execPath, [join(dist, "trunk-sim", "main.js"), ...words, file]);
  let out = "";
  let told = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    told += chunk.toString();
  });
  try {
    await until("ready", () => out.includes('"ready":true'));
    await until("metrics", () => /:\d+\/metrics/.test(told));
    const url = /http:\S+/.exec(told)?.[0] ?? "";
    const families = readOpenMetrics(await (await fetch(url)).text());
    const faulty = families.find(({ name }) => name === "trunk_sim_faulty");
    assert.is(faulty?.samples[0]?.labels["trunk"], "bt-london");
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    assert.is(code, 0);
    const lines = out.trimEnd().split("\n");
    const snapshot = lines.map((line) => JSON.parse(line)).find((line) => "total" in line);
    assert.is(snapshot?.trunks[0].trunk, "bt-london");
    assert.is(readFileSync(file, "utf8").split("\n").length, 4);
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
});

program("a port of the metrics that is in use ends it in one line", async () => {
  const first = spawn(process.execPath, [
    join(dist, "trunk-sim", "main.js"),
    ..."--any-port --loopback --only bt-london --metrics 0".split(" "),
  ]);
  let told = "";
  first.stderr.on("data", (chunk: Buffer) => {
    told += chunk.toString();
  });
  try {
    await until("metrics", () => /:\d+\/metrics/.test(told));
    const port = /:(\d+)\/metrics/.exec(told)?.[1] ?? "";
    const second = spawn(process.execPath, [
      join(dist, "trunk-sim", "main.js"),
      ...["--any-port", "--loopback", "--metrics", port],
    ]);
    let error = "";
    second.stderr.on("data", (chunk: Buffer) => {
      error += chunk.toString();
    });
    const [code] = await once(second, "exit");
    assert.is(code, 1);
    assert.match(error, `error ENGINE_ADDRESS_UNAVAILABLE 127.0.0.1:${port} (metrics) is in use\n`);
    assert.not.match(error, "    at ");
  } finally {
    first.kill("SIGTERM");
    await once(first, "exit");
  }
});

program.run();
