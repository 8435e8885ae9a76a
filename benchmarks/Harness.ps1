# What the benchmarks share. Each *.bench.ps1 beside this file is dot-sourced by bench.ps1, measures one thing, and writes
# what Measure-Contest and New-Result return. It has $folder, an empty directory of its own that is removed after it, and
# $env:LAYERPS_ROOT, an empty store in that. Only the language, .NET and the engine's own cmdlets are used.

# One line of the table. The value is in the unit; the ratio is to the base, where there is one.
function New-Result([string] $Work, [string] $Who, [double] $Value, [string] $Unit, $Least, $Ratio, [string] $Note) {
    [pscustomobject] @{
        Work = $Work; Who = $Who; Value = $Value; Unit = $Unit; Least = $Least; Ratio = $Ratio; Note = $Note
    }
}

function Get-Median([double[]] $Values) {
    $sorted = [Linq.Enumerable]::ToArray([Linq.Enumerable]::Order($Values))
    $middle = [int] [Math]::Floor($sorted.Length / 2)
    if ($sorted.Length % 2) { $sorted[$middle] } else { ($sorted[$middle - 1] + $sorted[$middle]) / 2 }
}

# Measures contenders in turn, round by round, so that what else the machine does falls on all of them alike. The first
# rounds are not counted. A contender is a script block, or a hashtable with Run and, not counted in, Before and After.
# Returns one result for each: the median in milliseconds, and its ratio to that of the base.
function Measure-Contest(
    [string] $Work, [Collections.IDictionary] $Contenders, [string] $Base, [int] $Rounds = 15, [int] $Warm = 2
) {
    $times = @{}
    foreach ($who in $Contenders.Keys) { $times[$who] = [Collections.Generic.List[double]]::new() }
    for ($round = 0; $round -lt $Rounds + $Warm; $round++) {
        foreach ($who in $Contenders.Keys) {
            $contender = $Contenders[$who]
            if ($contender -is [scriptblock]) { $contender = @{ Run = $contender } }
            if ($contender['Before']) { [void] (& $contender.Before) }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            [void] (& $contender.Run)
            $watch.Stop()
            if ($contender['After']) { [void] (& $contender.After) }
            if ($round -ge $Warm) { $times[$who].Add($watch.Elapsed.TotalMilliseconds) }
        }
    }
    $baseTime = if ($Base -and $times.ContainsKey($Base)) { Get-Median $times[$Base] }
    foreach ($who in $Contenders.Keys) {
        $median = Get-Median $times[$who]
        $ratio = if ($baseTime) { $median / $baseTime }
        New-Result $Work $who $median ms ([Linq.Enumerable]::Min($times[$who])) $ratio
    }
}

# Runs a program with its output thrown away; an exit code other than 0 is the end.
function Invoke-Program([string] $Program, [string[]] $Words) {
    & $Program @Words *> $null
    if ($LASTEXITCODE -ne 0) { throw "'$Program $Words' ended with exit code $LASTEXITCODE." }
}

# The private memory of a process that it has written to, in kB (proc_pid_smaps(5)).
function Get-PrivateMemory([int] $Id) {
    $text = [IO.File]::ReadAllText("/proc/$Id/smaps_rollup")
    [int] [regex]::Match($text, '(?m)^Private_Dirty:\s+(\d+)').Groups[1].Value
}

function Get-ParentId([int] $Id) {
    [int] [regex]::Match([IO.File]::ReadAllText("/proc/$Id/status"), '(?m)^PPid:\s+(\d+)').Groups[1].Value
}

# Makes a tree like that of a root file system: about 170 MB in more than 8,000 entries, the same ones each time.
function New-BenchTree([string] $Tree) {
    $random = [Random]::new(1)
    for ($directory = 0; $directory -lt 800; $directory++) {
        $path = "$Tree/usr/share/$($directory % 40)/$directory"
        [void] [IO.Directory]::CreateDirectory($path)
        for ($file = 0; $file -lt 10; $file++) {
            # Half of it can be packed, as programs and texts can.
            $noise = [byte[]]::new($random.Next(21000))
            $random.NextBytes($noise)
            $content = [byte[]]::new($noise.Length * 2)
            $noise.CopyTo($content, 0)
            [IO.File]::WriteAllBytes("$path/$file", $content)
        }
        [void] [IO.File]::CreateSymbolicLink("$path/link", '0')
    }
}
