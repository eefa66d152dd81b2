import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import { DIEGO_CALLS, withCallLab } from "./call-lab.ts";

const wire = suite("translated numbers on the wire");

const refuses = (call: ServerCall): void => call.reject(503);
const answers = (call: ServerCall): void => call.answer();

/** Number of a header's URI in an INVITE. */
function numberIn(invite: string, header: string): string | undefined {
  return new RegExp(`^${header}[^\\r\\n]*?sips?:([^@]*)@`, "im").exec(invite)?.[1];
}

wire("each gateway that is tried gets the numbers that its own rules make", async () => {
  const first = {
    outboundPstnNumberTranslationRules: ["Drop 44"],
    outboundTeamsNumberTranslationRules: ["Last Four"],
    forwardPai: true,
  };
  const trunks = [
    { name: "sbc1.contoso.com", onInvite: refuses, gateway: first },
    { name: "sbc2.contoso.com", onInvite: refuses },
  ];
  await withCallLab(trunks, async (lab) => {
    await lab.caller.place(DIEGO_CALLS, { holdSeconds: 0.03 });
    assert.equal([...lab.arrived].sort(), ["sbc1.contoso.com", "sbc2.contoso.com"]);
    const invites = new Map(
      lab.messages
        .filter((message) => message.startsWith("INVITE "))
        .map((message) => [/^INVITE sip:([^@]*)@/.exec(message)?.[1], message]),
    );
    const translated = invites.get("02079460123") ?? "";
    assert.is(numberIn(translated, "To:"), "02079460123");
    assert.is(numberIn(translated, "From:"), "0102");
    assert.is(numberIn(translated, "P-Asserted-Identity:"), "0102");
    const plain = invites.get("+442079460123") ?? "";
    assert.is(numberIn(plain, "To:"), "+442079460123");
    assert.is(numberIn(plain, "From:"), "+14255550102");
  });
});

wire("a rule that makes no number leaves it as it is", async () => {
  const gateway = { outboundPstnNumberTranslationRules: ["Spoil"] };
  const trunks = [{ name: "sbc1.contoso.com", onInvite: answers, gateway }];
  await withCallLab(trunks, async (lab) => {
    const record = await lab.caller.place(DIEGO_CALLS, { holdSeconds: 0.03 });
    assert.is(record.result, "answered");
    const invite = lab.messages.find((message) => message.startsWith("INVITE ")) ?? "";
    assert.match(invite, /^INVITE sip:\+442079460123@/);
  });
});

wire.run();
