BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-Image base -FromCommand sh, cat, hostname, id, sleep, stty, touch, true)
    $count = 'echo before; i=0; until [ -e /end ]; do echo $i; i=$((i + 1)); sleep 0.02; done; echo careful >&2; echo last; exit 3'

    # A container that has begun to count, and ends as one of Start-TestContainer's does.
    function Start-Counter([string] $Name) {
        $container = Invoke-Container base -Detach -Name $Name @args -- sh -c $count
        Wait-Until { @(Get-ContainerLog $Name).Count -gt 0 }
        $container
    }
}

AfterAll { Remove-TestStore $folder }

Describe 'Connect-Container' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'writes what a container says from now on, as Invoke-Container does, to its end, by <How>' -ForEach @(
        @{ How = 'name'; Call = 'Connect-Container web' }
        @{ How = 'name in the pipeline'; Call = '"web" | Connect-Container' }
        @{ How = 'wildcard'; Call = 'Connect-Container -Container w*' }
        @{ How = 'property Name'; Call = '[pscustomobject] @{ Name = "web" } | Connect-Container' }
        @{ How = 'object, without its input'; Call = 'Get-Container web | Connect-Container -NoInput' }
    ) {
        $container = Start-Counter web
        $session = Start-TestSession "$Call -InformationVariable said; `"`$said `$(`$said.Tags)`"; `$LASTEXITCODE"
        try {
            Wait-Until { $session.Output.Count -ge 3 }
            Complete-TestContainer $container
            Wait-Until { $session.Run.IsCompleted }
            $lines = [string[]] $session.Output
            $lines | Should -Not -Contain before
            $lines[-3..-1] | Should -Be last, 'careful stderr PSHOST', 3
            $lines[0..($lines.Count - 4)] | Should -Be ([int] $lines[0] .. [int] $lines[-4])
        }
        finally { $session.Session.Dispose() }
    }

    It 'says what comes through the pipeline, and that this is all' {
        [void] (Invoke-Container base -Detach -Name ear -Interactive -- sh -c 'cat; exit 4')
        'one', 'two wörds' | Connect-Container ear | Should -Be one, 'two wörds'
        $LASTEXITCODE | Should -Be 4
        [void] (Invoke-Container base -Detach -Name other -Interactive -- cat)
        Connect-Container other -InputObject text | Should -Be text
        [void] (Invoke-Container base -Detach -Name bytes -Interactive -- cat)
        , [byte[]] (0x61, 0x0a) | Connect-Container bytes | Should -Be a
    }

    It 'says it to several containers at once' {
        [void] ('a', 'b').ForEach{ Invoke-Container base -Detach -Name $_ -Interactive -- sh -c 'while read -r x; do echo "$x"; done' }
        1..100 | Connect-Container a, b | ForEach-Object { $seen += 1 }
        $seen | Should -Be 200
    }

    It 'has nothing to say to a container whose input is not open' {
        $container = Start-Counter web
        { 'text' | Connect-Container web -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerOptionInvalid,*'
        $container.Refresh().State | Should -Be Running
    }

    It 'refuses keys that are none, also where no terminal is left by them' {
        $container = Start-Counter web
        { Connect-Container web -DetachKeys ctrl-1 -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerOptionInvalid,*'
        { Invoke-ContainerCommand web -DetachKeys ctrl-1 -ErrorAction Stop -- true } | Should -Throw -ErrorId 'ContainerOptionInvalid,*'
        { Invoke-Container base -Name new -DetachKeys ctrl-1 -ErrorAction Stop -- true } | Should -Throw -ErrorId 'ContainerOptionInvalid,*'
        @(Get-Container).Name | Should -Be web
    }

    It 'refuses a container that does not run, and goes on' {
        [void] (New-Container base -Name idle -- true)
        [void] (Invoke-Container base -Detach -Name ear -Interactive -- cat)
        $output = 'x' | Connect-Container idle, nope, ear -ErrorVariable failures -ErrorAction SilentlyContinue
        $output | Should -Be x
        $reasons = $failures.FullyQualifiedErrorId -replace ',.*'
        $reasons.Count | Should -Be 2
        'ContainerNotRunning', 'ContainerNotFound' | Should -BeIn $reasons
        'idle', 'nope' | Connect-Container -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId -replace ',.*' | Should -Be ContainerNotRunning, ContainerNotFound
    }

    It 'lets the container go on when the pipeline is stopped' {
        $container = Start-Counter web
        $session = Start-TestSession 'Connect-Container web'
        Wait-Until { $session.Output.Count -ge 1 }
        $session.Session.Stop()
        $session.Session.Dispose()
        $container.Refresh().State | Should -Be Running
    }
}

Describe 'Connect-Container at a terminal' {
    BeforeEach { $terminal = $null }

    AfterEach {
        Remove-TestTerminal $terminal
        Get-Container | Remove-Container -Force
    }

    It 'is connected with the terminal of the container, which is as large' {
        [void] (Invoke-Container base -Detach -Name web -Interactive -Tty -- sh)
        $terminal = Start-TestTerminal 'Connect-Container web; "code $LASTEXITCODE"'
        $first = (Read-Terminal $terminal -Until "`r`n").Trim()
        # The shell has shown its prompt before anybody was there to see it.
        Wait-Until { Send-Key $terminal "`n"; [Threading.Thread]::Sleep(200); Read-Terminal $terminal -Until '#' }
        Send-Key $terminal "stty size; exit 7`n"
        [void] (Read-Terminal $terminal -Until "31 91`r`n")
        $rest = (Read-Terminal $terminal).Trim().Split("`r`n")
        $rest | Should -Contain 'code 7'
        $rest[-1] | Should -Be $first -Because 'the terminal is as it was before'
    }

    It 'is left by <Keys>, and the container goes on' -ForEach @(
        @{ Keys = 'Ctrl+P, Ctrl+Q'; Parameter = ''; Typed = "`u{10}`u{11}" }
        @{ Keys = 'its own keys'; Parameter = '-DetachKeys "ctrl-x,y"'; Typed = "`u{18}y" }
        @{ Keys = 'the keys, with -NoInput'; Parameter = '-NoInput'; Typed = "not heard`n`u{10}`u{11}" }
    ) {
        $container = Invoke-Container base -Detach -Name web -Interactive -Tty -- sh -c 'until [ -e /end ]; do echo up; sleep 0.05; done'
        $terminal = Start-TestTerminal "Connect-Container web $Parameter; `"code `$LASTEXITCODE`""
        [void] (Read-Terminal $terminal -Until "up`r`n")
        Send-Key $terminal $Typed
        [void] (Read-Terminal $terminal -Until "code 0`r`n")
        $container.Refresh().State | Should -Be Running
        Complete-TestContainer $container
        (Wait-Container web).ExitCode | Should -Be 0
        (@(Get-ContainerLog web).Text -join "`n").Contains('not heard') | Should -BeFalse
    }
}

Describe 'Invoke-Container -Interactive -Tty at a terminal' {
    BeforeEach { $terminal = $null }

    AfterEach {
        Remove-TestTerminal $terminal
        Get-Container | Remove-Container -Force
    }

    It 'is a container of one''s own, which is left and come back to' {
        $terminal = Start-TestTerminal ('Invoke-Container base -Name mine -Interactive -Tty -DetachKeys ctrl-x -- sh; "left $LASTEXITCODE"; ' +
            'Connect-Container mine; "ended $LASTEXITCODE"')
        [void] (Read-Terminal $terminal -Until '#')
        Send-Key $terminal "stty size; x=17`n"
        [void] (Read-Terminal $terminal -Until "31 91`r`n")
        Send-Key $terminal "`u{18}"
        [void] (Read-Terminal $terminal -Until "left 0`r`n")
        (Get-Container mine).State | Should -Be Running
        Wait-Until { Send-Key $terminal "`n"; [Threading.Thread]::Sleep(200); Read-Terminal $terminal -Until '#' }
        Send-Key $terminal "exit `$((x + 1))`n"
        [void] (Read-Terminal $terminal -Until "ended 18`r`n")
    }

    It 'ends with the container, and -Remove takes that away' {
        $terminal = Start-TestTerminal 'Invoke-Container base -Remove -Interactive -Tty -- sh -c ''echo $((40 + 2)); exit 3''; "code $LASTEXITCODE"'
        [void] (Read-Terminal $terminal -Until "42`r`n")
        [void] (Read-Terminal $terminal -Until "code 3`r`n")
        @(Get-Container).Count | Should -Be 0
    }

    It 'makes nothing where there is no terminal' {
        $said = Get-SessionText 'try { Invoke-Container base -Interactive -Tty -ErrorAction Stop -- sh } catch { $_.FullyQualifiedErrorId }'
        $said | Should -BeLike '*HostTerminalMissing,*'
        @(Get-Container).Count | Should -Be 0
    }
}

Describe 'Invoke-ContainerCommand -Interactive -Tty at a terminal' {
    BeforeEach { $terminal = $null }

    AfterEach {
        Remove-TestTerminal $terminal
        Get-Container | Remove-Container -Force
    }

    It 'is connected with it' {
        [void] (Start-TestContainer web)
        $terminal = Start-TestTerminal ('Invoke-ContainerCommand web -Interactive -Tty -- sh -c ''stty size; read -r x; exit $x''; "code $LASTEXITCODE"; ' +
            'Invoke-ContainerCommand web -Interactive -Tty -DetachKeys q -- sh -c ''echo set; exec sleep 1000''; "left $LASTEXITCODE"')
        [void] (Read-Terminal $terminal -Until "31 91`r`n")
        Send-Key $terminal "5`n"
        [void] (Read-Terminal $terminal -Until "code 5`r`n")
        [void] (Read-Terminal $terminal -Until "set`r`n")
        Send-Key $terminal 'q'
        [void] (Read-Terminal $terminal -Until "left 0`r`n")
    }
}
