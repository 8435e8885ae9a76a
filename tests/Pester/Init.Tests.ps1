# -Init: a first process that passes signals on and waits for processes that nobody waits for.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
}

AfterAll { Remove-TestStore $folder }

Describe 'A container with -Init' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'ends as its command does' {
        Invoke-Container base -Init -- sh -c 'echo $$; exit 7' | Should -BeGreaterThan 1
        $LASTEXITCODE | Should -Be 7
    }

    It 'tells why its command cannot be started' {
        $failure = Invoke-Container base -Init -- no-such 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerStartFailed,LayerPS.Commands.InvokeContainerCommand'
        $failure.Exception.Message | Should -BeLike "*'no-such' is not in the container*"
        $LASTEXITCODE | Should -Be 127
    }

    It 'passes the stop signal on, as user <User>' -ForEach @(@{ User = '0' }, @{ User = '1000' }) {
        # The kernel keeps from a first process what that does not handle, see pid_namespaces(7); sleep handles nothing.
        $container = Invoke-Container base -Init -Detach -User $User -- sleep 1000
        Stop-Container $container -Timeout 60
        $container.Refresh().ExitCode | Should -Be 143
        @(Get-ContainerEvent $container.Id).Where{ $_.Kind -eq 'Kill' }.Detail | Should -Be SIGTERM
    }

    It 'passes every other signal on' {
        $trap = 'trap "echo hup" HUP; trap "exit 5" USR1; echo ready; while :; do sleep 0.02; done'
        $container = New-Container base -Init -- sh -c $trap | Start-Container -PassThru
        Wait-Until { @(Get-ContainerLog $container).Count -eq 1 }
        Send-ContainerSignal $container -Signal HUP
        Wait-Until { @(Get-ContainerLog $container)[-1].Text -eq 'hup' }
        Send-ContainerSignal $container -Signal USR1
        (Wait-Container $container).ExitCode | Should -Be 5
    }

    It 'waits for what nobody else waits for' {
        $container = Start-TestContainer alone -Init
        $number = Invoke-ContainerCommand alone -- sh -c 'sleep 1000 > /dev/null 2>&1 & echo $!'
        $orphan = @(Get-ContainerProcess alone).Where{ $_.ContainerPid -eq $number }
        $orphan.Command | Should -Be 'sleep 1000'
        Invoke-ContainerCommand alone -- sh -c "kill $number"
        Wait-Until { -not [IO.Directory]::Exists("/proc/$($orphan.Pid)") }
        $container.Refresh().State | Should -Be Running
    }

    It 'has all of it in its cgroup and its namespaces' {
        $container = Start-TestContainer whole -Init
        $processes = @(Get-ContainerProcess whole)
        $processes[0].ContainerPid | Should -Be 1
        $processes[0].Pid | Should -Be $container.Pid
        $processes.Count | Should -BeGreaterThan 1
        foreach ($kind in 'mnt', 'pid', 'uts', 'ipc', 'net') {
            $links = $processes[0, 1].ForEach{ [IO.FileInfo]::new("/proc/$($_.Pid)/ns/$kind").LinkTarget }
            $links[0] | Should -Be $links[1]
            $links[0] | Should -Not -Be ([IO.FileInfo]::new("/proc/self/ns/$kind").LinkTarget)
        }
        Suspend-Container whole
        $container.Refresh().State | Should -Be Paused
        Resume-Container whole
        Complete-TestContainer $container
        (Wait-Container whole).ExitCode | Should -Be 0
    }

    It 'shows nothing of the host, and no program that can be written' {
        $container = Start-TestContainer safe -Init
        $said = Invoke-ContainerCommand safe -- sh -c 'for x in exe cwd root fd/0; do readlink /proc/1/$x || echo no; done'
        $said | Should -Be ('no', 'no', 'no', 'no')
        [IO.Directory]::GetFiles("/proc/$($container.Pid)/fd") | Should -BeNullOrEmpty
        $status = [IO.File]::ReadAllText("/proc/$($container.Pid)/status")
        $status | Should -Match '(?m)^CapEff:\s+0*20$' -Because 'it may send signals, and nothing else'
        $status | Should -Match '(?m)^NoNewPrivs:\s+1$'
        # Whoever may do everything on the host cannot change it by this path either.
        $program = "/proc/$($container.Pid)/exe"
        { [IO.File]::SetUnixFileMode($program, [IO.File]::GetUnixFileMode($program)) } |
            Should -Throw '*Read-only file system*'
    }

    It 'has a twin that is one as well' {
        $container = New-Container base -Init -Name one -- true
        (New-Container $container -Name two).Config.Init | Should -BeTrue
        (New-Container $container -Name three -Init:$false).Config.Init | Should -BeFalse
        (New-Container base).Config.Init | Should -BeFalse
    }
}
