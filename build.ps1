<#
.SYNOPSIS
Builds, tests, shows, measures and packs LayerPS. Uses the language, .NET and the engine's own commands alone, so
that it runs in tests/PSHost as it does in pwsh.
.PARAMETER Task
Build    puts the importable module into artifacts/LayerPS. Only what changed is built.
Test     builds, then runs the engine's tests and the module's. The last line has the sum.
TestVm   builds, then runs tests in a virtual machine that has version 2 of cgroups alone, as root: those files of
         tests/Pester that the remaining arguments name, or those for which that makes a difference.
Demo     builds, then runs examples/demo.ps1.
Bench    builds, then runs benchmarks/bench.ps1 with the remaining arguments.
Shell    builds, then opens a session with the module imported.
Package  builds, then packs the module into artifacts/LayerPS-<version>-<rid>.zip.
Clean    removes everything that was built.
.PARAMETER Filter
With Test and TestVm: only tests whose full name has this in it.
#>
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'TestVm', 'Demo', 'Bench', 'Shell', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [string] $Filter,

    [Parameter(ValueFromRemainingArguments)]
    [string[]] $ArgumentList = @()
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$artifacts = [IO.Path]::Combine($root, 'artifacts')
$module = [IO.Path]::Combine($artifacts, 'LayerPS')
$manifest = [IO.Path]::Combine($module, 'LayerPS.psd1')
$testHost = [IO.Path]::Combine($artifacts, 'pshost')
$work = [IO.Path]::Combine($artifacts, '.build')
$rid = 'linux-' + [Runtime.InteropServices.RuntimeInformation]::OSArchitecture.ToString().ToLowerInvariant()
$version = (& ([scriptblock]::Create([IO.File]::ReadAllText([IO.Path]::Combine($root, 'LayerPS.psd1'))))).ModuleVersion
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'

function Say([string] $Text) { $Host.UI.WriteLine($Text) }

function Invoke-DotNet([string[]] $Words) {
    & dotnet @Words | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "'dotnet $Words' failed. The messages above say why." }
}

# The same order under every culture, so that two shells build the same.
function Get-Ordered([string[]] $Text) {
    [Array]::Sort($Text, [StringComparer]::Ordinal)
    $Text
}

# One line for each source file: a build is due when the lines differ from those of the last one.
function Get-Fingerprint([string[]] $Folder) {
    $files = foreach ($name in $Folder) {
        [IO.Directory]::EnumerateFiles([IO.Path]::Combine($root, $name), '*', 'AllDirectories').
            Where{ $_.Substring($root.Length) -notmatch '/(bin|obj)/' }
    }
    $files = @($files) + [IO.Directory]::GetFiles($root, '*.props') + [IO.Directory]::GetFiles($root, '*.ps*1') +
        [IO.Path]::Combine($root, 'global.json')
    $lines = foreach ($file in Get-Ordered $files) {
        $info = [IO.FileInfo]::new($file)
        '{0} {1} {2}' -f $file, $info.Length, $info.LastWriteTimeUtc.Ticks
    }
    $lines -join "`n"
}

# Publishes a project into a folder of its own, unless its sources are as they were.
function Publish-Project([string] $Project, [string[]] $Source) {
    $output = [IO.Path]::Combine($work, [IO.Path]::GetFileName($Project) + '.published')
    $stamp = $output + '.sources'
    $fingerprint = Get-Fingerprint $Source
    if ([IO.File]::Exists($stamp) -and [IO.File]::ReadAllText($stamp) -eq $fingerprint) { return $output }
    Say "Building $Project ..."
    [IO.File]::Delete($stamp)
    if ([IO.Directory]::Exists($output)) { [IO.Directory]::Delete($output, $true) }
    Invoke-DotNet publish, ([IO.Path]::Combine($root, $Project)), '-c', Release, '-v', quiet, '--nologo', '-o', $output
    [IO.File]::WriteAllText($stamp, $fingerprint)
    $output
}

# Views are written in small files, a noun each; PowerShell loads one.
function Join-Xml([string] $Folder, [string] $Pattern, [string] $Target) {
    $source = [IO.Path]::Combine($root, $Folder)
    if (-not [IO.Directory]::Exists($source)) { return $false }
    $files = Get-Ordered ([IO.Directory]::GetFiles($source, $Pattern, 'AllDirectories'))
    $joined = $null
    foreach ($file in $files) {
        $document = [Xml.Linq.XDocument]::Load($file)
        if ($null -eq $joined) { $joined = $document; continue }
        foreach ($section in $document.Root.Elements()) {
            $same = if ($section.Name.LocalName -in 'ViewDefinitions', 'Controls', 'SelectionSets', 'DefaultSettings') {
                $joined.Root.Element($section.Name)
            }
            if ($same) { $same.Add($section.Elements()) } else { $joined.Root.Add($section) }
        }
    }
    if ($null -eq $joined) { return $false }
    [void] [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($Target))
    $joined.Save($Target)
    $true
}

