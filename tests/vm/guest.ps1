# Runs the test files that /tests/words names, a word a line, or those for which version 2 of cgroups makes a difference.
$filter = ''
$names = [Collections.Generic.List[string]]::new()
$isFilter = $false
foreach ($word in [IO.File]::ReadAllLines('/tests/words')) {
    if ($word -eq '-Filter') { $isFilter = $true }
    elseif ($isFilter) { $filter, $isFilter = $word, $false }
    else { $names.Add($word) }
}
if ($names.Count -eq 0) {
    $names.AddRange([string[]] ('Limits', 'Set-Container', 'Suspend-Container', 'Resume-Container', 'Stop-Container',
            'Measure-Container', 'Walls', 'Attacks', 'UserNamespace', 'SecurityDocument', 'Test-ContainerHost'))
}

$files = foreach ($name in $names) { "/tests/tests/Pester/$name.Tests.ps1" }
$options = @{ Path = $files; Output = 'Detailed'; PassThru = $true }
if ($filter) { $options.FullNameFilter = "*$filter*" }
$run = Invoke-Pester @options
if (-not $run) { exit 1 }
$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
$Host.UI.WriteLine("In the virtual machine: $($run.PassedCount) passed, $failed failed, $($run.SkippedCount) skipped")
exit [int] ($failed -gt 0 -or $run.PassedCount -eq 0)
