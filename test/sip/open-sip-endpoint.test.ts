import { suite } from "uvu";
import * as assert from "uvu/assert";
import { issueAuthority, issueCertificate } from "../../engine/sip/issue-certificate.ts";
import { openSipEndpoint } from "../../engine/sip/open-sip-endpoint.ts";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import type { TlsIdentity } from "../../engine/sip/sip-endpoint.ts";
import type { ListenAddress } from "../../engine/sip/sip-peer.ts";
import { Heard, SDP, Signal, Taken, withLab } from "./sip-lab.ts";

const endpoints = suite("openSipEndpoint");

const WAYS: readonly (readonly [name: string, listen: Partial<ListenAddress>])[] = [
  ["UDP", { transport: "udp" }],
  ["TCP", { transport: "tcp" }],
  ["UDP over IPv6", { transport: "udp", host: "::1" }],
  ["TCP over IPv6", { transport: "tcp", host: "::1" }],
];

for (const [name, listen] of WAYS) {
  endpoints(
    `over ${name} a call is placed, rings, is answered and hung up by the caller`,
    async () => {
      const taken = new Signal<Taken>("the call");
      const called = {
        onInvite(call: ConstructorParameters<typeof Taken>[0]) {
          taken.fire(new Taken(call));
          call.trying();
          call.progress(180);
          call.answer({ body: SDP });
        },
      };
      await withLab({ listen, called }, async (lab) => {
        const heard = new Heard();
        heard.place(lab);
        const answer = await heard.answer.within();
        assert.is(answer.body?.content, SDP.content);
        const { call, confirm, hangUp, end } = await taken.within();
        assert.is(call.request.calledUser, "+442079460123");
        assert.is(call.request.callingUser, "+14255550101");
        await confirm.within();
        heard.call?.hangUp();
        await hangUp.within();
        await Promise.all([end.within(), heard.end.within()]);
        assert.equal(heard.order, ["trying", "progress 180", "answer 200", "end"]);
        for (const endpoint of [lab.caller, lab.called]) {
          const { transactions, dialogs } = endpoint.counts();
          assert.equal({ transactions, dialogs }, { transactions: 0, dialogs: 0 });
        }
        assert.equal(lab.wire, [
          ...["> INVITE", "< 100 INVITE", "< 180 INVITE", "< 200 INVITE", "> ACK"],
          ...["> BYE", "< 200 BYE"],
        ]);
        assert.equal(lab.faults, []);
      });
    },
  );

  endpoints(`over ${name} the called end hangs up`, async () => {
    const called = {
      onInvite(call: ConstructorParameters<typeof Taken>[0]) {
        call.answer({ body: SDP });
        call.hangUp({ headers: [["Reason", 'Q.850;cause=16;text="Normal call clearing"']] });
      },
    };
    await withLab({ listen, called }, async (lab) => {
      const heard = new Heard();
      heard.place(lab);
      const bye = await heard.hangUp.within();
      assert.match(bye.header("Reason") ?? "", /cause=16/);
      await heard.end.within();
      assert.equal(heard.order, ["answer 200", "hang up", "end"]);
      assert.equal(lab.wire.slice(0, 4), ["> INVITE", "< 200 INVITE", "> ACK", "< BYE"]);
    });
  });
}

