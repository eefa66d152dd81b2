import { suite } from "uvu";
import * as assert from "uvu/assert";
import { startLiveJson } from "../../../trunk-sim/metrics/live-json.ts";
import { liveLines, startLiveView } from "../../../trunk-sim/metrics/live-view.ts";
import { formatSummary } from "../../../trunk-sim/metrics/summary-table.ts";
import { TrunkMeter } from "../../../trunk-sim/metrics/trunk-meter.ts";
import { until } from "../../media/until.ts";
import { play } from "./played-call.ts";
import { VirtualTerminal } from "./virtual-terminal.ts";

const views = suite("views of the trunks");

function busyMeter(): TrunkMeter {
  let now = 0;
  const trunks = [
    { name: "north-1", operator: "northwind" },
    { name: "north-2", operator: "northwind", faultAt: () => "503-storm" },
  ];
  const meter = new TrunkMeter(trunks, () => now);
  for (let call = 0; call < 30; call++)
    play(meter.listener, { ringing: 20, answered: 100, ended: 900 });
  for (let call = 0; call < 10; call++) {
    play(meter.listener, { trunk: "north-2", ended: 1, refused: "calls-per-second" });
  }
  play(meter.listener, { trunk: "north-2", ringing: 2500, ended: 12_900, status: 486 });
  now = 1000;
  return meter;
}

const PICTURE = [
  "trunk-sim, 1 s",
  "┌─────────┬───────────┬───────┬─────────┬──────────┬─────────┬─────────┬─────────┬─────────┬─────────┐",
  "│ trunk   │     state │ calls │ calls/s │ attempts │     ASR │     NER │ PDD p50 │ PDD p99 │ refused │",
  "│ north-1 │        up │     0 │      30 │       30 │ 100.0 % │ 100.0 % │   20 ms │   20 ms │       0 │",
  "│ north-2 │ 503-storm │     0 │      11 │       11 │   0.0 % │   9.1 % │ 2500 ms │ 2500 ms │      10 │",
  "│ all     │  1 faulty │     0 │      41 │       41 │  73.2 % │  75.6 % │   20 ms │ 2500 ms │      10 │",
  "└─────────┴───────────┴───────┴─────────┴──────────┴─────────┴─────────┴─────────┴─────────┴─────────┘",
];

views("one picture shows each trunk and all of them", () => {
  assert.equal(liveLines(busyMeter().snapshot(), 10, false), PICTURE);
});

views("pictures are drawn over each other and leave the last, with the cursor back", async () => {
  const terminal = new VirtualTerminal(24, 120);
  const view = startLiveView(busyMeter(), terminal, { everyMilliseconds: 5 });
  assert.is(terminal.cursorIsShown, false);
  const first = terminal.written.length;
  await until("three more pictures", () => terminal.written.length > 4 * first);
  view?.stop();
  view?.stop();
  assert.equal(terminal.screen, [...PICTURE, ""]);
  assert.is(terminal.scrolledLines, PICTURE.length + 1);
  assert.is(terminal.cursorIsShown, true);
});

views("a line is written above the picture, a long one folded", () => {
  const terminal = new VirtualTerminal(24, 120);
  const view = startLiveView(busyMeter(), terminal);
  view?.print("trunk north-2: a fault began");
  view?.print("x".repeat(130));
  view?.stop();
  view?.print("the end");
  assert.equal(terminal.screen, [
    "trunk north-2: a fault began",
    "x".repeat(120),
    "x".repeat(10),
    ...PICTURE,
    "the end",
    "",
  ]);
});

views(
  "a terminal too narrow or too low shows one picture, cut off, and scrolls nothing away",
  async () => {
    const meter = busyMeter();
    for (let trunk = 0; trunk < 40; trunk++) {
      for (let call = 0; call < trunk; call++) {
        play(meter.listener, { trunk: `south-${trunk}`, ended: 1 });
      }
    }
    const terminal = new VirtualTerminal(12, 40);
    const view = startLiveView(meter, terminal, { everyMilliseconds: 5, color: true });
    const first = terminal.written.length;
    await until("three more pictures", () => terminal.written.length > 4 * first);
    view?.stop();
    assert.ok(terminal.scrolledLines <= 12, `${terminal.scrolledLines} lines`);
    assert.is(terminal.screen[0], "trunk-sim, 1 s");
    assert.match(terminal.screen.join("\n"), "36 more trunks, less busy");
    assert.match(terminal.screen.join("\n"), "south-39");
  },
);

views("nothing is written to what is no terminal", () => {
  let written = "";
  const stream = { isTTY: false, write: (text: string) => (written += text) };
  assert.is(startLiveView(busyMeter(), stream), null);
  assert.is(startLiveView(busyMeter(), { write: stream.write }), null);
  assert.is(written, "");
});

views("a name cannot steer the terminal", () => {
  const faultAt = (): string => "\u001b]0;title\u0007";
  const meter = new TrunkMeter([{ name: "\u001b[2Jnorth\n1", operator: null, faultAt }]);
  play(meter.listener, { trunk: "\u001b[2Jnorth\n1", ended: 1 });
  const lines = liveLines(meter.snapshot(), 10, false);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  const control = /[\u0000-\u001f\u007f]/;
  assert.ok(lines.every((line) => !control.test(line)));
  assert.not.match(formatSummary(meter.snapshot(), false).replaceAll("\n", ""), control);
});

views("each line of JSON is a snapshot, the last one at the end", async () => {
  const meter = busyMeter();
  const lines: string[] = [];
  const view = startLiveJson(meter, (line) => lines.push(line), 5);
  await until("two lines", () => lines.length >= 2);
  play(meter.listener, { ended: 1 });
  view.stop();
  view.stop();
  const snapshots = lines.map((line) => JSON.parse(line));
  assert.ok(lines.every((line) => line.endsWith("}\n") && line.indexOf("\n") === line.length - 1));
  assert.is(snapshots[0].total.attempts, 41);
  assert.is(snapshots.at(-1).total.attempts, 42);
});

views("the summary at the end adds up", () => {
  assert.equal(formatSummary(busyMeter().snapshot(), false).split("\n"), [
    "┌─────────┬──────────┬──────────┬────────┬───────────┬───────────┬─────────┬──────┬─────────┬─────────┬─────────┬─────────┬─────┐",
    "│ trunk   │ attempts │ answered │ failed │ timed out │ cancelled │ refused │ peak │     ASR │     NER │ PDD p50 │ PDD p99 │ MOS │",
    "│ north-1 │       30 │       30 │      0 │         0 │         0 │       0 │    1 │ 100.0 % │ 100.0 % │   20 ms │   20 ms │   - │",
    "│ north-2 │       11 │        0 │     11 │         0 │         0 │      10 │    1 │   0.0 % │   9.1 % │ 2500 ms │ 2500 ms │   - │",
    "│ all     │       41 │       30 │     11 │         0 │         0 │      10 │    1 │  73.2 % │  75.6 % │   20 ms │ 2500 ms │   - │",
    "└─────────┴──────────┴──────────┴────────┴───────────┴───────────┴─────────┴──────┴─────────┴─────────┴─────────┴─────────┴─────┘",
    "41 calls in 1.0 s (41.0/s, at most 41 in a second)",
    "",
  ]);
});

views("a run without a call is one line", () => {
  const meter = new TrunkMeter([{ name: "north-1", operator: null }], () => 0);
  assert.is(
    formatSummary(meter.snapshot(), false),
    "0 calls in 0.0 s (0.0/s, at most 0 in a second)\n",
  );
});

views.run();
