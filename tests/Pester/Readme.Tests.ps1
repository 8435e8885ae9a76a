# Every command that the README shows, in its order, on a store of its own.
BeforeDiscovery {
    $root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot))
    $text = [IO.File]::ReadAllText([IO.Path]::Combine($root, 'README.md'))
    $known = @(Get-Command -Module Microsoft.PowerShell.Core).Name
    $number = 0
    $blocks = foreach ($match in [regex]::Matches($text, '(?ms)^```powershell\n(.*?)^```')) {
        $errors = $null
        $ast = [Management.Automation.Language.Parser]::ParseInput($match.Groups[1].Value, [ref] $null, [ref] $errors)
        $names = $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true) |
            ForEach-Object { $_.GetCommandName() } |
            Where-Object { $_ -notmatch '-(Image|Container)' -and $_ -notin $known }
        @{ Number = ++$number; Code = $match.Groups[1].Value; Foreign = @($names); ParseErrors = $errors.Count }
    }
    $core = @($blocks | Where-Object { $_.Foreign.Count -eq 0 })
    $full = @($blocks | Where-Object { $_.Foreign.Count -gt 0 })
}

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $readme = [IO.File]::ReadAllText([IO.Path]::Combine($root, 'README.md'))

    # In a scope of its own, with every error an end.
    function Invoke-Block([string] $Code) {
        $ErrorActionPreference = 'Stop'
        & ([scriptblock]::Create($Code)) 6> $null
    }
}

AfterAll {
    Get-Container | Remove-Container -Force
    Remove-TestStore $folder
}

Describe 'The README' {
    It 'shows commands that run: block <Number>' -ForEach $core {
        $ParseErrors | Should -Be 0
        { Invoke-Block $Code } | Should -Not -Throw
    }

    It 'shows commands that run in pwsh: block <Number>' -Tag Pwsh -ForEach $full {
        $ParseErrors | Should -Be 0
        { Invoke-Block $Code } | Should -Not -Throw
    }

    It 'has the two commands, and build.sh has their tasks' {
        $readme | Should -Match '(?m)^sudo \./build\.sh demo\nsudo \./build\.sh test$'
        $script = [IO.File]::ReadAllText([IO.Path]::Combine($root, 'build.sh'))
        foreach ($task in [regex]::Matches($readme, 'build\.sh (\w+)').ForEach{ $_.Groups[1].Value }) {
            $script | Should -Match "(?m)^  $task "
        }
    }

    It 'names only cmdlets and parameters that there are' {
        $names = [regex]::Matches($readme, '\b[A-Z][a-z]+-(?:Image|Container)[A-Za-z]*').ForEach{ $_.Value }
        foreach ($name in [Linq.Enumerable]::Distinct([string[]] $names)) {
            (Get-Command $name -Module LayerPS).Name | Should -Be $name
        }
    }
}
