import { suite } from "uvu";
import * as assert from "uvu/assert";
import { SERVED } from "../../engine/sip/allowed-methods.ts";
import { judgeRequest } from "../../engine/sip/judge-request.ts";
import { openSipEndpoint } from "../../engine/sip/open-sip-endpoint.ts";
import { parseSipMessage } from "../../engine/sip/parse-sip-message.ts";
import type { SipPeer } from "../../engine/sip/sip-peer.ts";
import {
  askOverTcp,
  askOverUdp,
  busyEnd,
  fixtureNames,
  pingTcp,
  readDocumentedRows,
  readFixture,
  readRows,
  withRport,
} from "./torture-lab.ts";

const torture = suite("RFC 4475");
const rows = readRows();

/** What the parser and the gate make of a message, as `expected.tsv` writes it. */
function gateOf(bytes: Buffer): string {
  const parsed = parseSipMessage(bytes);
  if (parsed.kind === "response") return "response";
  if (parsed.kind === "malformed") return parsed.answer?.slice(8, 11) ?? "drop";
  const refusal = judgeRequest(parsed.message, SERVED);
  return refusal === null ? "pass" : String(refusal.status);
}

async function withBusyEnd(
  transport: "udp" | "tcp",
  run: (peer: SipPeer) => Promise<void>,
): Promise<void> {
  const endpoint = await openSipEndpoint(busyEnd(transport));
  try {
    const [peer] = endpoint.addresses;
    if (peer === undefined) throw new Error("no address");
    await run(peer);
  } finally {
    await endpoint.close();
  }
}

torture("every message has a row, in the fixture and in the documentation", () => {
  assert.equal(rows.map(({ message }) => message).sort(), fixtureNames());
  assert.is(rows.length, 50);
  const documented = rows.map(({ message, section, about, asks, udp, tcp, why }) => [
    ...[`\`${message}\``, section, about, asks],
    ...[udp, tcp, why],
  ]);
  assert.equal(readDocumentedRows(), documented);
});

for (const { message, section, gate } of rows) {
  torture(`${message} (${section}) is read and judged: ${gate}`, () => {
    assert.is(gateOf(readFixture(message)), gate);
  });
}

torture("an endpoint answers each over UDP as documented, and OPTIONS after it", async () => {
  await withBusyEnd("udp", async (peer) => {
    for (const { message, udp } of rows) {
      assert.is(await askOverUdp(peer, withRport(readFixture(message))), udp, message);
    }
  });
});

torture("an endpoint answers each over TCP as documented, and OPTIONS after it", async () => {
  await withBusyEnd("tcp", async (peer) => {
    for (const { message, tcp } of rows) {
      const bytes = withRport(readFixture(message));
      const emptyLine = Buffer.from(bytes.includes("\r\n\r\n") ? "" : "\r\n");
      const whole = Buffer.concat([bytes, emptyLine]);
      assert.is(await askOverTcp(peer, whole, tcp === "waits"), tcp, message);
      await pingTcp(peer);
    }
  });
});

torture.run();
