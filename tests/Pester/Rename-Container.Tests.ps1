BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
}

AfterAll { Remove-TestStore $folder }

Describe 'Rename-Container' {
    BeforeEach { $container = New-Container base -Name one -- true }
    AfterEach { Get-Container | Remove-Container -Force }

    It 'gives another name to a container as <How>' -ForEach @(
        @{ How = 'name'; Call = { Rename-Container one two -PassThru } }
        @{ How = 'object in the pipeline'; Call = { $container | Rename-Container -NewName two -PassThru } }
        @{ How = 'row of a table'; Call = {
                [pscustomobject] @{ Name = 'one'; NewName = 'two' } | Rename-Container -PassThru
            }
        }
    ) {
        $renamed = & $Call
        $renamed.Name | Should -Be two
        $renamed.Id | Should -Be $container.Id
        (Get-Container).Name | Should -Be two
        (Get-Container one 2>&1).FullyQualifiedErrorId | Should -BeLike 'ContainerNotFound,*'
        $container.Refresh().Name | Should -Be two
    }

    It 'renames one that runs, and writes nothing' {
        $running = Start-TestContainer web
        Rename-Container web db | Should -BeNullOrEmpty
        (Get-Container db).Pid | Should -Be $running.Pid
        Complete-TestContainer $running
        (Wait-Container db).Container | Should -Be db
    }

    It 'refuses the name <Name>' -ForEach @(
        @{ Name = 'other'; Id = 'ContainerNameInUse' }
        @{ Name = 'a/b'; Id = 'ContainerNameInvalid' }
    ) {
        [void] (New-Container base -Name other -- true)
        $failure = Rename-Container one $Name 2>&1
        $failure.FullyQualifiedErrorId | Should -Be "$Id,LayerPS.Commands.RenameContainerCommand"
        (Get-Container one).Id | Should -Be $container.Id
    }

    It 'does nothing with -WhatIf' {
        Rename-Container one two -WhatIf
        (Get-Container).Name | Should -Be one
    }
}
