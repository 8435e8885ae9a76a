BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-Image base -FromCommand sh, cat, sleep, tail, true, dd, head)

    # What the host has in the cgroup of a container, in whichever version its controller is.
    function Get-Limit($Container, [string] $Controller, [string] $First, [string] $Second) {
        $mounts = [IO.File]::ReadAllLines('/proc/self/mountinfo')
        $found = $mounts.Where{ $_ -match "^\S+ \S+ \S+ \S+ (\S+) .* - cgroup \S+ (\S*,)?$Controller(,|$)" }[0]
        $file = $First
        if (-not $found) {
            $found = $mounts.Where{ $_ -match ' - cgroup2 ' }[0]
            $file = $Second
        }

        [IO.File]::ReadAllText("$($found.Split(' ')[4])/layerps/$($Container.Id)/$file").Trim()
    }

    function Get-Memory($Container) { Get-Limit $Container memory memory.limit_in_bytes memory.max }

    function Get-Pids($Container) { Get-Limit $Container pids pids.max pids.max }
}

AfterAll { Remove-TestStore $folder }

Describe 'Set-Container' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'changes the limits of one that lives, running or paused: <_>' -ForEach 'Running', 'Paused' {
        $box = Invoke-Container base -Detach -Name box -Memory 64MB -PidsLimit 10 -- sleep 1000
        if ($_ -eq 'Paused') { Suspend-Container box }
        Set-Container box -Memory 128m -Cpus 0.5 | Should -BeNullOrEmpty
        Get-Memory $box | Should -Be 134217728
        Get-Limit $box cpu cpu.cfs_quota_us cpu.max | Should -BeIn '50000', '50000 100000'
        # What nobody said stays.
        Get-Pids $box | Should -Be 10
        $limits = (Get-Container box).Config.Limits
        $limits.Memory, $limits.Cpus, $limits.PidsLimit | Should -Be 128MB, 0.5, 10
        $changed = Set-Container box -Memory 32MB -PassThru
        $changed.Config.Limits.Memory | Should -Be 32MB
        $changed.State | Should -Be $_
        Get-Memory $box | Should -Be 33554432
    }

    It 'takes limits away' {
        $box = Invoke-Container base -Detach -Name box -Memory 64MB -Cpus 0.5 -PidsLimit 10 -- sleep 1000
        Set-Container box -Memory 0 -Cpus 0 -PidsLimit -1
        Get-Pids $box | Should -Be max
        Get-Limit $box cpu cpu.cfs_quota_us cpu.max | Should -BeIn '-1', 'max 100000'
        Get-Memory $box | Should -BeIn '9223372036854771712', 'max'
        $limits = (Get-Container box).Config.Limits
        "$($limits.Memory)$($limits.Cpus)$($limits.PidsLimit)" | Should -Be ''
    }

    It 'counts for the next start of one that does not run' {
        $box = New-Container base -Name box -Command sleep, 1000
        Set-Container box -PidsLimit 7
        Start-Container box
        Get-Pids $box | Should -Be 7
        Restart-Container box -Timeout 0
        Get-Pids $box | Should -Be 7
    }

    It 'counts also where the policy starts it again' {
        $box = Invoke-Container base -Detach -Name box -PidsLimit 10 -RestartPolicy Always -- sleep 1000
        Set-Container box -PidsLimit 8
        Send-ContainerSignal box KILL
        Wait-Until { (Get-Container box).RestartCount -eq 1 -and (Get-Container box).State -eq 'Running' }
        Get-Pids $box | Should -Be 8
    }

    It 'changes the restart policy of one that runs' {
        [void] (Invoke-Container base -Detach -Name box -- sleep 1000)
        Set-Container box -RestartPolicy Always
        (Get-Container box).RestartPolicy | Should -Be Always
        Send-ContainerSignal box KILL
        Wait-Until { (Get-Container box).RestartCount -eq 1 -and (Get-Container box).State -eq 'Running' }
        Set-Container box -RestartPolicy No
        Send-ContainerSignal box KILL
        Wait-Until { (Get-Container box).State -eq 'Exited' }
    }

    It 'changes nothing where the kernel refuses' {
        $box = Invoke-Container base -Detach -Name box -Memory 256MB -PidsLimit 10 -- sh -c 'head -c 100000000 /dev/zero | tail -c 100000000 | sleep 1000'
        # Version 2 kills rather than refuses.
        if ([IO.Directory]::Exists('/sys/fs/cgroup/memory')) {
            Wait-Until { [long] (Get-Limit $box memory memory.usage_in_bytes memory.current) -gt 80MB }
            { Set-Container box -PidsLimit 5 -Memory 8MB -MemorySwap 8MB -ErrorAction Stop } | Should -Throw
            Get-Pids $box | Should -Be 10
            Get-Memory $box | Should -Be 268435456
            (Get-Container box).Config.Limits.Memory | Should -Be 256MB
        }
    }

    It 'takes many, and goes on after one that fails' {
        $made = 'one', 'two' | ForEach-Object { Invoke-Container base -Detach -Name $_ -- sleep 1000 }
        'one', 'none', 'two' | Set-Container -PidsLimit 9 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Be 'ContainerNotFound,LayerPS.Commands.SetContainerCommand'
        $made.ForEach{ Get-Pids $_ } | Should -Be 9, 9
        Get-Container | Set-Container -PidsLimit 8
        [pscustomobject]@{ Name = 'two'; PidsLimit = '6' } | Set-Container
        $made.ForEach{ Get-Pids $_ } | Should -Be 8, 6
        Measure-Container -Interval 0.1 | Set-Container -CpuShares 512
        (Get-Container one).Config.Limits.CpuShares | Should -Be 512
        (Get-Container one).Config.Limits.Memory | Should -BeNullOrEmpty
    }

    It 'refuses <Why>' -ForEach @(
        @{ Why = 'where nothing is said'; Options = @{} }
        @{ Why = 'a limit that is none'; Options = @{ Memory = 1MB } }
        @{ Why = 'a policy that is none'; Options = @{ RestartPolicy = 'Sometimes' } }
    ) {
        [void] (New-Container base -Name box -Command true)
        { Set-Container box @Options -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerOptionInvalid,*'
    }

    It 'does nothing with -WhatIf, and leaves a note of what it does' {
        $box = Invoke-Container base -Detach -Name box -PidsLimit 10 -- sleep 1000
        Set-Container box -PidsLimit 5 -WhatIf
        Get-Pids $box | Should -Be 10
        @(Get-ContainerEvent).Where{ $_.Id -eq $box.Id }.Kind | Should -Not -Contain Update
        Set-Container box -PidsLimit 5
        @(Get-ContainerEvent).Where{ $_.Id -eq $box.Id }.Kind | Should -Contain Update
    }
}
