import type {
  ArgumentValue,
  CmdletInvocation,
  OutputObject,
} from "../../tenant/cmdlet-invocation.ts";

/**
 * A bound call as one PowerShell command that binds to the same call again. Strings stand in single
 * quotes, in which `$`, backticks and back-slashes of patterns mean themselves.
 */
export function formatInvocation({ cmdlet, parameters }: CmdletInvocation): string {
  const words = [...parameters].map(([name, value]) =>
    value === true && name === "Global" ? `-${name}` : `-${name} ${formatArgument(name, value)}`,
  );
  // WHY: a New- cmdlet prints what it made, which nobody wants of a thousand of them.
  const silenced = cmdlet.startsWith("New-") ? ["| Out-Null"] : [];
  return [cmdlet, ...words, ...silenced].join(" ");
}

/** Cmdlets that make the objects of a parameter in memory, and what each such call says beside them. */
const MAKERS: Readonly<Record<string, readonly [cmdlet: string, fixed: string]>> = {
  NormalizationRules: ["New-CsVoiceNormalizationRule -Parent Global", " -InMemory"],
  EmergencyNumbers: ["New-CsTeamsEmergencyNumber", ""],
};

/** A list of objects stands one a line, each in the words of the cmdlet that makes it. */
function formatArgument(name: string, value: ArgumentValue): string {
  const maker = MAKERS[name];
  if (maker === undefined || !Array.isArray(value) || !value.some(isObject))
    return formatValue(value);
  const [cmdlet, fixed] = maker;
  const made = value.map((item: ArgumentValue) =>
    isObject(item) ? `(${cmdlet}${propertiesOf(item)}${fixed})` : formatValue(item),
  );
  return `@(\n  ${made.join(",\n  ")}\n)`;
}

function isObject(value: ArgumentValue): value is OutputObject {
  return value !== null && typeof value === "object" && "kind" in value && value.kind === "object";
}

function propertiesOf({ properties }: OutputObject): string {
  return Object.entries(properties)
    .filter(([, value]) => value !== null && value !== false)
    .map(([name, value]) => ` -${name} ${formatValue(value)}`)
    .join("");
}

function formatValue(value: ArgumentValue): string {
  if (value === null) return "$null";
  if (typeof value === "boolean") return value ? "$true" : "$false";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return formatString(value);
  if (Array.isArray(value)) return `@(${value.map(formatValue).join(", ")})`;
  const table = value as Exclude<
    ArgumentValue,
    readonly ArgumentValue[] | string | number | boolean | null
  >;
  const entries = table.kind === "table" ? table.entries : Object.entries(table.properties);
  return `@{${entries.map(([key, entry]) => `${formatString(key)} = ${formatValue(entry)}`).join("; ")}}`;
}

function formatString(text: string): string {
  // WHY: a string that is wholly `<name>` would be read back as a placeholder.
  if (/^<[^<>]+>$/.test(text)) return `('<' + ${formatString(text.slice(1))})`;
  // Typographic quotes end a string as ' does, so they are doubled as well.
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
}
