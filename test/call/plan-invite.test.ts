import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CallingParties } from "../../engine/call/calling-parties.ts";
import { type InviteParties, offeredProfile, planInvite } from "../../engine/call/plan-invite.ts";
import { type TrunkTarget, trunkTargets } from "../../engine/call/trunk-targets.ts";
import type { CallKind } from "../../engine/model/call.ts";
import { FRESH_GLOBAL } from "../../engine/model/policies-of-type.ts";
import { RESOURCE_ACCOUNT_DEFAULTS, USER_DEFAULTS } from "../../engine/model/user.ts";
import type { OutgoingInvite } from "../../engine/sip/sip-calls.ts";
import { labTenant } from "./call-lab.ts";

const plan = suite("invite plan");

const targets = trunkTargets(
  labTenant(
    [
      { name: "udp", host: "192.0.2.1", port: 5060 },
      { name: "tcp", host: "192.0.2.2", port: 5070, transport: "tcp" },
      { name: "six", host: "2001:db8::1", port: 5060 },
    ],
    [
      { identity: "sbc1.contoso.com" },
      { identity: "sbc2.contoso.com", forwardPai: true, forwardCallHistory: true },
      { identity: "lab.contoso.com" },
    ],
  ),
  [{ name: "lab.contoso.com", peer: { transport: "udp", host: "127.0.0.1", port: 5080 } }],
);

const MEGAN: InviteParties = {
  kind: "user-call",
  number: "+442079460123",
  callerId: "+14255550101",
  ownNumber: "+14255550101",
  displayName: "Megan Bowen",
  originalCaller: null,
};

const GROUND = { domain: "contoso.com", teamsFqdn: null };

function planned(
  name: string,
  more: Partial<InviteParties> = {},
  ground: Parameters<typeof planInvite>[2] = GROUND,
): OutgoingInvite {
  return planInvite(targets.get(name) as TrunkTarget, { ...MEGAN, ...more }, ground, null);
}

function headersOf({ headers }: OutgoingInvite): string[] {
  return headers.map(([name, value]) => `${name}: ${value}`);
}

plan("an operator's trunk is told number, caller and asserted identity", () => {
  const invite = planned("udp");
  assert.is(invite.requestUri, "sip:+442079460123@192.0.2.1:5060;user=phone");
  assert.is(invite.to, "<sip:+442079460123@192.0.2.1:5060;user=phone>");
  assert.is(invite.from, '"Megan Bowen" <sip:+14255550101@contoso.com;user=phone>');
  assert.equal(headersOf(invite), [
    "P-Asserted-Identity: <sip:+14255550101@contoso.com;user=phone>",
  ]);
  assert.is(invite.contactHost, undefined);
});

plan("the transport is named where it is not UDP, an IPv6 address stands in brackets", () => {
  assert.is(planned("tcp").requestUri, "sip:+442079460123@192.0.2.2:5070;user=phone;transport=tcp");
  assert.is(planned("six").requestUri, "sip:+442079460123@[2001:db8::1]:5060;user=phone");
});

plan("a hidden caller is anonymous, and known to the trusted operator only", () => {
  const invite = planned("udp", { callerId: "anonymous" });
  assert.is(invite.from, '"Anonymous" <sip:anonymous@anonymous.invalid>');
  assert.equal(headersOf(invite), [
    "P-Asserted-Identity: <sip:+14255550101@contoso.com;user=phone>",
    "Privacy: id",
  ]);
});

plan("a hidden caller is asserted to a gateway only where its ForwardPai says so", () => {
  assert.equal(headersOf(planned("sbc1.contoso.com", { callerId: "anonymous" })), ["Privacy: id"]);
  assert.equal(headersOf(planned("sbc2.contoso.com", { callerId: "anonymous" })), [
    "P-Asserted-Identity: <sip:+14255550101@sip.pstnhub.microsoft.com;user=phone>",
    "Privacy: id",
  ]);
});

plan("a call without a number to show asserts none", () => {
  const invite = planned("udp", { callerId: null, ownNumber: null });
  assert.is(invite.from, '"Anonymous" <sip:anonymous@anonymous.invalid>');
  assert.equal(headersOf(invite), []);
});

plan("a gateway gets its FQDN over TLS, and Microsoft's name in From", () => {
  const invite = planned("sbc1.contoso.com");
  assert.is(invite.requestUri, "sip:+442079460123@sbc1.contoso.com:5061;user=phone;transport=tls");
  assert.is(invite.from, '"Megan Bowen" <sip:+14255550101@sip.pstnhub.microsoft.com;user=phone>');
  assert.equal(headersOf(invite), []);
  assert.is(invite.contactHost, undefined);
});

plan("an FQDN of ours stands in From and Contact towards gateways, never towards operators", () => {
  const ours = { domain: "contoso.com", teamsFqdn: "sip.lab.contoso.com" };
  const invite = planned("sbc1.contoso.com", {}, ours);
  assert.match(invite.from, "@sip.lab.contoso.com;user=phone>");
  assert.is(invite.contactHost, "sip.lab.contoso.com");
  assert.is(planned("udp", {}, ours).contactHost, undefined);
});

plan("a gateway that is mapped elsewhere is called there", () => {
  assert.is(planned("lab.contoso.com").requestUri, "sip:+442079460123@127.0.0.1:5080;user=phone");
});

