/**
 * Keywords whose statement ends with a block rather than with a line.
 *
 * @module
 */

/** Keyword → words that may follow its closed block and belong to it. */
const FOLLOWERS: Readonly<Record<string, readonly string[]>> = {
  if: ["elseif", "else"],
  try: ["catch", "finally"],
  do: ["while", "until"],
  foreach: [],
  for: [],
  while: [],
  switch: [],
  function: [],
  filter: [],
  workflow: [],
  configuration: [],
  class: [],
  enum: [],
  param: [],
  trap: [],
  data: [],
  begin: [],
  process: [],
  end: [],
  dynamicparam: [],
};

/** Whether a statement that begins with this word goes on until its block is closed. */
export function isBlockHead(word: string): boolean {
  return Object.hasOwn(FOLLOWERS, word);
}

/** Whether the text at `at` carries on a statement that began with `head` (`else`, `catch`, …). */
export function continuesBlock(head: string, text: string, at: number): boolean {
  const word = /^[A-Za-z]*/.exec(text.slice(at, at + 10))?.[0].toLowerCase() ?? "";
  return FOLLOWERS[head]?.includes(word) ?? false;
}