endpoints("over mutual TLS, by the names of the certificates, both ends can hang up", async () => {
  const now = new Date();
  const authority = await issueAuthority("lab", now);
  const identity = async (name: string): Promise<TlsIdentity> => ({
    ...(await issueCertificate(authority, name, [name], now)),
    trusted: authority.certificate,
    requireClientCertificate: true,
  });
  const taken: ServerCall[] = [];
  const onInvite = (call: ServerCall): void => {
    taken.push(call);
    call.answer({ body: SDP });
  };
  const caller = { tls: await identity("sip.pstnhub.example") };
  const called = { tls: await identity("sbc1.contoso.com"), onInvite };
  await withLab({ listen: { transport: "tls" }, caller, called }, async (plain) => {
    const lab = { ...plain, calledPeer: { ...plain.calledPeer, serverName: "sbc1.contoso.com" } };
    for (const whoEnds of ["caller", "called"]) {
      const heard = new Heard();
      heard.place(lab, { contactHost: "sip.pstnhub.example" });
      await heard.answer.within();
      if (whoEnds === "caller") heard.call?.hangUp();
      else taken[1]?.hangUp();
      await heard.end.within();
    }
    assert.match(
      lab.messages[0] ?? "",
      /^Contact: <sip:sip\.pstnhub\.example:\d+;transport=tls>\r$/m,
    );
    const secure = new Heard();
    const { host, port } = lab.calledPeer;
    const before = lab.messages.length;
    secure.place(lab, { requestUri: `sips:+442079460123@${host}:${port}` });
    await secure.answer.within();
    taken[2]?.hangUp();
    await secure.end.within();
    const contacts =
      lab.messages
        .slice(before)
        .join("")
        .match(/^Contact: .*$/gm) ?? [];
    assert.is(contacts.length, 2);
    for (const contact of contacts) assert.match(contact, /^Contact: <sips:127\.0\.0\.1:\d+>$/);
    assert.equal(lab.faults, []);
    const stranger = { ...plain.calledPeer, serverName: "sbc2.contoso.com" };
    const refused = await lab.caller.ping(stranger, 2_000);
    assert.is(refused.answered, false);
  });
});

endpoints("a refusal is acknowledged and told with its headers", async () => {
  const taken = new Signal<Taken>("the call");
  const called = {
    onInvite(call: ConstructorParameters<typeof Taken>[0]) {
      taken.fire(new Taken(call));
      call.reject(503, { headers: [["Retry-After", "30"]], phrase: "Trunk Full" });
    },
  };
  await withLab({ called }, async (lab) => {
    const heard = new Heard();
    heard.place(lab);
    const response = await heard.reject.within();
    assert.equal([response.status, response.phrase], [503, "Trunk Full"]);
    assert.is(response.header("retry-after"), "30");
    const { end } = await taken.within();
    await end.within();
    assert.equal(lab.wire, ["> INVITE", "< 503 INVITE", "> ACK"]);
    assert.equal(heard.order, ["reject 503", "end"]);
  });
});

endpoints("a call that is given up is cancelled, and refused with 487", async () => {
  const taken = new Signal<Taken>("the call");
  const called = {
    onInvite(call: ConstructorParameters<typeof Taken>[0]) {
      taken.fire(new Taken(call));
      call.progress(183, { body: SDP });
    },
  };
  await withLab({ called }, async (lab) => {
    const heard = new Heard();
    const call = heard.place(lab);
    await heard.progress.within();
    call.cancel({ headers: [["Reason", "SIP;cause=200"]] });
    const { cancel, end } = await taken.within();
    assert.is((await cancel.within()).header("Reason"), "SIP;cause=200");
    assert.is((await heard.reject.within()).status, 487);
    await Promise.all([end.within(), heard.end.within()]);
    assert.is(lab.caller.counts().transactions + lab.called.counts().transactions, 0);
  });
});

endpoints("a ping is answered with what onOptions says, or with nothing", async () => {
  const statuses = [200, 503];
  const called = {
    onOptions() {
      const status = statuses.shift();
      return status === undefined ? null : { status };
    },
  };
  await withLab({ called }, async ({ caller, calledPeer }) => {
    for (const status of [200, 503]) {
      const result = await caller.ping(calledPeer, 1_000);
      assert.is(result.answered && result.status, status);
    }
    const silence = await caller.ping(calledPeer, 50);
    assert.equal(silence, { answered: false, what: "no answer in 50 ms" });
    assert.is(caller.counts().transactions, 0);
  });
});

endpoints("a port in use rejects, and says which", async () => {
  await withLab({}, async ({ calledPeer }) => {
    try {
      await openSipEndpoint({ listen: [calledPeer], product: "second" });
      assert.unreachable("the port was taken");
    } catch (error) {
      assert.match(error instanceof Error ? error.message : "", String(calledPeer.port));
    }
  });
});

endpoints.run();
