/**
 * A large script with windows and buttons, as administrators share them: functions, Windows Forms,
 * event handlers, here-strings of XAML, loops over cmdlets.
 *
 * @module
 */

const HEADER = [
  "#Requires -Version 5.1",
  "#Requires -Modules MicrosoftTeams",
  "<#",
  ".SYNOPSIS",
  "  Assigns numbers and policies with a window.",
  "#>",
  "[CmdletBinding()]",
  "param(",
  '  [string]$LogPath = "$env:TEMP\\voice.log",',
  "  [switch]$Quiet",
  ")",
  "Add-Type -AssemblyName System.Windows.Forms",
  "Add-Type -AssemblyName System.Drawing",
  "$script:users = @()",
];

/** One tab of the window: about 80 lines. */
function tab(i: number): readonly string[] {
  return [
    `# --- Tab ${i}: numbers, policies and "quotes" ---`,
    `$tab${i} = New-Object System.Windows.Forms.TabPage`,
    `$tab${i}.Text = "Site ${i}"`,
    `$tab${i}.Padding = '3,3,3,3'`,
    `$tabs.Controls.Add($tab${i})`,
    `$grid${i} = New-Object System.Windows.Forms.DataGridView`,
    `$grid${i}.Location = New-Object System.Drawing.Point(10, ${10 + i})`,
    `$grid${i}.Size = New-Object System.Drawing.Size(${400 + i}, 300)`,
    `$grid${i}.Anchor = [System.Windows.Forms.AnchorStyles]::Top -bor [System.Windows.Forms.AnchorStyles]::Left`,
    `$grid${i}.ColumnCount = 4`,
    `@("UPN", "Number", "Policy", "State") | ForEach-Object -Begin { $n = 0 } -Process { $grid${i}.Columns[$n].Name = $_; $n++ }`,
    `$button${i} = New-Object System.Windows.Forms.Button`,
    `$button${i}.Text = 'Assign all of site ${i}'`,
    `$button${i}.Add_Click({`,
    "  param($sender, $e)",
    `  $this.Enabled = $false`,
    `  foreach ($row in $grid${i}.SelectedRows) {`,
    "    $upn = $row.Cells[0].Value",
    "    $number = [string]$row.Cells[1].Value -replace '[^\\d+]', ''",
    "    if ([string]::IsNullOrWhiteSpace($number)) {",
    '      [System.Windows.Forms.MessageBox]::Show("No number for $($upn)", "Voice", "OK", "Warning") | Out-Null',
    "      continue",
    "    }",
    "    try {",
    "      Set-CsPhoneNumberAssignment -Identity $upn -PhoneNumber $number -PhoneNumberType DirectRouting -ErrorAction Stop",
    `      Grant-CsOnlineVoiceRoutingPolicy -Identity $upn -PolicyName "Site ${i}"`,
    "      $row.Cells[3].Value = \"Assigned at $(Get-Date -Format 'HH:mm:ss')\"",
    "    }",
    "    catch {",
    `      Write-Log -Level Error -Message ("Site {0}: {1} failed: {2}" -f ${i}, $upn, $_.Exception.Message)`,
    "      $row.DefaultCellStyle.BackColor = [System.Drawing.Color]::LightCoral",
    "    }",
    "    finally {",
    "      [System.Windows.Forms.Application]::DoEvents()",
    "    }",
    "  }",
    "  $this.Enabled = $true",
    "})",
    `$tab${i}.Controls.AddRange(@($grid${i}, $button${i}))`,
    "",
    `function Update-Site${i} {`,
    "  [CmdletBinding(SupportsShouldProcess = $true)]",
    "  param(",
    "    [Parameter(Mandatory = $true, ValueFromPipeline = $true)]",
    "    [ValidateNotNullOrEmpty()]",
    "    [object[]]$Users,",
    `    [string]$Policy = "Site ${i}",`,
    "    [ValidateSet('Direct', 'Operator')][string]$Kind = 'Direct',",
    "    [switch]$Force",
    "  )",
    "  begin { $count = 0 }",
    "  process {",
    "    foreach ($user in $Users) {",
    "      if ($PSCmdlet.ShouldProcess($user.UserPrincipalName, 'Assign')) {",
    "        $params = @{",
    "          Identity   = $user.UserPrincipalName",
    "          PolicyName = $Policy",
    "        }",
    "        Grant-CsOnlineVoiceRoutingPolicy @params",
    "        $count++",
    "      }",
    "      elseif ($Force -or ($Kind -eq 'Operator' -and -not $Quiet)) {",
    '        Write-Warning "Skipped $($user.UserPrincipalName)"',
    "      }",
    "      else { Write-Verbose 'skipped' }",
    "    }",
    "  }",
    "  end { return $count }",
    "}",
    `$xaml${i} = @"`,
    `<Window Title="Site ${i}" Width="$($form.Width)">`,
    '  <Button Name="ok" Content="OK"/>',
    "</Window>",
    '"@',
    `switch ($form.Tag) {`,
    `  'site${i}' { $tabs.SelectedIndex = ${i}; break }`,
    "  default { Write-Verbose 'none' }",
    "}",
    "",
  ];
}

const LOGGING = [
  "function Write-Log {",
  "  param([string]$Message, [ValidateSet('Info', 'Error')][string]$Level = 'Info')",
  '  $line = "{0} [{1}] {2}" -f (Get-Date), $Level, $Message',
  "  Add-Content -Path $LogPath -Value $line",
  "  if (-not $Quiet) { Write-Host $line -ForegroundColor Gray }",
  "}",
  "$form = New-Object System.Windows.Forms.Form",
  "$form.Text = 'Voice'",
  "$tabs = New-Object System.Windows.Forms.TabControl",
  "$form.Controls.Add($tabs)",
];

/** The end of a here-string stays at the start of its line. */
function indented(line: string): string {
  return line === '"@' ? line : `  ${line}`;
}

/** A script of at least so many lines. */
export function sampleGuiScript(lines: number): string {
  const all = [...HEADER, ...LOGGING];
  for (let i = 1; all.length < lines; i++) {
    const made = tab(i);
    if (i % 2 === 0) all.push(...made);
    else all.push(`function New-Tab${i} {`, ...made.map(indented), "}");
  }
  all.push("[void]$form.ShowDialog()", "$form.Dispose()");
  return `${all.join("\r\n")}\r\n`;
}
