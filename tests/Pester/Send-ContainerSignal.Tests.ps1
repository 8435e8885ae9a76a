BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
}

AfterAll { Remove-TestStore $folder }

Describe 'Send-ContainerSignal' {
    BeforeEach {
        $script = 'trap "echo hup" HUP; trap "exit 5" TERM; echo up; while :; do :; done'
        $container = New-Container base -Name one -Command sh, -c, $script | Start-Container -PassThru
        Wait-Until { @($container | Get-ContainerLog).Count -eq 1 }
    }
    AfterEach { Get-Container | Remove-Container -Force }

    It 'sends a signal by name or number, and writes nothing' {
        Send-ContainerSignal one -Signal hup | Should -BeNullOrEmpty
        Wait-Until { @($container | Get-ContainerLog).Count -eq 2 }
        $container | Send-ContainerSignal -Signal 15
        ($container | Wait-Container).ExitCode | Should -Be 5
    }

    It 'kills where no signal is said, also one that is paused' {
        Suspend-Container one
        (Send-ContainerSignal one -PassThru).Id | Should -Be $container.Id
        ($container | Wait-Container).Signal | Should -Be 9
    }

    It 'refuses a signal that is none, and one that does not run' {
        $failure = Send-ContainerSignal one SIGTREM 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerOptionInvalid,LayerPS.Commands.SendContainerSignalCommand'
        $failure.Exception.Message | Should -BeLike '*SIGTERM*'
        [void] (New-Container base -Name new -- true)
        (Send-ContainerSignal new 2>&1).FullyQualifiedErrorId |
            Should -Be 'ContainerNotRunning,LayerPS.Commands.SendContainerSignalCommand'
    }

    It 'does nothing with -WhatIf' {
        Send-ContainerSignal one -WhatIf
        $container.Refresh().State | Should -Be Running
    }
}
