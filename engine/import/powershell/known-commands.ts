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
  "Add-Type",
  "Export-ModuleMember",
  "Set-PSRepository",
  "Register-ObjectEvent",
  "Start-Job",
  "Push-Location",
  "Pop-Location",
  "Set-Location",
  "Connect-ExchangeOnline",
  "Connect-SfBOnline",
  "Connect-MgGraph",
  "Disconnect-MgGraph",
  "Connect-AzureAD",
  "Connect-MsolService",
];

/** They say something to whoever runs the script, and change nothing. */
const CHATTER: readonly string[] = [
  "Write-Host",
  "Write-Verbose",
  "Write-Debug",
  "Write-Information",
  "Write-Warning",
  "Write-Error",
  "Write-Progress",
];

/** They write files and give nothing back: never carried out, and said so. */
const WRITING: readonly string[] = [
  "Export-Csv",
  "Export-Clixml",
  "Out-File",
  "Set-Content",
  "Add-Content",
  "Clear-Content",
  "Remove-Item",
  "Copy-Item",
  "Move-Item",
  "Rename-Item",
];

/** Their output is known only when PowerShell runs them, or they touch files and networks. */
const RUNTIME: readonly string[] = [
  "ConvertTo-Json",
  "ConvertTo-Csv",
  "ConvertTo-Html",
  "ConvertTo-SecureString",
  "ConvertFrom-SecureString",
  "Import-Clixml",
  "Out-String",
  "Out-GridView",
  "Tee-Object",
  "Get-ChildItem",
  "Get-Item",
  "Get-Location",
  "Resolve-Path",
  "New-Item",
  "Get-Date",
  "New-TimeSpan",
  "New-Guid",
  "Get-Random",
  "Read-Host",
  "Get-Credential",
  "Get-Process",
  "Get-Service",
  "Get-Host",
  "Get-PSSession",
  "Get-ADUser",
  "Get-AzureADUser",
  "Get-AzureADGroup",
  "Get-AzureADGroupMember",
  "Get-MgUser",
  "Get-MgGroup",
  "Get-MgGroupMember",
  "Get-MsolUser",
  "Invoke-Expression",
  "Invoke-Command",
  "Invoke-RestMethod",
  "Invoke-WebRequest",
  "Invoke-MgGraphRequest",
  "Send-MailMessage",
  "Test-Connection",
  "Start-Process",
  "Receive-Job",
  "Wait-Job",
  "New-PSSession",
  "New-CsOnlineSession",
  "Compare-Object",
  "Get-Variable",
  "Set-Variable",
  "New-Variable",
  "Clear-Variable",
  "Remove-Variable",
  "Set-Alias",
  "New-Alias",
];

/** They work on what a pipeline carries, object by object. */
const OBJECTS: readonly string[] = [
  "ForEach-Object",
  "Where-Object",
  "Sort-Object",
  "Group-Object",
  "Measure-Object",
  "Add-Member",
];

/** They make values, out of files beside the script too. */
const MAKING: readonly string[] = [
  "Import-Csv",
  "ConvertFrom-Csv",
  "ConvertFrom-Json",
  "Get-Content",
  "Test-Path",
  "Join-Path",
  "Split-Path",
  "New-Object",
  "Get-Module",
  "Get-InstalledModule",
  "Get-Command",
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
  cp: "Copy-Item",
  mv: "Move-Item",
  ren: "Rename-Item",
  sc: "Set-Content",
  ac: "Add-Content",
  cd: "Set-Location",
  ogv: "Out-GridView",
  compare: "Compare-Object",
  diff: "Compare-Object",
  ni: "New-Item",
  gi: "Get-Item",
  gci: "Get-ChildItem",
  gcm: "Get-Command",
  gmo: "Get-Module",
  saps: "Start-Process",
  start: "Start-Process",
  nv: "New-Variable",
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
];

/** What kind of command a name is. */
export type CommandKind =
  | "session"
  | "chatter"
  | "writing"
  | "runtime"
  | "objects"
  | "making"
  | "filter"
  | "other";

const KINDS = new Map<string, { readonly name: string; readonly kind: CommandKind }>();
const BY_KIND: readonly (readonly [CommandKind, readonly string[]])[] = [
  ["session", SESSION],
  ["chatter", CHATTER],
  ["writing", WRITING],
  ["runtime", RUNTIME],
  ["objects", OBJECTS],
  ["making", MAKING],
  ["filter", FILTERS],
];
for (const [kind, names] of BY_KIND) {
  for (const name of names) KINDS.set(name.toLowerCase(), { name, kind });
}

/** The canonical name behind an alias, and what kind of command it is. */
export function classifyCommand(name: string): {
  readonly name: string;
  readonly kind: CommandKind;
} {
  const key = name.toLowerCase().replace(/^microsoft\.powershell\.\w+\\/, "");
  const plain = Object.hasOwn(ALIASES, key) ? (ALIASES[key] ?? key) : key;
  return KINDS.get(plain.toLowerCase()) ?? { name, kind: "other" };
}

const REACHING = "leave the line out; where its output is used, write the value itself";

/** What to write instead of a command that is not run; others give a value. */
const INSTEAD: Readonly<Record<string, string>> = {
  "Start-Process": REACHING,
  "Send-MailMessage": REACHING,
  "Invoke-RestMethod": REACHING,
  "Invoke-WebRequest": REACHING,
  "Invoke-MgGraphRequest": REACHING,
  "Test-Connection": REACHING,
  "Receive-Job": REACHING,
  "Wait-Job": REACHING,
  "New-Item": REACHING,
  "New-PSSession": REACHING,
  "New-CsOnlineSession": REACHING,
  "Tee-Object": "leave it out of the pipeline",
  "Invoke-Expression": "write the cmdlets that it runs",
  "Invoke-Command": "write the cmdlets that it runs",
  "Set-Alias": "write the command's own name where the alias stands",
  "New-Alias": "write the command's own name where the alias stands",
  "Set-Variable": "write $name = value",
  "New-Variable": "write $name = value",
  "Clear-Variable": "write $name = $null",
  "Remove-Variable": "write $name = $null",
  "Get-Variable": "write $name",
};

/** What is said of a command of the kind `runtime`. */
export function runtimeAdvice(name: string): { readonly what: string; readonly hint: string } {
  const hint = INSTEAD[name];
  if (hint === undefined) {
    return { what: `${name} needs a runtime value`, hint: "write the value itself in its place" };
  }
  return { what: `${name} is never run here`, hint };
}

/** All names of this table, for "did you mean". */
export function knownCommandNames(): readonly string[] {
  return BY_KIND.flatMap(([, names]) => names);
}
