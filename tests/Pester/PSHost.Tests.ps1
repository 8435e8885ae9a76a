# The console host of tests/PSHost, from outside: what it prints where, and the code it exits with.
BeforeDiscovery {
    $root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot))
    $noHost = -not [IO.File]::Exists([IO.Path]::Combine($root, 'artifacts', 'pshost', 'pshost'))
}

BeforeAll {
    $root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot))
    $pshost = [IO.Path]::Combine($root, 'artifacts', 'pshost', 'pshost')
    $folder = [IO.Directory]::CreateTempSubdirectory('layerps host ').FullName

    # Runs the host and tells its two streams apart.
    function Invoke-HostProcess([string[]] $Words, [string] $InputText) {
        $start = [Diagnostics.ProcessStartInfo]::new($pshost)
        foreach ($word in $Words) { $start.ArgumentList.Add($word) }
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [Diagnostics.Process]::Start($start)
        $errors = $process.StandardError.ReadToEndAsync()
        $process.StandardInput.Write($InputText)
        $process.StandardInput.Close()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        @{ Output = $output.Trim(); Error = $errors.Result.Trim(); ExitCode = $process.ExitCode }
    }

    function Invoke-ScriptFile([string] $Code, [string[]] $Arguments = @()) {
        $script = [IO.Path]::Combine($folder, 'a script.ps1')
        [IO.File]::WriteAllText($script, $Code)
        Invoke-HostProcess (@('-NoProfile', '-File', $script) + @($Arguments))
    }
}

AfterAll {
    [IO.Directory]::Delete($folder, $true)
}

