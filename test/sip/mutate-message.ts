/** Numbers that look random and are the same for the same seed (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What breaks parsers when it stands where nobody expects it. */
const NASTY = [
  ...[
    "\r\n",
    "\r\n\r\n",
    "\n",
    "\r",
    "\0",
    '"',
    "<",
    ">",
    "\\",
    ",",
    ";",
    ":",
    "=",
    "@",
    "%",
    "[",
    "]",
  ],
  ...["%00", "%zz", ";;;;", ",,,,", "\r\n ", " ".repeat(500), "<".repeat(500), '"'.repeat(501)],
  ...[
    "Content-Length: 99999999999\r\n",
    "Content-Length: 3\r\n",
    "Via: ",
    "__proto__",
    ";__proto__",
  ],
  ...["SIP/2.0", "99999999999999999999", "-1", "é", "\u{1f4de}"],
];

/** One message with one to four things changed in it. */
export function mutate(message: Buffer, other: Buffer, random: (below: number) => number): Buffer {
  let mutated = message;
  for (let changes = 1 + random(4); changes > 0; changes--) {
    mutated = change(mutated, other, random);
  }
  return mutated;
}

function change(message: Buffer, other: Buffer, random: (below: number) => number): Buffer {
  const at = random(message.length + 1);
  const to = Math.min(message.length, at + random(80));
  const before = message.subarray(0, at);
  const after = message.subarray(at);
  switch (random(7)) {
    case 0:
      return before;
    case 1:
      return Buffer.concat([before, message.subarray(to)]);
    case 2:
      return Buffer.concat([message.subarray(0, to), after]);
    case 3:
      return Buffer.concat([before, Buffer.from(NASTY[random(NASTY.length)] ?? ""), after]);
    case 4:
      return Buffer.concat([before, other.subarray(random(other.length + 1))]);
    case 5:
      return Buffer.concat([before, Buffer.from([random(256)]), message.subarray(at + 1)]);
    default:
      return swapLines(message, random);
  }
}

function swapLines(message: Buffer, random: (below: number) => number): Buffer {
  const lines = message.toString("latin1").split("\r\n");
  const one = random(lines.length);
  const two = random(lines.length);
  [lines[one], lines[two]] = [lines[two] ?? "", lines[one] ?? ""];
  return Buffer.from(lines.join("\r\n"), "latin1");
}
