BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
}

AfterAll { Remove-TestStore $folder }

Describe 'Suspend-Container' {
    BeforeEach { $container = Start-TestContainer one }
    AfterEach { Get-Container | Remove-Container -Force }

    It 'halts a container, for every session, and writes nothing' {
        Suspend-Container one | Should -BeNullOrEmpty
        $now = Get-Container one
        $now.State | Should -Be Paused
        $now.Pid | Should -Be $container.Pid
        $now.Status | Should -BeLike 'Up * (Paused)'
        @(Get-Container -State Paused).Name | Should -Be one
        Get-SessionText '(Get-Container one).State' | Should -BeLike '*Paused*'
        Complete-TestContainer $container
        [Threading.Thread]::Sleep(100)
        (Get-Container one).State | Should -Be Paused
        Resume-Container one
        ($container | Wait-Container).ExitCode | Should -Be 0
    }

    It 'takes a container as <How>' -ForEach @(
        @{ How = 'name'; Call = { Suspend-Container one -PassThru } }
        @{ How = 'id'; Call = { Suspend-Container -Id $container.Id -PassThru } }
        @{ How = 'wildcard'; Call = { Suspend-Container o?e -PassThru } }
        @{ How = 'object in the pipeline'; Call = { $container | Suspend-Container -PassThru } }
        @{ How = 'object from another session'; Call = { Copy-Serialized $container | Suspend-Container -PassThru } }
        @{ How = 'property Name'; Call = { [pscustomobject] @{ Name = 'one' } | Suspend-Container -PassThru } }
        @{ How = 'the alias'; Call = { Pause-Container one -PassThru } }
    ) {
        $paused = & $Call
        $paused.Id | Should -Be $container.Id
        $paused.State | Should -Be Paused
    }

    It 'leaves one that is paused as it is' {
        Suspend-Container one
        (Suspend-Container one -PassThru).State | Should -Be Paused
    }

    It 'refuses one that does not run, and goes on with the others' {
        [void] (New-Container base -Name new -- true)
        $failure = 'new', 'one' | Suspend-Container 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerNotRunning,LayerPS.Commands.SuspendContainerCommand'
        $failure.TargetObject | Should -Be new
        (Get-Container one).State | Should -Be Paused
    }

    It 'does nothing with -WhatIf' {
        Suspend-Container one -WhatIf
        (Get-Container one).State | Should -Be Running
    }

    It 'leaves one that Stop-Container lets go on, so that it ends' {
        $asking = New-Container base -Name two -Command sh, -c, 'trap "exit 5" TERM; echo up; while :; do :; done' |
            Start-Container -PassThru
        Wait-Until { @($asking | Get-ContainerLog).Count -gt 0 }
        Suspend-Container two
        (Stop-Container two -Timeout 30 -PassThru).ExitCode | Should -Be 5
    }

    It 'leaves one that Remove-Container refuses, and takes by force' {
        Suspend-Container one
        $failure = Remove-Container one 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerRunning,LayerPS.Commands.RemoveContainerCommand'
        $failure.Exception.Message | Should -BeLike '*paused*'
        Remove-Container one -Force
        Get-Container | Should -BeNullOrEmpty
    }
}