function Copy-Into([string] $Target, [string[]] $Files) {
    [void] [IO.Directory]::CreateDirectory($Target)
    foreach ($file in $Files) {
        [IO.File]::Copy($file, [IO.Path]::Combine($Target, [IO.Path]::GetFileName($file)), $true)
    }
}

# Lays the module out in a new folder and returns it.
function New-ModuleFolder([string] $Library, [string] $Runtime) {
    $new = [IO.Path]::Combine($work, 'module.new')
    if ([IO.Directory]::Exists($new)) { [IO.Directory]::Delete($new, $true) }
    $own = 'LayerPS.dll', 'LayerPS.Native.dll', 'LayerPS.pdb', 'LayerPS.Native.pdb'
    Copy-Into $new ($own.ForEach{ [IO.Path]::Combine($Library, $_) })
    Copy-Into $new ([IO.Path]::Combine($root, 'LayerPS.psd1')), ([IO.Path]::Combine($root, 'LICENSE')),
        ([IO.Path]::Combine($Runtime, 'layerps-runtime'))

    $packages = [IO.Directory]::GetFiles($Library, '*.dll').Where{ [IO.Path]::GetFileName($_) -notin $own }
    Copy-Into ([IO.Path]::Combine($new, 'deps')) $packages

    $views = [IO.Path]::Combine($new, 'LayerPS.Format.ps1xml')
    if (-not (Join-Xml 'src/LayerPS/Views' '*.ps1xml' $views)) {
        [IO.File]::WriteAllText($views, '<Configuration><ViewDefinitions></ViewDefinitions></Configuration>')
    }
    $help = [IO.Path]::Combine($new, 'en-US')
    $texts = [IO.Path]::Combine($root, 'src/LayerPS/Help')
    Invoke-Shell '-File', ([IO.Path]::Combine($texts, 'ConvertTo-Maml.ps1')),
        '-Manifest', ([IO.Path]::Combine($new, 'LayerPS.psd1')),
        '-Target', ([IO.Path]::Combine($help, 'LayerPS.dll-Help.xml')) | Out-Host
    if ($LASTEXITCODE -ne 0) { throw 'The help could not be made. The messages above say why.' }
    Copy-Into $help ([IO.Directory]::GetFiles($texts, 'about_*.help.txt'))
    $new
}

# The old module stays whole until the new one is.
function Switch-Folder([string] $New, [string] $Target) {
    $old = [IO.Path]::Combine($work, 'module.old')
    if ([IO.Directory]::Exists($old)) { [IO.Directory]::Delete($old, $true) }
    if ([IO.Directory]::Exists($Target)) { [IO.Directory]::Move($Target, $old) }
    [IO.Directory]::Move($New, $Target)
    if ([IO.Directory]::Exists($old)) { [IO.Directory]::Delete($old, $true) }
}

