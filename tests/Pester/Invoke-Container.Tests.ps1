BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $base = New-TestBase
    [void] (New-Image other -FromCommand sh -Command /bin/sh, -c, 'echo other')
    [void] (New-Image empty -Scratch)
}

AfterAll { Remove-TestStore $folder }

Describe 'Invoke-Container' {
    It 'writes standard output as strings, and keeps the container' {
        $lines = @(Invoke-Container base -Name kept -- sh -c 'echo one; echo; echo "two  words"; printf end')
        $lines | Should -BeOfType ([string])
        $lines | Should -Be one, '', 'two  words', end
        $LASTEXITCODE | Should -Be 0
        $container = Get-Container kept
        $container.State | Should -Be Exited
        $container.ExitCode | Should -Be 0
        ($container | Get-ContainerLog).Text | Should -Be $lines
    }

    It 'writes standard error to the information stream, tagged, and never to the error stream' {
        $lines = @(Invoke-Container base -InformationVariable said -ErrorVariable failures -- sh -c 'echo oh >&2; echo out' 6> $null)
        $lines | Should -Be out
        $said | Should -HaveCount 1
        $said[0].MessageData | Should -Be oh
        $said[0].Tags | Should -Contain stderr
        $failures | Should -BeNullOrEmpty
    }

    It 'gives the exit code of <Script>: <Code>' -ForEach @(
        @{ Script = 'exit 0'; Code = 0 }
        @{ Script = 'exit 3'; Code = 3 }
        @{ Script = 'exit 255'; Code = 255 }
    ) {
        Invoke-Container base -ErrorVariable failures -- sh -c $Script | Should -BeNullOrEmpty
        $LASTEXITCODE | Should -Be $Code
        $failures | Should -BeNullOrEmpty
    }

    It 'makes another exit code than 0 an error with -ErrorOnExitCode' {
        Invoke-Container base -Name three -ErrorOnExitCode -ErrorVariable failures -ErrorAction SilentlyContinue -- sh -c 'echo x; exit 3' |
            Should -Be x
        $failures.FullyQualifiedErrorId | Should -Be 'ContainerExitCode,LayerPS.Commands.InvokeContainerCommand'
        $failures[0].Exception.Message | Should -BeLike "*'three'*3*"
        $LASTEXITCODE | Should -Be 3
        Invoke-Container base -ErrorOnExitCode -ErrorAction Stop true
    }

    It 'keeps the order of many lines, and none is lost' {
        $lines = @(Invoke-Container base -Remove -- seq 1 20000)
        $lines.Count | Should -Be 20000
        $lines[0] | Should -Be 1
        $lines[9999] | Should -Be 10000
        $lines[-1] | Should -Be 20000
    }

    It 'gives a line of a million characters whole' {
        $lines = @(Invoke-Container base -Remove -- sh -c 'i=0; while [ $i -lt 1000 ]; do printf %01000d $i; i=$((i+1)); done; echo')
        $lines.Count | Should -Be 1
        $lines[0].Length | Should -Be 1000000
        $lines[0].Substring(999000).TrimStart('0') | Should -Be 999
    }

    It 'gives text in UTF-8, and what is none as U+FFFD' {
        Invoke-Container base -Remove -- sh -c 'printf "ä€😀\n\377\n"' | Should -Be 'ä€😀', ([string] [char] 0xFFFD)
    }

    It 'removes the container with -Remove, whatever its end' {
        Invoke-Container base -Name brief -Remove -- sh -c 'echo x; exit 4' | Should -Be x
        $LASTEXITCODE | Should -Be 4
        Get-Container brie[f] | Should -BeNullOrEmpty
        Invoke-Container base -Name brief -Remove no-such 2> $null
        Get-Container brie[f] | Should -BeNullOrEmpty
        Get-StagingCount | Should -Be 0
    }

    It 'lets the container go on with -Detach, and returns it' {
        $container = Invoke-Container base -Detach -Name server -- sleep 100
        $container | Should -BeOfType ([LayerPS.Container])
        $container.State | Should -Be Running
        $LASTEXITCODE | Should -Be 0
        $container.Refresh().Pid | Should -Be $container.Pid
    }

    It 'goes with -Detach or with -ErrorOnExitCode' {
        { Invoke-Container base -Detach -ErrorOnExitCode true } | Should -Throw -ErrorId 'AmbiguousParameterSet*'
    }

    It 'takes images from the pipeline, and goes on after one that is not there' {
        $lines = @($base, 'nope', 'other' |
                Invoke-Container -Remove -Command sh, -c, 'echo hi; exit 5' -ErrorVariable failures -ErrorAction SilentlyContinue)
        $lines | Should -Be hi, hi
        $failures.FullyQualifiedErrorId | Should -Be 'ImageNotFound,LayerPS.Commands.InvokeContainerCommand'
        Copy-Serialized (Get-Image other) | Invoke-Container -Remove | Should -Be other
    }

    It 'takes rows' {
        $rows = [pscustomobject] @{ Image = 'base'; Command = 'sh', '-c', 'echo $WHO'; Environment = @{ WHO = 'a' } },
            [pscustomobject] @{ Image = 'base'; Command = 'hostname'; Hostname = 'b'; Name = 'second' }
        $rows | Invoke-Container | Should -Be a, b
        (Get-Container second).ExitCode | Should -Be 0
    }

    It 'runs a container''s command once more in a twin of it' {
        [void] (New-Container base -Name model -Environment WHO=me -- sh -c 'echo $WHO')
        Get-Container model | Invoke-Container -Remove | Should -Be me
        (Get-Container model).State | Should -Be Created
    }

    It 'gives <Code> in $LASTEXITCODE where <What>' -ForEach @(
        @{ What = 'the image is not there'; Call = { Invoke-Container nope true }; Code = 125; Id = 'ImageNotFound' }
        @{ What = 'there is no command'; Call = { Invoke-Container empty }; Code = 125; Id = 'ContainerCommandMissing' }
        @{ What = 'a parameter is mistyped'; Call = { Invoke-Container base --detatch true }; Code = 125
            Id = 'ContainerCommandInvalid'
        }
        @{ What = 'the command is not there'; Call = { Invoke-Container base no-such }; Code = 127
            Id = 'ContainerStartFailed'
        }
        @{ What = 'the command is no program'; Call = { Invoke-Container base /etc/passwd }; Code = 126
            Id = 'ContainerStartFailed'
        }
        @{ What = 'the command is not there, with -Detach'; Call = { Invoke-Container base -Detach no-such }; Code = 127
            Id = 'ContainerStartFailed'
        }
    ) {
        $failure = & $Call 2>&1
        $failure.FullyQualifiedErrorId | Should -Be "$Id,LayerPS.Commands.InvokeContainerCommand"
        $LASTEXITCODE | Should -Be $Code
    }

    It 'does nothing with -WhatIf' {
        $before = @(Get-Container).Count
        Invoke-Container base -WhatIf -- true | Should -BeNullOrEmpty
        Invoke-Container base -Detach -WhatIf -- true | Should -BeNullOrEmpty
        @(Get-Container).Count | Should -Be $before
    }

    It 'is called Run-Container as well' {
        Run-Container base -Remove -- sh -c 'echo ran' | Should -Be ran
    }
}

