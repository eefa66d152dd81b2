import { randomFillSync } from "node:crypto";

const TOKEN_BYTES = 8;
const pool = Buffer.alloc(TOKEN_BYTES * 512);
let used = pool.length;

/**
 * 64 random bits as 16 hexadecimal digits: tags and Call-IDs (RFC 3261 section 19.3 asks a tag for at
 * least 32 bits that nobody can guess). Drawn from a pool, because one system call per tag is dear.
 */
export function randomToken(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += TOKEN_BYTES;
  return pool.toString("hex", used - TOKEN_BYTES, used);
}