# Two builds of one folder wait for each other.
function Enter-Build {
    [void] [IO.Directory]::CreateDirectory($work)
    $told = $false
    while ($true) {
        try { return [IO.File]::Open([IO.Path]::Combine($work, 'lock'), 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] {
            if (-not $told) { Say 'Another build is at work here; waiting for it ...'; $told = $true }
            [Threading.Thread]::Sleep(200)
        }
    }
}

function Build-Module {
    $lock = Enter-Build
    try {
        $library = Publish-Project src/LayerPS src/LayerPS, src/LayerPS.Native
        $runtime = Publish-Project src/LayerPS.Runtime src/LayerPS.Runtime, src/LayerPS.Native
        $stamp = [IO.Path]::Combine($work, 'module.sources')
        $fingerprint = Get-Fingerprint src, docs/cmdlets
        $current = [IO.File]::Exists($manifest) -and [IO.File]::Exists($stamp) -and
            [IO.File]::ReadAllText($stamp) -eq $fingerprint
        if (-not $current) {
            Switch-Folder (New-ModuleFolder $library $runtime) $module
            [IO.File]::WriteAllText($stamp, $fingerprint)
        }
        Say "The module is in $module"
    }
    finally { $lock.Dispose() }
}

function New-Count([int] $Passed, [int] $Failed, [int] $Skipped) {
    [pscustomobject] @{ Passed = $Passed; Failed = $Failed; Skipped = $Skipped }
}

function Test-Engine {
    $results = [IO.Path]::Combine($work, 'tests')
    if ([IO.Directory]::Exists($results)) { [IO.Directory]::Delete($results, $true) }
    $words = 'test', [IO.Path]::Combine($root, 'tests/LayerPS.Native.Tests'), '-c', 'Release', '--nologo',
        '-v', 'quiet', '--logger', 'console;verbosity=minimal', '--logger', 'trx;LogFileName=engine.trx',
        '--results-directory', $results
    if ($Filter) { $words += '--filter', "FullyQualifiedName~$Filter" }
    & dotnet @words | Out-Host
    $succeeded = $LASTEXITCODE -eq 0
    $report = [IO.Path]::Combine($results, 'engine.trx')
    if (-not [IO.File]::Exists($report)) { return New-Count 0 ([int] (-not $succeeded)) 0 }
    $counters = ([xml] [IO.File]::ReadAllText($report)).TestRun.ResultSummary.Counters
    $failed = [int] $counters.total - [int] $counters.passed - ([int] $counters.total - [int] $counters.executed)

    # A run that broke off reports fewer failures than it had.
    if (-not $succeeded -and $failed -eq 0) { $failed = 1 }
    New-Count $counters.passed $failed ([int] $counters.total - [int] $counters.executed)
}

# The words that start the PowerShell that runs this once more.
function Get-Shell {
    $program = [Environment]::ProcessPath
    $program
    if ([IO.Path]::GetFileName($program) -eq 'dotnet') { [Environment]::GetCommandLineArgs()[0] }
}

function Invoke-Shell([string[]] $Words) {
    $program, $all = @(Get-Shell) + '-NoProfile' + $Words
    & $program @all
}

function ConvertTo-Literal([string] $Text) { "'" + $Text.Replace("'", "''") + "'" }

# The path of Pester's manifest: the one this pwsh has, else the one that NuGet has; nothing where there is neither.
function Find-Pester {
    $installed = (Get-Module Pester -ListAvailable).Where({ $_.Version -ge '5.7' }, 'First')
    if ($installed) { return $installed[0].Path }
    $packages = [IO.Path]::Combine($artifacts, 'packages')
    $restored = [IO.Path]::Combine($packages, 'pester')
    if (-not [IO.Directory]::Exists($restored)) {
        $project = [IO.Path]::Combine($root, 'tests/Pester/Pester.csproj')
        & dotnet restore $project --packages $packages -v quiet --nologo *> $null
        if ($LASTEXITCODE -ne 0) { return }
    }
    [IO.Directory]::GetFiles($restored, 'Pester.psd1', 'AllDirectories')
}

# In a process of its own, so that no preference or variable of this script reaches a test.
function Test-Module([string[]] $Shell, [string] $Pester) {
    $report = [IO.Path]::Combine($work, 'tests', 'module.counts')
    [IO.File]::Delete($report)
    $path = ConvertTo-Literal ([IO.Path]::Combine($root, 'tests/Pester'))
    $text = "`$run = Invoke-Pester -Path $path -Output Detailed -PassThru"
    if ($Filter) { $text += ' -FullNameFilter ' + (ConvertTo-Literal "*$Filter*") }
    $text += "; [IO.File]::WriteAllText($(ConvertTo-Literal $report), (`$run.PassedCount, " +
        '($run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount), ' +
        '($run.SkippedCount + $run.InconclusiveCount)) -join " ")'
    if ($Pester) { $text = "Import-Module $(ConvertTo-Literal $Pester); $text" }
    $program, $words = $Shell + ('-NoProfile', '-Command', $text)
    & $program @words | Out-Host
    if (-not [IO.File]::Exists($report)) { return New-Count 0 1 0 }
    $passed, $failed, $skipped = -split [IO.File]::ReadAllText($report)
    New-Count $passed $failed $skipped
}

function Build-TestHost {
    if ($Host.Name -eq 'PSHost') { return }
    Invoke-DotNet publish, ([IO.Path]::Combine($root, 'tests/PSHost')), '-c', Release, '-v', quiet, '--nologo',
        '-o', $testHost
}

# With Pester in pwsh, where both can be had, and always with the stand-in in the host of tests/PSHost: a test that passes
# in one and fails in the other is a defect.
function Test-Shells {
    if ($Host.Name -ne 'PSHost') {
        Build-TestHost
        $pester = Find-Pester
        if ($pester) {
            Say 'The tests of the module, with Pester:'
            Test-Module (Get-Shell) $pester
        }
        else { Say 'No Pester 5.7 can be had here: the tests run in the host of tests/PSHost alone.' }
    }
    Say 'The tests of the module, in the host of tests/PSHost:'
    Test-Module ([IO.Path]::Combine($testHost, 'pshost'))
}

function Test-All {
    Build-Module
    $counts = @(Test-Engine) + @(Test-Shells)
    $sum = New-Count 0 0 0
    foreach ($count in $counts) {
        $sum.Passed += $count.Passed
        $sum.Failed += $count.Failed
        $sum.Skipped += $count.Skipped
    }
    if ($sum.Passed + $sum.Failed + $sum.Skipped -eq 0) {
        $Host.UI.WriteErrorLine("No test has '$Filter' in its name.")
        $sum.Failed = 1
    }
    Say "$($sum.Passed) passed, $($sum.Failed) failed, $($sum.Skipped) skipped"
    exit [int] ($sum.Failed -gt 0)
}

function Test-VirtualMachine {
    Build-Module
    Build-TestHost
    $words = @(if ($Filter) { '-Filter', $Filter }) + $ArgumentList
    & ([IO.Path]::Combine($root, 'tests/vm/run.sh')) @words | Out-Host
    exit $LASTEXITCODE
}

# In a process of its own, which finds the module by name as on a machine where it is installed.
function Invoke-Script([string] $Path) {
    $script = [IO.Path]::Combine($root, $Path)
    if (-not [IO.File]::Exists($script)) { throw "There is no $Path here." }
    Build-Module
    $path = $env:PSModulePath
    try {
        $env:PSModulePath = "$artifacts$([IO.Path]::PathSeparator)$path"
        Invoke-Shell (@('-File', $script) + $ArgumentList)
    }
    finally { $env:PSModulePath = $path }
    exit $LASTEXITCODE
}

function Open-Shell {
    Build-Module
    Invoke-Shell '-NoExit', '-Command', "Import-Module $(ConvertTo-Literal $manifest)"
    exit $LASTEXITCODE
}

function New-Package {
    Build-Module
    $package = [IO.Path]::Combine($artifacts, "LayerPS-$version-$rid.zip")
    $new = $package + '.new'
    [IO.File]::Delete($new)

    # Unpacked into a folder of $env:PSModulePath, this is LayerPS/<version>/..., as Install-PSResource lays it out.
    $stage = [IO.Path]::Combine($work, 'package')
    if ([IO.Directory]::Exists($stage)) { [IO.Directory]::Delete($stage, $true) }
    $inner = [IO.Path]::Combine($stage, 'LayerPS', $version)
    foreach ($file in [IO.Directory]::EnumerateFiles($module, '*', 'AllDirectories')) {
        $relative = [IO.Path]::GetDirectoryName([IO.Path]::GetRelativePath($module, $file))
        Copy-Into ([IO.Path]::Combine($inner, $relative)) $file
    }
    [IO.Compression.ZipFile]::CreateFromDirectory($stage, $new)
    [IO.File]::Move($new, $package, $true)
    [IO.Directory]::Delete($stage, $true)
    Say "The package is $package"
}

function Clear-Build {
    if ([IO.Directory]::Exists($artifacts)) { [IO.Directory]::Delete($artifacts, $true) }
    foreach ($project in [IO.Directory]::GetFiles($root, '*.csproj', 'AllDirectories')) {
        foreach ($name in 'bin', 'obj') {
            $folder = [IO.Path]::Combine([IO.Path]::GetDirectoryName($project), $name)
            if ([IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) }
        }
    }
    Say 'Removed artifacts, bin and obj.'
}

if ($ArgumentList -and $Task -notin 'Bench', 'Demo', 'TestVm') { throw "The task $Task takes no '$ArgumentList'." }
switch ($Task) {
    'Build' { Build-Module }
    'Test' { Test-All }
    'TestVm' { Test-VirtualMachine }
    'Demo' { Invoke-Script examples/demo.ps1 }
    'Bench' { Invoke-Script benchmarks/bench.ps1 }
    'Shell' { Open-Shell }
    'Package' { New-Package }
    'Clean' { Clear-Build }
}
