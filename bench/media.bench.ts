/**
 * What does speech cost? 50 streams of G.711, each sent and measured by this process, as many as trunk-sim
 * carries by default.
 */
import { setTimeout as wait } from "node:timers/promises";
import { MOST_STREAMS, openRtpSession, type RtpSession } from "../engine/media/rtp-session.ts";
import type { LoadReport } from "./load-report.ts";
import { Random } from "./random.ts";

const HOST = "127.0.0.1";
const SECONDS_A_ROUND = 3;
/** A round is long and its figure steady: more tell nothing new. */
const MOST_ROUNDS = 3;
const SECONDS_TO_SETTLE = 0.5;

interface Round {
  /** Of one core, in percent. */
  readonly cpuPercent: number;
  readonly lossRatio: number;
  readonly worstJitterMilliseconds: number;
}

export async function benchMedia(rounds: number): Promise<LoadReport> {
  const measured: Round[] = [];
  for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round++)
    measured.push(await measure());
  const percents = measured.map(({ cpuPercent }) => cpuPercent).sort((a, b) => a - b);
  const worst = (of: (round: Round) => number): number => Math.max(...measured.map(of));
  return {
    name: "media",
    tables: [],
    bounds: [
      {
        what: `${MOST_STREAMS} streams, sent and measured`,
        unit: "% of a core",
        measured: percents[Math.floor(percents.length / 2)] ?? Number.NaN,
        floor: 20,
        aim: 10,
        better: "less",
        provided: { what: "without loss", holds: worst(({ lossRatio }) => lossRatio) === 0 },
      },
      {
        what: "jitter of the worst stream, all of it our own",
        unit: "ms",
        measured: worst(({ worstJitterMilliseconds: jitter }) => jitter),
        floor: 5,
        aim: 1,
        better: "less",
        provided: null,
      },
    ],
    skipped: [],
  };
}

async function measure(): Promise<Round> {
  const sessions = await openPairs();
  await wait(SECONDS_TO_SETTLE * 1000);
  const [cpu, at] = [process.cpuUsage(), performance.now()];
  await wait(SECONDS_A_ROUND * 1000);
  const { user, system } = process.cpuUsage(cpu);
  const elapsed = performance.now() - at;
  const heard = sessions.map((session) => session.stop());
  return {
    cpuPercent: (100 * (user + system)) / 1000 / elapsed,
    lossRatio: Math.max(...heard.map((quality) => quality?.lossRatio ?? 1)),
    worstJitterMilliseconds: Math.max(
      ...heard.map((quality) => quality?.jitterMilliseconds ?? Number.POSITIVE_INFINITY),
    ),
  };
}

async function openPairs(): Promise<readonly RtpSession[]> {
  const draws = new Random(7);
  const random = (): number => draws.next();
  const opened = await Promise.all(
    Array.from({ length: MOST_STREAMS }, () =>
      openRtpSession({ host: HOST, sound: "tone", random }),
    ),
  );
  const sessions = opened.filter((session) => session !== null);
  sessions.forEach((session, at) => {
    const other = sessions[at ^ 1];
    if (other !== undefined) session.start({ host: HOST, port: other.port, payloadType: 8 });
  });
  return sessions;
}
