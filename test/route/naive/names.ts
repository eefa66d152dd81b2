/** Names are the same when they differ only in case or in blanks around them. */
export function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

const compiled = new Map<string, RegExp>();

/** Takes nothing: what is no pattern is no reason to fail. */
const NOTHING = /^(?!)/;

/** A .NET pattern that JS reads alike. */
export function patternOf(source: string): RegExp {
  const known = compiled.get(source) ?? compile(source);
  compiled.set(source, known);
  return known;
}

function compile(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch {
    return NOTHING;
  }
}
