/** A line URI taken apart. */
export interface LineUri {
  /** As routed: `+14255550101`, without `tel:` and separators. */
  readonly number: string;
  /** What follows `;ext=`; `null` when there is none. */
  readonly extension: string | null;
}

const NUMBER = /^\+?[0-9*#]{1,20}$/;

/**
 * Takes `tel:+14255550101;ext=101` apart; `null` when it holds no number. `tel:` may be missing, and
 * blanks, `-`, `.`, `(` and `)` count for nothing.
 */
export function parseLineUri(lineUri: string | null): LineUri | null {
  if (lineUri === null) return null;
  const [address = "", ...parameters] = lineUri.trim().split(";");
  const number = address.replace(/^tel:/i, "").replace(/[ .()-]/g, "");
  if (!NUMBER.test(number)) return null;
  const extension = parameters.find((parameter) => /^ext=./i.test(parameter));
  return { number, extension: extension === undefined ? null : extension.slice(4) };
}
