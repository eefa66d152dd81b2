/**
 * A small zip writer for tests: what it writes depends on nothing but its arguments, and it can write what
 * no honest program would.
 *
 * @module
 */
import { deflateRawSync } from "node:zlib";

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Unix mode, file type included; default: a plain file. */
  readonly mode?: number;
  /** General purpose bits: 1 = encrypted. */
  readonly flags?: number;
  /** What the entry says of its length; default: the truth. */
  readonly claimedSize?: number;
  readonly stored?: boolean;
}

const UTF8_NAMES = 0x800;
const DEFLATED = 8;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function header(signature: number, entry: ZipEntry, packed: Uint8Array, central: boolean): Buffer {
  const name = Buffer.from(entry.name);
  const head = Buffer.alloc(central ? 46 : 30);
  let at = head.writeUInt32LE(signature, 0);
  if (central) at = head.writeUInt16LE((3 << 8) | 20, at);
  at = head.writeUInt16LE(20, at);
  at = head.writeUInt16LE((entry.flags ?? 0) | UTF8_NAMES, at);
  at = head.writeUInt16LE(entry.stored === true ? 0 : DEFLATED, at);
  at = head.writeUInt16LE(0, at);
  at = head.writeUInt16LE(0x21, at);
  at = head.writeUInt32LE(crc32(entry.bytes), at);
  at = head.writeUInt32LE(packed.length, at);
  at = head.writeUInt32LE(entry.claimedSize ?? entry.bytes.length, at);
  at = head.writeUInt16LE(name.length, at);
  head.writeUInt16LE(0, at);
  return Buffer.concat([head, name]);
}

/** The bytes of an archive with these entries. */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const packed = entry.stored === true ? Buffer.from(entry.bytes) : deflateRawSync(entry.bytes);
    const local = Buffer.concat([header(0x04034b50, entry, packed, false), packed]);
    const central = header(0x02014b50, entry, packed, true);
    central.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    files.push(local);
    directory.push(central);
    offset += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}
