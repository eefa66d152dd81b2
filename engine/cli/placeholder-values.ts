import { InvalidArgumentError } from "commander";

/**
 * Collects `--set NAME=VALUE` options: values for the `<placeholders>` of a script. The value is what
 * stands behind the first `=`, and is used as it is, never read as PowerShell.
 */
export function collectPlaceholder(
  option: string,
  before: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const equals = option.indexOf("=");
  const name = option
    .slice(0, Math.max(0, equals))
    .trim()
    .replace(/^<(.*)>$/, "$1");
  if (name === "") throw new InvalidArgumentError('write it as --set "NAME=VALUE"');
  return new Map([...before, [name.toLowerCase(), option.slice(equals + 1)]]);
}
