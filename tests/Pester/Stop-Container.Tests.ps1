BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)

    # Runs until a signal comes, and says which.
    function Start-Listener([string] $Name) {
        $script = 'for s in TERM INT USR1; do trap "echo $s; exit 5" $s; done; echo up; while :; do sleep 0.02; done'
        $container = New-Container base -Name $Name @args -Command sh, -c, $script | Start-Container -PassThru
        Wait-Until { @($container | Get-ContainerLog).Count -gt 0 }
        $container
    }
}

AfterAll { Remove-TestStore $folder }

Describe 'Stop-Container' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'asks by SIGTERM, waits for the end, and writes nothing' {
        $container = Start-Listener one
        Stop-Container one | Should -BeNullOrEmpty
        $now = $container.Refresh()
        $now.State | Should -Be Exited
        $now.ExitCode | Should -Be 5
        $now.ExitReason | Should -Be Exited
        ($container | Get-ContainerLog).Text | Should -Be up, TERM
        "/proc/$($container.Pid)" | Should -Not -Exist
    }

    It 'asks by the container''s own signal' {
        Start-Listener one -StopSignal SIGUSR1 | Stop-Container
        (Get-ContainerLog one).Text | Should -Be up, USR1
    }

    It 'kills <What>' -ForEach @(
        @{ What = 'one that does not end in its time'; Options = @{}; Call = { Stop-Container one -Timeout 0.1 } }
        @{ What = 'one that does not end in its own time'; Options = @{ StopTimeout = 0.1 }; Call = { Stop-Container one } }
        @{ What = 'at once where no time is given'; Options = @{}; Call = { Stop-Container one -Timeout 0 } }
        @{ What = 'at once with -Force'; Options = @{}; Call = { Stop-Container one -Force } }
    ) {
        $container = New-Container base -Name one @Options -Command sh, -c, 'trap "" TERM; echo up; while :; do sleep 0.02; done' |
            Start-Container -PassThru
        Wait-Until { @(Get-ContainerLog one).Count -gt 0 }
        & $Call
        $now = $container.Refresh()
        $now.State | Should -Be Exited
        $now.ExitCode | Should -Be 137
        $now.Signal | Should -Be 9
        $now.ExitReason | Should -Be Signaled
    }

    It 'takes a container as <How>' -ForEach @(
        @{ How = 'id'; Call = { Stop-Container -Id $container.Id -Force -PassThru } }
        @{ How = 'the beginning of an id'; Call = { Stop-Container $container.ShortId -Force -PassThru } }
        @{ How = 'wildcard'; Call = { Stop-Container o?e -Force -PassThru } }
        @{ How = 'object in the pipeline'; Call = { $container | Stop-Container -Force -PassThru } }
        @{ How = 'name in the pipeline'; Call = { 'one' | Stop-Container -Force -PassThru } }
        @{ How = 'object from another session'; Call = { Copy-Serialized $container | Stop-Container -Force -PassThru } }
        @{ How = 'property Name'; Call = { [pscustomobject] @{ Name = 'one' } | Stop-Container -Force -PassThru } }
        @{ How = 'property Container'; Call = { [pscustomobject] @{ Container = 'one' } | Stop-Container -Force -PassThru } }
    ) {
        $container = Start-TestContainer one
        $other = Start-TestContainer other
        $stopped = & $Call
        $stopped.Id | Should -Be $container.Id
        $stopped.State | Should -Be Exited
        $other.Refresh().State | Should -Be Running
    }

    It 'leaves one that does not run as it is' {
        $container = New-Container base -Name idle
        (Stop-Container idle -PassThru -ErrorAction Stop).State | Should -Be Created
        $container | Start-Container -PassThru | Wait-Container | Out-Null
        (Stop-Container idle -Force -PassThru -ErrorAction Stop).State | Should -Be Exited
    }

    It 'stops several side by side: all have been asked before the first has ended' {
        # Each ends when it sees that all three have been asked.
        $script = 'trap ": > /asked" TERM; echo up; until [ -e /end ]; do sleep 0.02; done'
        $containers = 1..3 | ForEach-Object { New-Container base -Name "side-$_" -- sh -c $script } | Start-Container -PassThru
        Wait-Until { @($containers | Get-ContainerLog).Count -eq 3 }
        $run = Start-TestSession 'Stop-Container side-* -Timeout 100 -PassThru'
        Wait-Until { $containers.Where{ -not [IO.File]::Exists("$($_.UpperPath)/asked") }.Count -eq 0 }
        $containers.ForEach{ $_.Refresh().State } | Should -Be Running, Running, Running
        foreach ($container in $containers) { Complete-TestContainer $container }
        Wait-Until { $run.Run.IsCompleted }
        $run.Output.Count | Should -Be 3
        $run.Session.Dispose()
    }

    It 'goes on after a container that is not there' {
        [void] (Start-TestContainer one)
        $stopped = @('nope', '', 'one' | Stop-Container -Force -PassThru -ErrorVariable failures -ErrorAction SilentlyContinue)
        $stopped.Name | Should -Be one
        $failures.FullyQualifiedErrorId | Should -Be (@('ContainerNotFound,LayerPS.Commands.StopContainerCommand') * 2)
        Stop-Container nothing* -ErrorAction Stop
        { Stop-Container one -Timeout -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'does nothing with -WhatIf' {
        $container = Start-TestContainer one
        $container | Stop-Container -WhatIf -PassThru | Should -BeNullOrEmpty
        $container | Stop-Container -Force -WhatIf -PassThru | Should -BeNullOrEmpty
        $container.Refresh().Pid | Should -Be $container.Pid
    }

    It 'completes the names of those that run' {
        [void] (New-Container base -Name on-ready)
        [void] (Start-TestContainer on-duty)
        $line = 'Stop-Container on'
        $completion = [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
        $completion.CompletionMatches.CompletionText | Should -Be on-duty
    }

    It 'stops waiting when it is told to, and what was asked stays asked' {
        $container = New-Container base -Name slow -Command sh, -c, 'trap "echo asked" TERM; echo up; until [ -e /end ]; do sleep 0.02; done' |
            Start-Container -PassThru
        Wait-Until { @($container | Get-ContainerLog).Count -eq 1 }
        $run = Start-TestSession 'Stop-Container slow -Timeout 100'
        Wait-Until { @($container | Get-ContainerLog).Count -eq 2 }
        $run.Session.Stop()
        $run.Session.InvocationStateInfo.State | Should -Be Stopped
        $container.Refresh().State | Should -Be Running
        Complete-TestContainer $container
        ($container | Wait-Container).ExitCode | Should -Be 0
        $run.Session.Dispose()
    }
}
