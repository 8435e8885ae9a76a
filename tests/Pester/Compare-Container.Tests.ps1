BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
}

AfterAll { Remove-TestStore $folder }

Describe 'Compare-Container' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'tells what was added, modified and deleted' {
        New-Container base -Name one -- sh -c 'echo here > /made; rm /usr/bin/seq; echo x >> /etc/passwd; touch /t; rm /t' |
            Start-Container -PassThru | Wait-Container | Out-Null
        $changes = @(Compare-Container one)
        $changes[0] | Should -BeOfType LayerPS.ContainerChange
        $changes.Where{ $_.Kind -eq 'Added' }.Path | Should -Be /made
        $changes.Where{ $_.Kind -eq 'Added' }.Size | Should -Be 5
        $changes.Where{ $_.Kind -eq 'Deleted' }.Path | Should -Be /usr/bin/seq
        $changes.Where{ $_.Kind -eq 'Modified' }.Path | Should -Contain /etc/passwd
        $changes.Container | Should -Contain one
        "$($changes[0])" | Should -Be $changes[0].Path
    }

    It 'takes a container as <How>' -ForEach @(
        @{ How = 'object in the pipeline'; Call = { $container | Compare-Container } }
        @{ How = 'name in the pipeline'; Call = { 'one' | Compare-Container } }
        @{ How = 'the alias'; Call = { Diff-Container one } }
    ) {
        $container = New-Container base -Name one -- touch /made
        $container | Start-Container -PassThru | Wait-Container | Out-Null
        (& $Call).Path | Should -Be /made
    }

    It 'finds nothing in one that never ran' {
        [void] (New-Container base -Name one -- true)
        Compare-Container one | Should -BeNullOrEmpty
    }

    It 'looks into one that runs' {
        $container = Start-TestContainer one
        [IO.File]::WriteAllText("/proc/$($container.Pid)/root/new", 'x')
        (Compare-Container one).Path | Should -Be /new
    }

    It 'tells of a container that is not there, and goes on' {
        [void] (New-Container base -Name one -- true)
        (Compare-Container no, one 2>&1).FullyQualifiedErrorId |
            Should -Be 'ContainerNotFound,LayerPS.Commands.CompareContainerCommand'
    }
}
