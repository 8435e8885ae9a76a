BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-Image base -FromCommand sh, cat, hostname, id, sleep, stty, touch, true)
    $web = Invoke-Container base -Detach -Name web -Environment @{ A = '1'; B = '1' } -- sleep 1000

    # Runs the script at a terminal, does what is typed there, and returns what it showed: its settings come first and last.
    function Use-Terminal([string] $Script, [scriptblock] $Session = {}) {
        $terminal = Start-TestTerminal $Script
        try {
            $first = (Read-Terminal $terminal -Until "`r`n").Trim()
            & $Session $terminal
            $rest = (Read-Terminal $terminal).Trim().Split("`r`n")
            $rest[-1] | Should -Be $first -Because 'the terminal is as it was before'
            $rest.Where{ $_ -ne $first }
        }
        finally { Remove-TestTerminal $terminal }
    }
}

AfterAll { Remove-TestStore $folder }

Describe 'Enter-Container' {
    It 'opens a shell at the terminal of the session, as large as that, and says how it ended' {
        $rest = Use-Terminal 'Enter-Container web; "code $LASTEXITCODE"' {
            Send-Key $args[0] "echo `$((40 + 2)); stty size; tty=yes`n"
            [void] (Read-Terminal $args[0] -Until "42`r`n31 91`r`n")
            Send-Key $args[0] "echo `$tty; exit 7`n"
            [void] (Read-Terminal $args[0] -Until "yes`r`n")
        }
        $rest | Should -Contain 'code 7'
    }

    It 'runs another command, as Invoke-ContainerCommand does' {
        $script = 'Enter-Container web -Environment @{ B = 2 }, "C=3" -WorkingDirectory /new/place -User 1000:1001 -- ' +
            'sh -c ''echo $A $B $C $PWD $(id -u) $(id -g) $TERM; [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && exit 4''; "code $LASTEXITCODE"'
        $rest = Use-Terminal $script
        $rest | Should -Contain '1 2 3 /new/place 1000 1001 xterm'
        $rest | Should -Contain 'code 4'
    }

    It 'sends Ctrl+C inside, and the session goes on' {
        $script = 'Enter-Container web -- sh -c ''trap "echo caught; exit 5" INT; echo set; while :; do sleep 0.05; done''; "code $LASTEXITCODE"'
        $rest = Use-Terminal $script {
            [void] (Read-Terminal $args[0] -Until "set`r`n")
            Send-Key $args[0] "`u{3}"
            [void] (Read-Terminal $args[0] -Until "caught`r`n")
        }
        $rest | Should -Contain 'code 5'
    }

    It 'is left by <Keys>, which ends the command and not the container' -ForEach @(
        @{ Keys = 'Ctrl+P, Ctrl+Q'; Parameter = ''; Typed = "`u{10}`u{11}" }
        @{ Keys = 'its own keys'; Parameter = '-DetachKeys "ctrl-x,y"'; Typed = "`u{18}y" }
    ) {
        $rest = Use-Terminal "Enter-Container web $Parameter -- sh -c 'echo set; exec sleep 3001'; `"code `$LASTEXITCODE`"" {
            [void] (Read-Terminal $args[0] -Until "set`r`n")
            Send-Key $args[0] $Typed
        }
        $rest | Should -Contain 'code 0'
        $web.Refresh().State | Should -Be Running
        Wait-Until { @(Get-ContainerProcess web).Command -notcontains 'sleep 3001' }
    }

    It 'has no such keys by -DetachKeys ""' {
        $rest = Use-Terminal 'Enter-Container web -DetachKeys "" -- sh -c ''stty -icanon -echo; echo set; read -r line; exit 6''; "code $LASTEXITCODE"' {
            [void] (Read-Terminal $args[0] -Until "set`r`n")
            Send-Key $args[0] "`u{10}`u{11}`n"
        }
        $rest | Should -Contain 'code 6'
    }

    It 'leaves the terminal as it was when the container is stopped' {
        $short = Invoke-Container base -Detach -Name short -- sleep 1000
        $rest = Use-Terminal 'Enter-Container short -ErrorAction SilentlyContinue -- sh -c ''echo set; exec sleep 3002''; "code $LASTEXITCODE"' {
            [void] (Read-Terminal $args[0] -Until "set`r`n")
            Stop-Container $short -Force
        }
        $rest | Should -Contain 'code 137'
    }

    It 'takes containers one after the other, and goes on after one that cannot be entered' {
        [void] (New-Container base -Name idle -- true)
        $script = 'foreach ($x in "idle", "nope") { $x | Enter-Container -Command hostname -ErrorVariable e -ErrorAction SilentlyContinue; ' +
            '"failed $($e.FullyQualifiedErrorId)" }; "web", "we?" | Enter-Container -Command hostname; Get-Container web | Enter-Container -Command hostname'
        $rest = Use-Terminal $script
        $rest.Where{ $_ -like 'failed*' } -replace ',.*' | Should -Be 'failed ContainerNotRunning', 'failed ContainerNotFound'
        $rest.Where{ $_ -eq $web.ShortId }.Count | Should -Be 3
    }

    It 'says that a command is missing' {
        $rest = Use-Terminal 'Enter-Container web -ErrorVariable e -ErrorAction SilentlyContinue -- nope; "failed $($e.FullyQualifiedErrorId) $LASTEXITCODE"'
        $rest | Should -Contain 'failed ContainerCommandFailed,LayerPS.Commands.EnterContainerCommand 127'
    }

    It 'is an error without a terminal' {
        $said = Get-SessionText 'try { Enter-Container web -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }'
        $said | Should -BeLike '*HostTerminalMissing,*'
    }

    It 'refuses keys that are none' {
        $rest = Use-Terminal 'Enter-Container web -DetachKeys hyper-x -ErrorVariable e -ErrorAction SilentlyContinue; "failed $($e.FullyQualifiedErrorId)"'
        $rest | Should -Contain 'failed ContainerOptionInvalid,LayerPS.Commands.EnterContainerCommand'
    }

    It 'does nothing by -WhatIf' {
        Enter-Container web -WhatIf -- touch /whatif 6> $null
        [IO.File]::Exists("$($web.UpperPath)/whatif") | Should -BeFalse
    }
}