Describe 'A running Invoke-Container' {
    It 'gives each line as it is written' {
        $run = Start-TestSession 'Invoke-Container base -Name slow -Command sh, -c, "echo first; until [ -e /end ]; do sleep 0.02; done; echo last"'
        Wait-Until { $run.Output.Count -gt 0 }
        "$($run.Output)" | Should -Be first
        (Get-Container slow).State | Should -Be Running
        Complete-TestContainer (Get-Container slow)
        Wait-Until { $run.Run.IsCompleted }
        $run.Output.ForEach{ "$_" } | Should -Be first, last
        $run.Session.Dispose()
    }

    It 'reads text and bytes from the pipeline by -Interactive' {
        'one', 'two wörds', 3 | Invoke-Container base -Interactive -Remove -- cat | Should -Be one, 'two wörds', 3
        , [byte[]] (0x61, 0x0a, 0x62) | Invoke-Container base -Interactive -Remove -- cat | Should -Be a, b
        Invoke-Container base -Interactive -Remove -InputObject text -- cat | Should -Be text
        1..20000 | Invoke-Container base -Interactive -Remove -- cat | ForEach-Object { $count++ }
        $count | Should -Be 20000
        'x' | Invoke-Container base -Interactive -Remove -- sh -c 'cat; exit 7' | Should -Be x
        $LASTEXITCODE | Should -Be 7
    }

    It 'has an empty input where nothing comes' {
        @() | Invoke-Container base -Interactive -Remove -- cat | Should -BeNullOrEmpty
        Invoke-Container base -Interactive -Remove -- cat | Should -BeNullOrEmpty
        Invoke-Container base -Remove -- cat | Should -BeNullOrEmpty
    }

    It 'does not wait for those who say more than it reads' {
        1..100000 | Invoke-Container base -Interactive -Remove -- sh -c 'read a; echo $a' | Should -Be 1
    }

    It 'refuses text where the input is not open' {
        { 'x' | Invoke-Container base -ErrorAction Stop -- cat } | Should -Throw -ErrorId 'ContainerOptionInvalid,*'
    }

    It 'has a terminal of its own by -Tty' {
        $said = Invoke-Container base -Tty -Remove -- sh -c '[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && readlink /proc/self/fd/0; echo careful >&2; echo console > /dev/console; echo $TERM; exit 4'
        $said | Should -Be /dev/pts/0, careful, console, xterm
        $LASTEXITCODE | Should -Be 4
        Invoke-Container base -Tty -Remove -Environment TERM=dumb -- sh -c 'echo $TERM' | Should -Be dumb
        'echo $((40 + 2))' | Invoke-Container base -Tty -Interactive -Remove -- sh | Should -Contain 42
    }

    It 'keeps what a terminal shows in the log, without the carriage returns' {
        [void] (Invoke-Container base -Tty -Name shown -- sh -c 'echo one; echo two')
        (Get-ContainerLog shown).Text | Should -Be one, two
        Remove-Container shown
    }

    It 'ends its container when it is stopped<With>' -ForEach @(
        @{ With = ''; Trap = '' }
        @{ With = ', also one that ignores the signal'; Trap = 'trap "" TERM; ' }
    ) {
        $run = Start-TestSession 'Invoke-Container base -Name stopped -Command sh, -c, $args[0]' "${Trap}echo up; while :; do sleep 0.02; done"
        Wait-Until { $run.Output.Count -gt 0 }
        $process = (Get-Container stopped).Pid
        $run.Session.Stop()
        $run.Session.InvocationStateInfo.State | Should -Be Stopped
        $run.Session.Streams.Error.Count | Should -Be 0
        "/proc/$process" | Should -Not -Exist
        (Get-Container stopped).State | Should -Be Exited
        Remove-Container stopped
        $run.Session.Dispose()
    }

    It 'leaves nothing when it is stopped with -Remove' {
        $run = Start-TestSession 'Invoke-Container base -Name gone -Remove -Command sh, -c, "echo up; exec sleep 100"'
        Wait-Until { $run.Output.Count -gt 0 }
        $run.Session.Stop()
        Get-Container gon[e] | Should -BeNullOrEmpty
        $run.Session.Dispose()
    }

    It 'ends its container when the pipeline has all it wants' -Tag Pwsh {
        Invoke-Container base -Name endless -Command sh, -c, 'while :; do echo y; done' | Select-Object -First 3 |
            Should -Be y, y, y
        (Get-Container endless).State | Should -Be Exited
    }
}
