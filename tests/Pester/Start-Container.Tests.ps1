BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
}

AfterAll { Remove-TestStore $folder }

Describe 'Start-Container' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'gives a container its process, and writes nothing' {
        $container = New-Container base -Name one -- sleep 100
        Start-Container one | Should -BeNullOrEmpty
        $now = $container.Refresh()
        $now.State | Should -Be Running
        $now.Started | Should -BeOfType ([DateTimeOffset])
        $now.Status | Should -BeLike 'Up *'
        [IO.File]::ReadAllText("/proc/$($now.Pid)/cmdline") | Should -Be "sleep`0100`0"
        [IO.File]::ReadAllText("/proc/$($now.Pid)/cgroup") | Should -BeLike "*/layerps/$($now.Id)*"
    }

    It 'takes a container as <How>' -ForEach @(
        @{ How = 'name'; Call = { Start-Container one -PassThru } }
        @{ How = 'id'; Call = { Start-Container -Id $container.Id -PassThru } }
        @{ How = 'the beginning of an id'; Call = { Start-Container $container.ShortId -PassThru } }
        @{ How = 'wildcard'; Call = { Start-Container o?e -PassThru } }
        @{ How = 'object'; Call = { Start-Container -Container $container -PassThru } }
        @{ How = 'object in the pipeline'; Call = { $container | Start-Container -PassThru } }
        @{ How = 'name in the pipeline'; Call = { 'one' | Start-Container -PassThru } }
        @{ How = 'object from another session'; Call = { Copy-Serialized $container | Start-Container -PassThru } }
        @{ How = 'property Name'; Call = { [pscustomobject] @{ Name = 'one' } | Start-Container -PassThru } }
        @{ How = 'property Container'; Call = { [pscustomobject] @{ Container = 'one' } | Start-Container -PassThru } }
    ) {
        $container = New-Container base -Name one -- sleep 100
        [void] (New-Container base -Name other -- sleep 100)
        $started = & $Call
        $started.Id | Should -Be $container.Id
        $started.State | Should -Be Running
        (Get-Container other).State | Should -Be Created
    }

    It 'starts one that has ended once more, on the files that it wrote' {
        $container = New-Container base -- sh -c 'echo x >> /count; cat /count; exit 3'
        1..2 | ForEach-Object { $container | Start-Container -PassThru | Wait-Container } | ForEach-Object ExitCode |
            Should -Be 3, 3
        ($container | Get-ContainerLog).Text | Should -Be x, x, x
    }

    It 'tells that a command is <What>' -ForEach @(
        @{ What = 'not there'; Command = 'no-such'; Code = 127 }
        @{ What = 'not there, by its path'; Command = '/no/such'; Code = 127 }
        @{ What = 'a directory'; Command = '/etc'; Code = 126 }
        @{ What = 'no program'; Command = '/etc/passwd'; Code = 126 }
    ) {
        $container = New-Container base -Command $Command
        $failure = Start-Container $container 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerStartFailed,LayerPS.Commands.StartContainerCommand'
        $failure.Exception.Message | Should -BeLike "*'$($container.Name)'*'$Command'*"
        $now = $container.Refresh()
        $now.State | Should -Be Created
        $now.ExitCode | Should -Be $Code
        $now.ExitReason | Should -Be StartFailed
        $now.Error | Should -BeLike "*'$Command'*"
    }

    It 'tells a user or group that is not there' {
        foreach ($user in 'nobody:nosuchgroup', 'nosuchuser') {
            $failure = New-Container base -User $user -Command true | Start-Container 2>&1
            $failure.FullyQualifiedErrorId | Should -BeLike 'ContainerStartFailed,*'
            $failure.Exception.Message | Should -BeLike "*'nosuch*'*"
        }
    }

    It 'refuses one that runs, and leaves it alone' {
        $running = Start-TestContainer one
        $failure = Start-Container one 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerRunning,LayerPS.Commands.StartContainerCommand'
        $failure.TargetObject | Should -Be one
        $running.Refresh().Pid | Should -Be $running.Pid
    }

    It 'goes on after those that it cannot start' {
        [void] (New-Container base -Name good -- sleep 100)
        [void] (New-Container base -Name bad -- no-such)
        $gone = New-Container base -Name gone -- sleep 100
        Remove-Container gone
        $started = @('nope', 'bad', $gone, '', 'good' |
                Start-Container -PassThru -ErrorVariable failures -ErrorAction SilentlyContinue)
        $started.Name | Should -Be good
        $failures.FullyQualifiedErrorId -replace ',.*' |
            Should -Be ContainerNotFound, ContainerStartFailed, ContainerNotFound, ContainerNotFound
    }

    It 'takes a wildcard that matches nothing for no error' {
        Start-Container nothing* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'does nothing with -WhatIf' {
        $container = New-Container base -- sleep 100
        $container | Start-Container -WhatIf -PassThru | Should -BeNullOrEmpty
        $container.Refresh().State | Should -Be Created
    }

    It 'completes the names of those that do not run' {
        [void] (New-Container base -Name on-ready)
        [void] (Start-TestContainer on-duty)
        $line = 'Start-Container on'
        $completion = [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
        $completion.CompletionMatches.CompletionText | Should -Be on-ready
    }

    It 'tells that the runtime is not there, and how to get it' {
        $container = New-Container base -Command true
        $env:LAYERPS_RUNTIME = '/no/such/runtime'
        try { $failure = Start-Container $container 2>&1 }
        finally { $env:LAYERPS_RUNTIME = $null }
        $failure.FullyQualifiedErrorId | Should -BeLike 'HostNotSupported,*'
        $failure.Exception.Message | Should -BeLike "*'/no/such/runtime'*"
        $container.Refresh().State | Should -Be Created
    }
}
