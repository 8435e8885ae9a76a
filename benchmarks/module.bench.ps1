# What importing the module costs in a fresh session of the PowerShell that runs this: the difference of the two.
$program = [Environment]::ProcessPath
$isDotNet = [IO.Path]::GetFileName($program) -eq 'dotnet'
[string[]] $words = if ($isDotNet) { [Environment]::GetCommandLineArgs()[0] }
$words += '-NoProfile', '-Command'
$work = 'Import-Module in a fresh session'
$bare = 'session alone'
$results = @(Measure-Contest $work ([ordered] @{
    $bare             = { Invoke-Program $program ($words + '$null') }
    'session, module' = { Invoke-Program $program ($words + 'Import-Module LayerPS') }
}) -Base $bare -Rounds 9)
$results
New-Result $work 'LayerPS: the difference' ($results[1].Value - $results[0].Value) ms
