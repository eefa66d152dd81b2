/**
 * Callers that send too much, or nonsense, and callers that hold and update a call, said word for word on
 * a socket of their own: what a trunk answers, and that others are served all the while.
 */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createOffer } from "../../engine/media/sdp.ts";
import { until } from "../media/until.ts";
import { RawPeer, toTagOf } from "../sip/raw-peer.ts";
import { type TrunkLab, withTrunk } from "./trunk-lab.ts";

const callers = suite("rough and exacting callers of a trunk");

const LIMIT = 20;
/** More than a second of the limit and its filling, however slow the machine. */
const FLOOD = 50 * LIMIT;
/** Loopback has other addresses than its first one, each a source of its own. */
const ANOTHER_SOURCE = { listen: [{ transport: "udp", host: "127.0.0.2", port: 0 }] } as const;

async function withRaw(lab: TrunkLab, run: (raw: RawPeer) => Promise<void>): Promise<void> {
  const raw = await RawPeer.open(lab.peer);
  try {
    await run(raw);
  } finally {
    await raw.close();
  }
}

function faultsOf({ events }: TrunkLab): string[] {
  return events.flatMap((event) => (event.kind === "fault" ? [event.what] : []));
}

callers("a source that floods is limited, and another is served meanwhile", async () => {
  await withTrunk(
    {},
    (lab) =>
      withRaw(lab, async (raw) => {
        const refused = (): number => lab.simulation.trunks[0]?.counts().refused ?? 0;
        let sent = 0;
        const flood = (): void => {
          for (let burst = 0; burst < FLOOD / 4; burst++) {
            const name = `f${sent++}`;
            raw.send(raw.request({ method: "OPTIONS", callId: name, branch: `z9hG4bK${name}` }));
          }
        };
        const placed = lab.place();
        flood();
        await placed.reached("answer");
        flood();
        placed.call?.hangUp();
        await placed.ended();
        await until("a refused message", () => refused() > 0);
        assert.ok(raw.heard.length < sent - refused() + 1, "a dropped message is not answered");
        assert.ok(
          faultsOf(lab).some((what) => /more than 20 messages a second/.test(what)),
          faultsOf(lab).join("; "),
        );
        assert.is((await lab.call()).final?.status, 200);
      }),
    { messagesPerSource: LIMIT, caller: ANOTHER_SOURCE },
  );
});

callers("malformed messages are answered 400 and logged, and the next call goes on", async () => {
  await withTrunk({}, (lab) =>
    withRaw(lab, async (raw) => {
      const right = raw.invite({ callId: "m1", branch: "z9hG4bKm1" });
      raw.send("\0\u0001 nothing at all");
      raw.send(right.replace(/^CSeq: .*$/m, "CSeq: one INVITE"));
      raw.send(right.replace(/^To: .*\r\n/m, "").replaceAll("m1", "m2"));
      const refusals = (): string[] => raw.heard.filter((text) => text.startsWith("SIP/2.0 400 "));
      await until("two refusals", () => refusals().length >= 2);
      await until("three faults", () => faultsOf(lab).length >= 3);
      assert.ok(
        faultsOf(lab).every((what) => what.startsWith("malformed message: ")),
        faultsOf(lab).join("; "),
      );
      assert.equal(lab.records(), []);
      assert.is((await lab.call()).final?.status, 200);
      assert.ok((lab.simulation.trunks[0]?.counts().malformed ?? 0) >= 3);
    }),
  );
});

const SESSION = { address: "127.0.0.1", port: 40_000, sessionId: 7 };

/** An offer of the same session with another direction. */
function offer(version: number, direction: "sendonly" | "sendrecv"): string {
  const plain = createOffer({ ...SESSION, version }).replace(/a=sendrecv\r\n/, "");
  return `${plain}a=${direction}\r\n`;
}

callers("a call is held by re-INVITE, taken up by UPDATE, and hung up", async () => {
  await withTrunk({}, (lab) =>
    withRaw(lab, async (raw) => {
      const callId = "hold";
      raw.send(raw.invite({ callId, branch: "z9hG4bKh1", body: offer(1, "sendrecv") }));
      const answer = await raw.hears("200 INVITE");
      const toTag = toTagOf(answer);
      const inside = { callId, toTag };
      raw.send(raw.request({ ...inside, method: "ACK", branch: "z9hG4bKh2" }));
      assert.match(answer, /^a=sendrecv\r$/m);

      const held = { ...inside, cseq: 2, body: offer(2, "sendonly") };
      raw.send(raw.invite({ ...held, branch: "z9hG4bKh3" }));
      await until("the answer to the re-INVITE", () => raw.heard.some((text) => isOf(text, 2)));
      const onHold = raw.heard.find((text) => isOf(text, 2)) ?? "";
      raw.send(raw.request({ ...inside, method: "ACK", cseq: 2, branch: "z9hG4bKh4" }));
      assert.match(onHold, /^SIP\/2\.0 200 /);
      assert.match(onHold, /^a=recvonly\r$/m);
      assert.is(toTagOf(onHold), toTag);

      const taken = { ...inside, method: "UPDATE", cseq: 3, body: offer(3, "sendrecv") };
      raw.send(raw.request({ ...taken, branch: "z9hG4bKh5" }));
      assert.match(await raw.hears("200 UPDATE"), /^a=sendrecv\r$/m);

      raw.send(raw.request({ ...inside, method: "BYE", cseq: 4, branch: "z9hG4bKh6" }));
      await raw.hears("200 BYE");
      await until("a record", () => lab.records().length === 1);
      assert.equal(
        lab.records().map(({ result, hangUpSide }) => [result, hangUpSide]),
        [["answered", "caller"]],
      );
    }),
  );
});

function isOf(message: string, cseq: number): boolean {
  return message.includes(`\r\nCSeq: ${cseq} INVITE\r\n`);
}

callers.run();
