BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
}

AfterAll { Remove-TestStore $folder }

Describe 'Resume-Container' {
    BeforeEach {
        $container = Start-TestContainer one
        Suspend-Container one
    }
    AfterEach { Get-Container | Remove-Container -Force }

    It 'lets a container go on as <How>' -ForEach @(
        @{ How = 'name'; Call = { Resume-Container one -PassThru } }
        @{ How = 'object in the pipeline'; Call = { $container | Resume-Container -PassThru } }
        @{ How = 'property Id'; Call = { [pscustomobject] @{ Id = $container.Id } | Resume-Container -PassThru } }
        @{ How = 'the alias'; Call = { Unpause-Container one -PassThru } }
    ) {
        (& $Call).State | Should -Be Running
        Complete-TestContainer $container
        ($container | Wait-Container).ExitCode | Should -Be 0
    }

    It 'writes nothing, and leaves one that is not paused as it is' {
        Resume-Container one, one | Should -BeNullOrEmpty
        (Get-Container one).State | Should -Be Running
    }

    It 'refuses one that does not run' {
        [void] (New-Container base -Name new -- true)
        (Resume-Container new 2>&1).FullyQualifiedErrorId |
            Should -Be 'ContainerNotRunning,LayerPS.Commands.ResumeContainerCommand'
    }

    It 'does nothing with -WhatIf' {
        Resume-Container one -WhatIf
        (Get-Container one).State | Should -Be Paused
    }
}
