import { readFile, stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { whyUnreadable } from "../../model/file-failure.ts";
import { hasErrors, type Outcome, type Problem, problem } from "../../model/problem.ts";
import { EMPTY_TENANT } from "../../model/tenant.ts";
import type { VoiceTestConfiguration } from "../../model/test-case.ts";
import type { CmdletInvocation, CmdletSignature } from "../../tenant/cmdlet-invocation.ts";
import { MAX_TEST_CASES_BYTES } from "../budgets.ts";
import * as read from "../export-folder/convert-values.ts";
import type { ExportRecord } from "../export-folder/export-document.ts";
import { type FieldTable, field, mapRecords } from "../export-folder/map-records.ts";
import { mappingProblems } from "../export-folder/mapping-problems.ts";
import { recordsOfText } from "../export-folder/records-of-text.ts";
import { readScript } from "../powershell/read-script.ts";
import { decodeText } from "../tenant-file/decode-text.ts";

/** Documented: New-CsVoiceTestConfiguration. */
const NAMES = {
  identity: "Identity",
  dialedNumber: "DialedNumber",
  targetDialplan: "TargetDialplan",
  targetVoicePolicy: "TargetVoicePolicy",
  expectedRoute: "ExpectedRoute",
  expectedUsage: "ExpectedUsage",
  expectedTranslatedNumber: "ExpectedTranslatedNumber",
} as const;

const TABLE: FieldTable = {
  strict: true,
  fields: Object.entries(NAMES).map(([to, name]) =>
    to === "identity"
      ? field(to, read.identity, name, "Name")
      : field(to, to.startsWith("target") ? read.identity : read.text, name),
  ),
  unread: [],
};

const SIGNATURE: CmdletSignature = {
  name: "New-CsVoiceTestConfiguration",
  parameters: [...Object.values(NAMES), "Name"].map((name) => ({
    name,
    type: "string",
    aliases: [],
    position: name === "Identity" ? 0 : null,
  })),
};

/**
 * Voice test configurations of Lync and Skype for Business: what Get-CsVoiceTestConfiguration exported
 * (JSON, CSV, Format-List), or a script that makes them. What a configuration does not say has the
 * cmdlet's default: number 1234, dial plan and policy Global, expected number +1234.
 *
 * @problem FILE_UNREADABLE, TEST_CASES_INVALID, and those of scripts and exported files
 */
export async function readVoiceTestConfigurations(
  path: string,
): Promise<Outcome<readonly VoiceTestConfiguration[]>> {
  const text = await textOf(path);
  if (!text.ok) return text;
  const found =
    extname(path).toLowerCase() === ".ps1"
      ? await scripted(path, text.value)
      : exported(path, text.value);
  if (hasErrors(found.problems)) return { ok: false, problems: found.problems };
  return { ok: true, value: found.configurations, problems: found.problems };
}

interface Found {
  readonly configurations: readonly VoiceTestConfiguration[];
  readonly problems: readonly Problem[];
}

function exported(path: string, text: string): Found {
  const records: ExportRecord[] = [];
  const read = recordsOfText(path, text, (record) => records.push(record));
  if (!read.ok) return { configurations: [], problems: read.problems };
  const { locate } = read;
  return configurationsOf(records, read.problems, (mapped) =>
    mappingProblems(path, "Get-CsVoiceTestConfiguration", TABLE, mapped, locate),
  );
}

async function scripted(path: string, text: string): Promise<Found> {
  const cmdlets = {
    signatures: new Map([[SIGNATURE.name.toLowerCase(), SIGNATURE]]),
    run: (tenant: typeof EMPTY_TENANT) => ({ tenant, problems: [], output: [] }),
  };
  const script = await readScript(text, { file: path, tenant: EMPTY_TENANT, cmdlets });
  return configurationsOf(script.invocations.map(recordOf), script.problems, () => []);
}

function recordOf({ parameters }: CmdletInvocation): ExportRecord {
  return Object.fromEntries(parameters);
}

function configurationsOf(
  records: readonly ExportRecord[],
  problems: readonly Problem[],
  judge: (mapped: ReturnType<typeof mapRecords>) => readonly Problem[],
): Found {
  const mapped = mapRecords(records, TABLE, {
    usages: new Set(),
    gateways: new Set(),
    translationRules: new Set(),
  });
  const configurations = mapped.entries.map(({ value }, index): VoiceTestConfiguration => {
    const text = (key: keyof typeof NAMES): string | null => {
      const found = value[key];
      return typeof found === "string" ? found : null;
    };
    return {
      identity: text("identity") ?? `configuration ${index + 1}`,
      dialedNumber: text("dialedNumber") ?? "1234",
      targetDialplan: text("targetDialplan") ?? "Global",
      targetVoicePolicy: text("targetVoicePolicy") ?? "Global",
      expectedRoute: text("expectedRoute"),
      expectedUsage: text("expectedUsage"),
      expectedTranslatedNumber: text("expectedTranslatedNumber") ?? "+1234",
    };
  });
  return { configurations, problems: [...problems, ...judge(mapped)] };
}

async function textOf(path: string): Promise<Outcome<string>> {
  try {
    const { size } = await stat(path);
    if (size <= MAX_TEST_CASES_BYTES) return decodeText(path, await readFile(path));
    const what = `${basename(path)} has ${size} bytes; such a file may have ${MAX_TEST_CASES_BYTES}`;
    return { ok: false, problems: [problem("TEST_CASES_INVALID", what, "split it")] };
  } catch (error) {
    const what = `voice test configurations ${path} cannot be read: ${whyUnreadable(error)}`;
    const hint = "name the output of Get-CsVoiceTestConfiguration";
    return { ok: false, problems: [problem("FILE_UNREADABLE", what, hint)] };
  }
}
