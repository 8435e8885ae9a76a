# -Network Container:name: the network of another container.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)

    function Get-NetworkOf($Container) { [IO.FileInfo]::new("/proc/$($Container.Refresh().Pid)/ns/net").LinkTarget }
}

AfterAll { Remove-TestStore $folder }

Describe 'A container in the network of another one' {
    BeforeEach { $web = Start-TestContainer web -Hostname shop -AddHost db=192.0.2.7 }
    AfterEach { Get-Container | Remove-Container -Force }

    It 'shares its network namespace, and has namespaces of its own besides' {
        $beside = Start-TestContainer beside -Network Container:web
        Get-NetworkOf $beside | Should -Be (Get-NetworkOf $web)
        Get-NetworkOf $beside | Should -Not -Be ([IO.FileInfo]::new('/proc/self/ns/net').LinkTarget)
        foreach ($kind in 'mnt', 'pid', 'uts', 'ipc') {
            [IO.FileInfo]::new("/proc/$($beside.Pid)/ns/$kind").LinkTarget |
                Should -Not -Be ([IO.FileInfo]::new("/proc/$($web.Pid)/ns/$kind").LinkTarget)
        }
        Invoke-ContainerCommand beside -- readlink /proc/self/ns/net | Should -Be (Get-NetworkOf $web)
        $beside.Config.NetworkContainer | Should -Be $web.Id
    }

    It 'takes the other one as <How>' -ForEach @(
        @{ How = 'name'; Network = { 'container:web' } }
        @{ How = 'the beginning of its id'; Network = { "Container:$($web.ShortId)" } }
        @{ How = 'object'; Network = { $web } }
    ) {
        Get-NetworkOf (Start-TestContainer beside -Network (& $Network)) | Should -Be (Get-NetworkOf $web)
    }

    It 'has its host name and hosts, as they are' {
        Invoke-ContainerCommand web -- sh -c 'echo 192.0.2.8 later >> /etc/hosts'
        $said = Invoke-Container base -Network Container:web -- sh -c 'hostname; cat /etc/hosts'
        $said[0] | Should -Be shop
        $said | Should -Contain "192.0.2.7`tdb"
        $said | Should -Contain '192.0.2.8 later'
    }

    It 'can be in a chain, and have a twin' {
        $second = Start-TestContainer second -Network $web
        $third = Start-TestContainer third -Network $second
        Get-NetworkOf $third | Should -Be (Get-NetworkOf $web)
        Invoke-ContainerCommand third -- cat /etc/hosts | Should -Contain "192.0.2.7`tdb"
        $twin = New-Container $third -Name twin
        $twin.Config.NetworkContainer | Should -Be $second.Id
        (New-Container $third -Name apart -Network None).Config.NetworkContainer | Should -BeNullOrEmpty
    }

    It 'joins the other one anew at each start, with -Init as well' {
        $beside = Start-TestContainer beside -Network $web -Init
        $before = Get-NetworkOf $web
        Get-NetworkOf $beside | Should -Be $before
        Invoke-ContainerCommand beside -- readlink /proc/self/ns/net | Should -Be $before
        Restart-Container web -Timeout 0
        Get-NetworkOf $beside | Should -Be $before -Because 'a namespace lives as long as somebody is in it'
        Restart-Container beside -Timeout 0
        Get-NetworkOf $beside | Should -Be (Get-NetworkOf $web)
        Get-NetworkOf $beside | Should -Not -Be $before
    }

    It 'cannot be started while the other one does not run' {
        [void] (New-Container base -Name beside -Network Container:web -- true)
        Stop-Container web -Force
        $failure = Start-Container beside 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerNotRunning,LayerPS.Commands.StartContainerCommand'
        $failure.Exception.Message | Should -BeLike "*'beside'*'web'*does not run*"
        (Get-Container beside).State | Should -Be Created

        Remove-Container web
        $failure = Start-Container beside 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerNotFound,LayerPS.Commands.StartContainerCommand'
        $failure.Exception.Message | Should -BeLike "*'beside'*$($web.ShortId)*was removed*"
    }

    It 'ends with the reason when its policy would start it again and cannot' {
        $beside = Start-TestContainer beside -Network $web -RestartPolicy Always
        Stop-Container web -Force
        Send-ContainerSignal beside -Signal KILL
        (Wait-Container beside -Timeout 60).Error | Should -BeLike "*$($web.Id)*does not run*"
    }

    It 'is refused: <Case>' -ForEach @(
        @{ Case = 'its own'; Id = 'ContainerOptionInvalid'; Make = { New-Container base -Name own -Network Container:own } }
        @{ Case = 'of none'; Id = 'ContainerNotFound'; Make = { New-Container base -Network Container:nope } }
        @{ Case = 'no network'; Id = 'ContainerOptionInvalid'; Make = { New-Container base -Network bridge } }
        @{ Case = 'no name'; Id = 'ContainerOptionInvalid'; Make = { New-Container base -Network Container: } }
        @{ Case = 'with hosts'; Id = 'ContainerOptionInvalid'; Make = { New-Container base -Network $web -AddHost a=::1 } }
        @{ Case = 'a host name'; Id = 'ContainerOptionInvalid'; Make = { New-Container base -Network $web -Hostname a } }
    ) {
        $failure = & $Make 2>&1
        $failure.FullyQualifiedErrorId | Should -Be "$Id,LayerPS.Commands.NewContainerCommand"
        @(Get-Container).Count | Should -Be 1
    }

    It 'is completed' {
        $completed = [Management.Automation.CommandCompletion]::CompleteInput('New-Container base -Network ', 28, $null)
        @($completed.CompletionMatches).ListItemText | Should -Be ('None', 'Host', 'Container:web')
    }
}
