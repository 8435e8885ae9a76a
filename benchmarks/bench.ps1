<#
.SYNOPSIS
Measures LayerPS beside the engines that are installed here, and beside tar: sudo ./build.sh bench
.PARAMETER Name
The benchmarks to run, by the names of their files, with commas between them; wildcards are allowed. All of them where
this is not given.
.PARAMETER Document
Also writes the tables into docs/benchmarks.md.
#>
param([string] $Name = '*', [switch] $Document)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
Import-Module LayerPS
. ([IO.Path]::Combine($PSScriptRoot, 'Harness.ps1'))
. ([IO.Path]::Combine($PSScriptRoot, 'Peers.ps1'))

function Invoke-Benchmark([string] $Path) {
    $folder = [IO.Directory]::CreateTempSubdirectory('layerps-bench-').FullName
    $before = $env:LAYERPS_ROOT
    $env:LAYERPS_ROOT = "$folder/store"
    try { . $Path }
    finally {
        $env:LAYERPS_ROOT = $before
        Invoke-Program rm '-rf', $folder
    }
}

function Get-Number($Value, [string] $Format) {
    if ($null -ne $Value) { ([double] $Value).ToString($Format, [cultureinfo]::InvariantCulture) }
}

function ConvertTo-Markdown($Results) {
    foreach ($work in [Linq.Enumerable]::Distinct([string[]] $Results.Work)) {
        ''
        "### $work"
        ''
        '| who | median | least | ratio |'
        '|---|---:|---:|---:|'
        foreach ($result in $Results.Where{ $_.Work -eq $work }) {
            '| {0} | {1} {2} | {3} | {4} |' -f $result.Who, (Get-Number $result.Value '0.0'), $result.Unit,
                (Get-Number $result.Least '0.0'), (Get-Number $result.Ratio '0.00')
        }
    }
}

function Get-Machine {
    $processor = [regex]::Match([IO.File]::ReadAllText('/proc/cpuinfo'), '(?m)^model name\s*:\s*(.*)$').Groups[1].Value
    $memory = [regex]::Match([IO.File]::ReadAllText('/proc/meminfo'), '(?m)^MemTotal:\s+(\d+)').Groups[1].Value
    $checks = @{}
    Test-ContainerHost kernel-version, cgroup-layout | ForEach-Object { $checks[$_.Name] = $_.Value }
    '{0} x {1}, {2:0} GB, Linux {3}, cgroups {4}, {5} on temporary files; {6} {7}; load at the beginning {8}' -f
        [Environment]::ProcessorCount, $processor, ([double] $memory / 1e6), $checks['kernel-version'],
        $checks['cgroup-layout'], [IO.DriveInfo]::new([IO.Path]::GetTempPath()).DriveFormat, $Host.Name,
        $PSVersionTable.PSVersion, [IO.File]::ReadAllText('/proc/loadavg').Split(' ')[0]
}

$machine = Get-Machine
$results = [Collections.Generic.List[object]]::new()
foreach ($file in [Linq.Enumerable]::Order([string[]] [IO.Directory]::GetFiles($PSScriptRoot, '*.bench.ps1'))) {
    $benchmark = [IO.Path]::GetFileName($file) -replace '\.bench\.ps1$'
    if (-not ($Name -split ',').Where{ $benchmark -like $_.Trim() }) { continue }
    $Host.UI.WriteLine("$benchmark ...")
    foreach ($result in Invoke-Benchmark $file) { $results.Add($result) }
}
if ($results.Count -eq 0) { throw "No benchmark is named '$Name'." }
$tables = @(ConvertTo-Markdown $results)
$Host.UI.WriteLine("`n$machine")
foreach ($line in $tables) { $Host.UI.WriteLine($line) }
if ($Document) {
    $path = [IO.Path]::Combine([IO.Path]::GetDirectoryName($PSScriptRoot), 'docs', 'benchmarks.md')
    $text = [IO.File]::ReadAllText($path)
    $mark = '<!-- measured -->'
    $day = [datetime]::UtcNow.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
    $head = $text.Substring(0, $text.IndexOf($mark) + $mark.Length)
    [IO.File]::WriteAllText($path, "$head`n`nOn $day`: $machine.`n$($tables -join "`n")`n")
}
