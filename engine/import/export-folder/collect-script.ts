import { EXPORT_CMDLETS, type ExportCmdlet } from "./export-cmdlets.ts";
import type { FieldTable } from "./map-records.ts";

const HEAD = `# Exports everything that outdial reads of a Teams tenant. Run it once, as an administrator who may read
# Teams voice settings (Global Reader is enough), after Connect-MicrosoftTeams:
#
#   outdial collect > collect.ps1
#   ./collect.ps1
#   outdial import outdial-export -o tenant.yaml
#
# It changes nothing in the tenant, and asks for and writes no password, key or token. Each file is named after
# the cmdlet whose objects it holds. What no cmdlet exports, such as the operators' SIP trunks, belongs into
# outdial-export/operators.yaml, by the keys of the tenant file.

$folder = Join-Path -Path (Get-Location) -ChildPath 'outdial-export'
New-Item -ItemType Directory -Path $folder -Force | Out-Null

# One cmdlet that fails, for want of a licence or a permission, does not stop the others.
function Save-Export {
  param([string] $Name, [scriptblock] $Source)
  try {
    $objects = @(& $Source)
  } catch {
    Write-Warning "$Name was not exported: $_"
    return
  }
  # -Depth: deeper objects would be flattened into texts, 2 levels unless told otherwise.
  $text = ConvertTo-Json -InputObject $objects -Depth 10
  $path = Join-Path -Path $folder -ChildPath "$Name.json"
  # UTF-8 without a byte order mark, in Windows PowerShell too.
  [System.IO.File]::WriteAllText($path, $text, [System.Text.UTF8Encoding]::new($false))
  Write-Output "$Name.json: $($objects.Count)"
}
`;

/**
 * The PowerShell that an administrator runs once to export a folder that `import` reads. It names the files
 * and properties from the same tables that the reader uses.
 */
export function collectScript(): string {
  return [HEAD, usersBlock(), ...EXPORT_CMDLETS.map(block)].join("\n");
}

/** Users are asked for once: two files need them. */
function usersBlock(): string {
  const users = EXPORT_CMDLETS.find(({ cmdlet }) => cmdlet === "Get-CsOnlineUser");
  const properties = propertiesOf(users?.table ?? { fields: [], unread: [] });
  return [
    "# All users, and of each only what is read: -ResultSize lifts the limit on how many come at once.",
    "$users = @(Get-CsOnlineUser -ResultSize 1000000 |",
    `  Select-Object ${properties.join(", ")})`,
    "",
  ].join("\n");
}

/** Every name that a property has or had; those that an object lacks come out empty. */
function propertiesOf({ fields }: FieldTable): readonly string[] {
  return fields.flatMap(({ names }) => names);
}

function block({ cmdlet, why, collect }: ExportCmdlet): string {
  const [only, ...more] = collect ?? [cmdlet];
  const comment = `# ${why}.`;
  if (more.length === 0) return `${comment}\nSave-Export '${cmdlet}' { ${only} }\n`;
  const lines = [only, ...more].map((line) => `  ${line}`);
  return [comment, `Save-Export '${cmdlet}' {`, ...lines, "}", ""].join("\n");
}
