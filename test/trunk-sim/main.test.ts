import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { OperatorCallRecord } from "../../engine/model/call-detail-record.ts";
import { openSipEndpoint } from "../../engine/sip/open-sip-endpoint.ts";
import { hostPort, type SipPeer } from "../../engine/sip/sip-peer.ts";

const MAIN = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "trunk-sim", "main.js");

interface Ready {
  readonly ready: boolean;
  readonly seed: number;
  readonly trunks: readonly (SipPeer & { readonly name: string })[];
}

/** A running trunk-sim: its first line, and what it printed when it ended. */
class Program {
  readonly #child: ChildProcess;
  #stdout = "";
  stderr = "";

  constructor(args: readonly string[]) {
    this.#child = spawn(process.execPath, [MAIN, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
    });
    this.#child.stdout?.on("data", (part: Buffer) => {
      this.#stdout += part.toString();
    });
    this.#child.stderr?.on("data", (part: Buffer) => {
      this.stderr += part.toString();
    });
  }

  get lines(): readonly string[] {
    return this.#stdout.trimEnd().split("\n");
  }

  async ready(): Promise<Ready> {
    while (!this.#stdout.includes("\n")) {
      if (this.#child.exitCode !== null) throw new Error(`ended at once: ${this.stderr}`);
      await new Promise((resolve) => this.#child.stdout?.once("data", resolve));
    }
    return JSON.parse(this.lines[0] ?? "") as Ready;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  ended(): Promise<number | null> {
    if (this.#child.exitCode !== null) return Promise.resolve(this.#child.exitCode);
    return new Promise((resolve) => this.#child.once("close", resolve));
  }
}

const program = suite("the program trunk-sim");

program(
  "tells where its trunks are, takes calls, drains on SIGTERM, and leaves nothing over",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "trunk-sim-"));
    const cdr = join(folder, "operator.ndjson");
    const transcript = join(folder, "calls.txt");
    const running = new Program([
      ...["--json", "--any-port", "--only", "pure-ip-1,pure-ip-2", "--seed", "3"],
      ...["--cdr", cdr, "--transcript", transcript, "--rtp-streams", "0", "--drain", "0"],
    ]);
    const caller = await openSipEndpoint({
      listen: [{ transport: "udp", host: "127.0.0.1", port: 0 }],
      product: "caller",
    });
    try {
      const { ready, seed, trunks } = await running.ready();
      assert.equal([ready, seed], [true, 3]);
      assert.equal(
        trunks.map(({ name, transport }) => [name, transport]),
        [
          ["pure-ip-1", "udp"],
          ["pure-ip-2", "tcp"],
        ],
      );
      const [to] = trunks;
      assert.ok(to !== undefined && to.port > 0);
      const hungUp = new Promise<string>((resolve, reject) => {
        caller.invite(
          to,
          {
            requestUri: `sip:+442079460123@${hostPort(to)}`,
            from: "<sip:+14255550101@contoso.com>",
            to: "<sip:+442079460123@contoso.com>",
            headers: [],
            body: null,
          },
          {
            onAnswer: () => running.signal("SIGTERM"),
            onFail: (failure) => reject(new Error(failure)),
            onHangUp: () => resolve("hung up by the trunk"),
          },
        );
      });
      assert.is(await hungUp, "hung up by the trunk");
      assert.is(await running.ended(), 0, running.stderr);
      const summary = JSON.parse(running.lines.at(-1) ?? "") as { leftOver: object };
      assert.equal(summary.leftOver, { transactions: 0, dialogs: 0 });
      const [record, ...others] = readFileSync(cdr, "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as OperatorCallRecord);
      assert.equal(others, []);
      assert.equal([record?.trunk, record?.operator], ["pure-ip-1", "pure-ip"]);
      assert.equal([record?.result, record?.hangUpSide], ["answered", "callee"]);
      assert.is(
        readFileSync(transcript, "utf8"),
        "pure-ip-1 +442079460123 +14255550101 000001 100 180@20 200@100 -> answered 200 by callee\n",
      );
    } finally {
      running.signal("SIGKILL");
      await caller.close();
      rmSync(folder, { recursive: true });
    }
  },
);

program(
  "a scenario that tells of trunks without hosts means those of the sample tenant",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "trunk-sim-"));
    const scenario = join(folder, "storm.yaml");
    writeFileSync(scenario, "trunkSim: 1\ntrunks: [{ name: bt-london, optionsStatus: 503 }]\n");
    try {
      const lab = ["--any-port", "--json", "--duration", "0.05", "--only", "bt-london"];
      const running = new Program([...lab, "--scenario", scenario]);
      assert.equal(
        (await running.ready()).trunks.map(({ name }) => name),
        ["bt-london"],
      );
      assert.is(await running.ended(), 0, running.stderr);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

program("a port in use is told, and the other trunks go on, but for --strict", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trunk-sim-"));
  const taken = createSocket("udp4");
  await new Promise<void>((bound) => taken.bind(0, "127.0.0.1", bound));
  const { port } = taken.address();
  const scenario = join(folder, "lab.json");
  writeFileSync(
    scenario,
    JSON.stringify({
      trunkSim: 1,
      trunks: [
        { name: "first", host: "127.0.0.1", port },
        { name: "second", host: "127.0.0.1", port: 0 },
        { name: "third", host: "no-such-host.invalid", port: 0 },
      ],
    }),
  );
  try {
    const args = ["--json", "--scenario", scenario, "--duration", "0.05"];
    const running = new Program(args);
    assert.equal(
      (await running.ready()).trunks.map(({ name }) => name),
      ["second"],
    );
    assert.is(await running.ended(), 0);
    assert.match(running.stderr, /TRUNK_NOT_STARTED trunk first .* is in use by another program/);
    assert.match(running.stderr, /TRUNK_NOT_STARTED trunk third .* cannot be resolved/);
    const strict = new Program([...args, "--strict"]);
    assert.is(await strict.ended(), 1);
  } finally {
    taken.close();
    rmSync(folder, { recursive: true });
  }
});

program("a certificate that cannot be used is told in one line", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trunk-sim-"));
  const bad = join(folder, "bad.pem");
  writeFileSync(bad, "no certificate\n");
  const scenario = join(folder, "lab.json");
  const trunk = { name: "first", host: "127.0.0.1", port: 0, transport: "tls" };
  writeFileSync(scenario, JSON.stringify({ trunkSim: 1, trunks: [trunk] }));
  try {
    const running = new Program(["--scenario", scenario, "--tls-cert", bad, "--tls-key", bad]);
    assert.is(await running.ended(), 1);
    assert.is(
      running.stderr,
      `error TRUNK_NOT_STARTED trunk first is not simulated: ${bad} holds no PEM certificate. Fix: name a certificate and its key by --tls-cert and --tls-key\n`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const WRONG: readonly (readonly [args: readonly string[], told: RegExp])[] = [
  [["--sed", "1"], /Did you mean --seed/],
  [["--seed", "minus one"], /whole number/],
  [["--duration", "soon"], /number of seconds/],
  [["--duration", "2147484"], /from 0 to 2147483/],
  [["--only", ","], /names/],
  [["--tls-cert", "own.pem"], /--tls-cert and --tls-key belong together/],
  [["extra"], /too many arguments/],
];

for (const [args, told] of WRONG) {
  program(`${args.join(" ")} ends with exit code 64`, async () => {
    const running = new Program(args);
    assert.is(await running.ended(), 64);
    assert.match(running.stderr, told);
  });
}

program.run();
