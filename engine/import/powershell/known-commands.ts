/**
 * Commands of PowerShell and its modules that are not cmdlets of the tenant.
 *
 * @module
 */

/** They open, close or decorate a session and change nothing of the tenant: passed over. */
const SESSION: readonly string[] = [
  "Connect-MicrosoftTeams",
  "Disconnect-MicrosoftTeams",
  "Import-Module",
  "Remove-Module",
  "Install-Module",
  "Update-Module",
  "Uninstall-Module",
  "Get-Module",
  "Import-PSSession",
  "Remove-PSSession",
  "Enter-PSSession",
  "Exit-PSSession",
  "Set-ExecutionPolicy",
  "Set-StrictMode",
  "Start-Sleep",
  "Start-Transcript",
  "Stop-Transcript",
  "Clear-Host",
  "Write-Verbose",
  "Write-Debug",
  "Write-Information",
  "Write-Warning",
  "Write-Progress",
  "Connect-MgGraph",
  "Disconnect-MgGraph",
  "Connect-AzureAD",
  "Connect-MsolService",
];

/** Their output is known only when PowerShell runs them, or they touch files and networks. */
const RUNTIME: readonly string[] = [
  "Import-Csv",
  "ConvertFrom-Csv",
  "ConvertFrom-Json",
  "ConvertTo-Json",
  "ConvertTo-Csv",
  "Export-Csv",
  "Export-Clixml",
  "Import-Clixml",
  "Get-Content",
  "Set-Content",
  "Add-Content",
  "Out-File",
  "Out-String",
  "Out-GridView",
  "Tee-Object",
  "Get-ChildItem",
  "Get-Item",
  "Test-Path",
  "Remove-Item",
  "New-Item",
  "Copy-Item",
  "Move-Item",
  "Get-Date",
  "Get-Random",
  "Read-Host",
  "Get-Credential",
  "New-Object",
  "Invoke-Expression",
  "Invoke-Command",
  "Invoke-RestMethod",
  "Invoke-WebRequest",
  "Start-Process",
  "Start-Job",
  "New-PSSession",
  "New-CsOnlineSession",
  "ForEach-Object",
  "Where-Object",
  "Sort-Object",
  "Group-Object",
  "Measure-Object",
  "Compare-Object",
  "Get-Variable",
  "Set-Variable",
  "New-Variable",
  "Set-Alias",
  "New-Alias",
  "Add-Type",
  "Write-Error",
];

/** Aliases that PowerShell comes with. */
const ALIASES: Readonly<Record<string, string>> = {
  select: "Select-Object",
  fl: "Format-List",
  ft: "Format-Table",
  echo: "Write-Output",
  write: "Write-Output",
  sleep: "Start-Sleep",
  cls: "Clear-Host",
  clear: "Clear-Host",
  ipmo: "Import-Module",
  "?": "Where-Object",
  where: "Where-Object",
  "%": "ForEach-Object",
  foreach: "ForEach-Object",
  sort: "Sort-Object",
  group: "Group-Object",
  measure: "Measure-Object",
  cat: "Get-Content",
  gc: "Get-Content",
  type: "Get-Content",
  ipcsv: "Import-Csv",
  epcsv: "Export-Csv",
  dir: "Get-ChildItem",
  ls: "Get-ChildItem",
  iex: "Invoke-Expression",
  icm: "Invoke-Command",
  irm: "Invoke-RestMethod",
  iwr: "Invoke-WebRequest",
  curl: "Invoke-WebRequest",
  tee: "Tee-Object",
  ogv: "Out-GridView",
  rm: "Remove-Item",
  del: "Remove-Item",
  sv: "Set-Variable",
  sal: "Set-Alias",
};

/** Commands that shape or print what a pipeline carries. */
const FILTERS: readonly string[] = [
  "Select-Object",
  "Format-List",
  "Format-Table",
  "Out-Null",
  "Out-Host",
  "Out-Default",
  "Write-Output",
  "Write-Host",
];

/** What kind of command a name is. */
export type CommandKind = "session" | "runtime" | "filter" | "other";

const KINDS = new Map<string, { readonly name: string; readonly kind: CommandKind }>();
for (const name of SESSION) KINDS.set(name.toLowerCase(), { name, kind: "session" });
for (const name of RUNTIME) KINDS.set(name.toLowerCase(), { name, kind: "runtime" });
for (const name of FILTERS) KINDS.set(name.toLowerCase(), { name, kind: "filter" });

/** The canonical name behind an alias, and what kind of command it is. */
export function classifyCommand(name: string): {
  readonly name: string;
  readonly kind: CommandKind;
} {
  const key = name.toLowerCase().replace(/^microsoft\.powershell\.\w+\\/, "");
  const plain = Object.hasOwn(ALIASES, key) ? (ALIASES[key] ?? key) : key;
  return KINDS.get(plain.toLowerCase()) ?? { name, kind: "other" };
}

/** All names of this table, for "did you mean". */
export function knownCommandNames(): readonly string[] {
  return [...SESSION, ...RUNTIME, ...FILTERS];
}