Describe 'The console host' -Skip:$noHost {
    It 'exits with <Code> after <Command>' -ForEach @(
        @{ Command = '1'; Code = 0 }
        @{ Command = 'exit 7'; Code = 7 }
        @{ Command = 'throw "x"'; Code = 1 }
        @{ Command = 'if ('; Code = 1 }
        @{ Command = 'No-SuchCommand'; Code = 1 }
        @{ Command = 'No-SuchCommand; 1'; Code = 0 }
        @{ Command = '& /bin/sh -c "exit 3"'; Code = 1 }
        @{ Command = '& /bin/sh -c "exit 3"; exit $LASTEXITCODE'; Code = 3 }
    ) {
        (Invoke-HostProcess '-NoProfile', '-Command', $Command).ExitCode | Should -Be $Code
    }

    It 'exits from a script with <Code> after <Script>' -ForEach @(
        @{ Script = '1'; Code = 0 }
        @{ Script = 'exit 7'; Code = 7 }
        @{ Script = 'throw "x"'; Code = 1 }
        @{ Script = 'No-SuchCommand'; Code = 0 }
        @{ Script = '$ErrorActionPreference = "Stop"; No-SuchCommand; 1'; Code = 1 }
        @{ Script = '& /bin/sh -c "exit 3"'; Code = 0 }
    ) {
        (Invoke-ScriptFile $Script).ExitCode | Should -Be $Code
    }

    It 'gives a script its arguments' {
        $run = Invoke-ScriptFile 'param(
                [string] $Name, [switch] $Force, [int] $Count, [Parameter(ValueFromRemainingArguments)] $Rest)
            "$Name|$Force|$Count|$($Rest -join ",")|$PSScriptRoot"' '-Name', 'a b', '-Force', '-Count:4', 'x', '$(y)'
        $run.Output | Should -Be "a b|True|4|x,`$(y)|$folder"
    }

    It 'reads commands from standard input' {
        $run = Invoke-HostProcess '-Command', '-' "'a'`n'b'`nexit 3`n"
        $run.Output | Should -Be "a`nb"
        $run.ExitCode | Should -Be 3
    }

    It 'gives standard input to $input, and to a native command where nothing asks for $input' {
        (Invoke-HostProcess '-Command', '$input | ForEach-Object { "<$_>" }' "1`n2`n").Output | Should -Be "<1>`n<2>"
        (Invoke-HostProcess '-Command', '& /bin/cat' "1`n2`n").Output | Should -Be "1`n2"
    }

    It 'shows errors with their way out on standard error' {
        $run = Invoke-ScriptFile '[CmdletBinding()] param()
            $record = [Management.Automation.ErrorRecord]::new([Exception]::new("it broke"), "It", "InvalidData", $null)
            $record.ErrorDetails = [Management.Automation.ErrorDetails]::new("it broke")
            $record.ErrorDetails.RecommendedAction = "mend it"
            $PSCmdlet.WriteError($record)
            $PSCmdlet.WriteWarning("careful")
            "after"'
        $run.Output | Should -Be 'after'
        $run.Error | Should -BeLike '*it broke*mend it*WARNING: careful*'
    }

    It 'shows what ended a command on standard error: <Command>' -ForEach @(
        @{ Command = 'throw "the end"'; Shown = 'the end' }
        @{ Command = '$ErrorActionPreference = "Stop"; No-SuchCommand'; Shown = 'No-SuchCommand' }
        @{ Command = '[int]::Parse("no number")'; Shown = 'no number' }
        @{ Command = 'if )'; Shown = "Missing '(*" }
        @{ Command = 'if ('; Shown = 'Missing condition' }
    ) {
        $run = Invoke-HostProcess '-Command', $Command
        $run.Output | Should -BeNullOrEmpty
        $run.Error | Should -BeLike "*$Shown*"
    }

    It 'shows what a container wrote to its standard error on standard error' {
        $run = Invoke-ScriptFile '[CmdletBinding()] param()
            $message = [Management.Automation.HostInformationMessage] @{ Message = "said" }
            $PSCmdlet.WriteInformation($message, @("PSHOST", "stderr"))
            $PSCmdlet.WriteInformation($message, @("PSHOST"))
            $PSCmdlet.WriteInformation("unseen", @("stderr"))'
        $run.Error | Should -Be 'said'
        $run.Output | Should -Be 'said'
    }

    It 'renders tables, lists and plain text, without colours where no terminal is' {
        $run = Invoke-HostProcess '-Command', '[pscustomobject] @{ A = 1; B = "x y" }; "`e[31mred"'
        $run.Output | Should -Match '^A B\s*\n- -\s*\n1 x y\s*\n\s*red$'
    }

    It 'refuses a question that no one can answer' {
        $run = Invoke-HostProcess '-NonInteractive', '-Command', '$Host.UI.ReadLine()'
        $run.Error | Should -BeLike '*cannot ask*'
        $run.ExitCode | Should -Be 1
    }

    It 'names a script that is not there, and an option it does not know' {
        $run = Invoke-HostProcess '-File', '/no/such.ps1'
        $run.Error | Should -BeLike "*'/no/such.ps1' does not exist*"
        $run.ExitCode | Should -Be 64
        (Invoke-HostProcess '-NoSuchOption').Error | Should -BeLike "*'-NoSuchOption'*Usage:*"
    }

    It 'runs ForEach-Object -Parallel' {
        $run = Invoke-HostProcess '-Command', '(1..4 | ForEach-Object -Parallel { $_ * 2 }).Where{ $_ } -join ","'
        [Linq.Enumerable]::Order([string[]] $run.Output.Split(',')) | Should -Be '2', '4', '6', '8'
    }

    It 'stops at Ctrl+C, at once and with 130' {
        $start = [Diagnostics.ProcessStartInfo]::new($pshost)
        $start.ArgumentList.Add('-Command')
        $start.ArgumentList.Add('[Console]::Out.WriteLine("ready"); while ($true) { }')
        $start.RedirectStandardOutput = $true
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardOutput.ReadLine() | Should -Be 'ready'
        & /bin/kill -INT $process.Id
        $ended = $process.WaitForExit(20000)
        if (-not $ended) { $process.Kill() }
        $ended | Should -BeTrue
        $process.ExitCode | Should -Be 130
    }

    It 'defines nothing but the stand-in for Pester' {
        $run = Invoke-HostProcess '-Command',
            '(Get-Command -CommandType Cmdlet).Where{ $_.DLL -like "*pshost.dll" }.Name -join " "'
        $run.Output -split ' ' | Should -BeIn 'Add-TestAfterAll', 'Add-TestAfterEach', 'Add-TestBeforeAll',
            'Add-TestBeforeEach', 'Add-TestBlock', 'Add-TestCase', 'Assert-Should', 'Invoke-Pester',
            'Invoke-TestDiscovery', 'Set-ItResult'
    }
}
