import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ByteTable } from "../../engine/stream/byte-table.ts";

const table = suite("byte table");

/** Finds the name, standing alone or inside other bytes, or takes it up. */
function idOf(names: ByteTable, name: string, padding = 0): number {
  const text = Buffer.from(name);
  const bytes = new Uint8Array(text.length + 2 * padding).fill(97);
  bytes.set(text, padding);
  const found = names.find(bytes, padding, padding + text.length);
  return found >= 0 ? found : names.add(bytes, padding, padding + text.length);
}

table("names of every length have ids of their own, wherever they stand", () => {
  const names = new ByteTable(1000);
  const all = Array.from({ length: 40 }, (_, length) => "a".repeat(length));
  for (const [id, name] of all.entries()) assert.is(idOf(names, name), id, name);
  for (const padding of [0, 1, 2, 3, 4, 9]) {
    for (const [id, name] of all.entries()) assert.is(idOf(names, name, padding), id, name);
  }
});

table("names that differ in one byte are two", () => {
  const names = new ByteTable(1000);
  const name = "user17@contoso.com";
  const others = Array.from(name, (_, i) => `${name.slice(0, i)}~${name.slice(i + 1)}`);
  const ids = [name, `${name}\0`, ...others].map((one) => idOf(names, one));
  assert.equal(
    ids,
    ids.map((_, i) => i),
  );
  assert.is(idOf(names, name), 0);
});

table("many names keep their ids; the few that are pushed out get new ones", () => {
  const names = new ByteTable(100_000);
  const ids = Array.from({ length: 50_000 }, (_, i) => idOf(names, `user${i}@contoso.com`));
  assert.is(new Set(ids).size, 50_000);
  let kept = 0;
  for (const [i, id] of ids.entries()) {
    const name = Buffer.from(`user${i}@contoso.com`);
    const found = names.find(name, 0, name.length);
    assert.ok(found === id || found === -1, `user${i} was ${id} and is ${found}`);
    if (found === id) kept++;
  }
  assert.ok(kept > 49_000, `only ${kept} are left`);
});

table("beyond its budget of names it starts afresh, and says so by the id 0", () => {
  const names = new ByteTable(10);
  const ids = Array.from({ length: 25 }, (_, i) => idOf(names, `user${i}`));
  assert.equal(
    ids,
    ids.map((_, i) => i % 10),
  );
  assert.is(names.find(Buffer.from("user3"), 0, 5), -1);
  assert.is(names.find(Buffer.from("user24"), 0, 6), 4);
});

table("beyond its budget of bytes it starts afresh", () => {
  const names = new ByteTable(1_000_000);
  let starts = 0;
  for (let i = 0; i < 10_000; i++) if (idOf(names, `${"x".repeat(1000)}${i}`) === 0) starts++;
  assert.is(starts, 3);
});

table.run();
