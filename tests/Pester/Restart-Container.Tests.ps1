BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
}

AfterAll { Remove-TestStore $folder }

Describe 'Restart-Container' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'gives containers new processes, and writes nothing' {
        $before = 'one', 'two' | ForEach-Object { Start-TestContainer $_ -StopSignal SIGKILL }
        Restart-Container one, two | Should -BeNullOrEmpty
        foreach ($container in $before) {
            $now = $container.Refresh()
            $now.State | Should -Be Running
            $now.Pid | Should -Not -Be $container.Pid
        }
    }

    It 'starts one that does not run' {
        $container = New-Container base -Name one -- sleep 100
        ($container | Restart-Container -PassThru).State | Should -Be Running
    }

    It 'kills what does not end in time' {
        $container = Start-TestContainer one
        (Restart-Container one -Timeout 0 -PassThru).Pid | Should -Not -Be $container.Pid
    }

    It 'refuses one that removes itself' {
        $container = Start-TestContainer one -Remove
        (Restart-Container one 2>&1).FullyQualifiedErrorId |
            Should -Be 'ContainerOptionInvalid,LayerPS.Commands.RestartContainerCommand'
        $container.Refresh().Pid | Should -Be $container.Pid
    }

    It 'does nothing with -WhatIf' {
        $container = Start-TestContainer one
        Restart-Container one -WhatIf
        $container.Refresh().Pid | Should -Be $container.Pid
    }
}