plan("a forwarded call tells who forwarded it: operators twice, gateways once", () => {
  const history = (ourHost: string, host: string): string[] => [
    `History-Info: <sip:+14255550101@${ourHost};user=phone?Reason=SIP%3Bcause%3D302%3Btext%3D%22Moved%20Temporarily%22>;index=1`,
    `History-Info: <sip:+442079460123@${host};user=phone>;index=1.1`,
  ];
  assert.equal(headersOf(planned("udp", { kind: "forward" })).slice(1), [
    "Diversion: <sip:+14255550101@contoso.com;user=phone>;reason=unconditional;counter=1",
    ...history("contoso.com", "192.0.2.1:5060"),
  ]);
  assert.equal(
    headersOf(planned("sbc2.contoso.com", { kind: "forward" })).slice(1),
    history("sip.pstnhub.microsoft.com", "sbc2.contoso.com:5061"),
  );
  assert.equal(headersOf(planned("sbc1.contoso.com", { kind: "forward" })), []);
});

plan("a forwarded call shows who called first, and still tells who forwarded it", () => {
  const first = {
    kind: "forward",
    callerId: "+12065550144",
    originalCaller: "+12065550144",
  } as const;
  const invite = planned("udp", first);
  assert.is(invite.from, "<sip:+12065550144@contoso.com;user=phone>", "no wrong name");
  assert.equal(headersOf(invite).slice(0, 2), [
    "P-Asserted-Identity: <sip:+12065550144@contoso.com;user=phone>",
    "Diversion: <sip:+14255550101@contoso.com;user=phone>;reason=unconditional;counter=1",
  ]);
  assert.match(headersOf(invite)[2] ?? "", /^History-Info: <sip:\+14255550101@contoso.com;/);
  const substituted = planned("udp", { ...first, callerId: "+14255550110" });
  assert.is(substituted.from, '"Megan Bowen" <sip:+14255550110@contoso.com;user=phone>');
});

plan(
  "names and numbers of callers: a company's name, shared calling's number, nobody's of a meeting",
  () => {
    const tenant = labTenant([{ name: "udp", host: "192.0.2.1", port: 5060 }], []);
    const people = new CallingParties({
      ...tenant,
      users: [
        {
          ...USER_DEFAULTS,
          userPrincipalName: "megan@contoso.com",
          displayName: "Megan Bowen",
          lineUri: "tel:+14255550101;ext=1",
          groups: ["desk"],
        },
        {
          ...USER_DEFAULTS,
          userPrincipalName: "joni@contoso.com",
          displayName: "Joni Sherman",
          teamsSharedCallingRoutingPolicy: "Shared",
        },
      ],
      resourceAccounts: [
        {
          ...RESOURCE_ACCOUNT_DEFAULTS,
          userPrincipalName: "main@contoso.com",
          displayName: "Main",
          application: "AutoAttendant",
          lineUri: "tel:+14255550110",
        },
      ],
      groupPolicyAssignments: [
        { groupId: "desk", policyType: "CallingLineIdentity", policyName: "Company", rank: 1 },
      ],
      callingLineIdentities: [
        { ...FRESH_GLOBAL.CallingLineIdentity, identity: "Company", companyName: "Contoso" },
      ],
      teamsSharedCallingRoutingPolicies: [
        {
          ...FRESH_GLOBAL.TeamsSharedCallingRoutingPolicy,
          identity: "Shared",
          resourceAccount: "MAIN@contoso.com",
        },
      ],
    });
    const told = (user: string, kind: CallKind): unknown => {
      const rest = { dialed: "", site: null, ingressTrunk: null, hideCallerId: false };
      const original = { originalCaller: "+12065550144" };
      const { displayName, ownNumber, originalCaller } = people.of(
        { user, kind, ...rest, ...original },
        "+442079460123",
      );
      return [displayName, ownNumber, originalCaller];
    };
    assert.equal(told("Megan@contoso.com", "user-call"), ["Contoso", "+14255550101", null]);
    assert.equal(told("joni@contoso.com", "forward"), [
      "Joni Sherman",
      "+14255550110",
      "+12065550144",
    ]);
    assert.equal(told("main@contoso.com", "user-call"), ["Main", "+14255550110", null]);
    assert.equal(told("megan@contoso.com", "dial-out"), [null, null, null]);
    assert.equal(told("nobody@contoso.com", "user-call"), [null, null, null]);
  },
);

plan("a number with # is escaped, service codes stand as they are", () => {
  assert.is(planned("udp", { number: "*31#" }).requestUri, "sip:*31%23@192.0.2.1:5060;user=phone");
});

const NAMES: readonly (readonly [string, string])[] = [
  ['Diego "D" Siciliani', '"Diego \\"D\\" Siciliani"'],
  ["back\\slash", '"back\\\\slash"'],
  ["Zoë Müller", '"Zoë Müller"'],
  ["a\r\nVia: evil", '"a  Via: evil"'],
  ["x".repeat(200), `"${"x".repeat(80)}"`],
  [`${"x".repeat(79)}😀`, `"${"x".repeat(79)}"`],
];

for (const [name, written] of NAMES) {
  plan(`the name ${JSON.stringify(name.slice(0, 30))} is quoted`, () => {
    assert.is(planned("udp", { displayName: name }).from.split(" <sip:")[0], written);
  });
}

plan("gateways over TLS are offered SRTP, all others RTP", () => {
  const profileOf = (name: string, transport?: "udp" | "tls"): string => {
    const target = targets.get(name) as TrunkTarget;
    const peer = { ...target.peer, ...(transport === undefined ? {} : { transport }) };
    return offeredProfile({ ...target, peer });
  };
  assert.is(profileOf("sbc1.contoso.com"), "RTP/SAVP");
  assert.is(profileOf("sbc1.contoso.com", "udp"), "RTP/AVP");
  assert.is(profileOf("udp"), "RTP/AVP");
  assert.is(profileOf("udp", "tls"), "RTP/AVP");
});

plan.run();
