/**
 * A text from someone's input as one line that is safe to print: control characters (ESC, with which
 * a name could steer the terminal, among them), line breaks and marks that turn the direction of
 * writing become blanks. A tab stays.
 */
export function printableLine(text: string): string {
  return text.replace(UNPRINTABLE, " ");
}

const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g;
