BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-Image base -FromCommand sh, cat, sleep, tail, nproc, ls, true, stat, dd)

    # What the host has in the cgroup of a container: in version 1 where its controller is mounted there, else in version 2.
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

    $isFirst = @([IO.File]::ReadAllLines('/proc/self/mountinfo')).Where{ $_ -match ' - cgroup \S+ (\S*,)?memory(,|$)' }.Count -gt 0
}

AfterAll { Remove-TestStore $folder }

Describe 'Limits of a container' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'are in its cgroup, seen from the host' {
        $box = Invoke-Container base -Detach -Memory 64MB -Cpus 0.5 -CpuShares 1024 -CpuSet 0 -PidsLimit 10 -- sleep 1000
        Get-Limit $box memory memory.limit_in_bytes memory.max | Should -Be 67108864
        if ($isFirst) { Get-Limit $box memory memory.memsw.limit_in_bytes - | Should -Be 134217728 }
        Get-Limit $box cpu cpu.cfs_quota_us cpu.max | Should -BeIn '50000', '50000 100000'
        Get-Limit $box cpu cpu.shares cpu.weight | Should -BeIn '1024', '39'
        Get-Limit $box cpuset cpuset.cpus cpuset.cpus | Should -Be 0
        Get-Limit $box pids pids.max pids.max | Should -Be 10
        Invoke-ContainerCommand $box.Name -- nproc | Should -Be 1

        $measured = Measure-Container $box.Name -Interval 0.1
        $measured.MemoryLimit, $measured.PidsLimit, $measured.CpuLimit | Should -Be 67108864, 10, 0.5
    }

    It 'take sizes as PowerShell and as docker write them: <_>' -ForEach 64MB, '64m', '64M', '64mb', '67108864', '65536k' {
        (New-Container base -Memory $_ -Command true).Config.Limits.Memory | Should -Be 67108864
    }

    It 'are with swap, or without' {
        $box = Invoke-Container base -Detach -Memory 64MB -MemorySwap 96MB -- sleep 1000
        # Version 1 counts both, version 2 the swap alone.
        $limit = Get-Limit $box memory memory.memsw.limit_in_bytes memory.swap.max
        $limit | Should -Be ($isFirst ? 96MB : 32MB)
        $box = Invoke-Container base -Detach -Memory 64MB -MemorySwap -1 -- sleep 1000
        $limit = Get-Limit $box memory memory.memsw.limit_in_bytes memory.swap.max
        if ($isFirst) { [long] $limit | Should -BeGreaterThan 9000000000000000000 } else { $limit | Should -Be max }
    }

    It 'are those of its process: -Ulimit' {
        Invoke-Container base -Ulimit @{ nofile = '100:200'; core = 0 } -- sh -c 'ulimit -n; ulimit -Hn; ulimit -c' |
            Should -Be 100, 200, 0
        $box = Invoke-Container base -Detach -Ulimit fsize=1000000 -- sleep 1000
        [IO.File]::ReadAllLines("/proc/$($box.Pid)/limits").Where{ $_ -match '^Max file size' } |
            Should -Match '^Max file size +1000000 +1000000 '
    }

    It 'are those of its shared memory: -ShmSize' {
        $mounted = Invoke-Container base -ShmSize 1m -- cat /proc/mounts
        $mounted.Where{ $_ -match ' /dev/shm ' } | Should -Match 'size=1024k'
        Invoke-Container base -ShmSize 1MB -- sh -c 'dd if=/dev/zero of=/dev/shm/x bs=64k count=64 2>/dev/null; stat -c %s /dev/shm/x' |
            Should -Be 1048576
    }

    It 'are its own parameters of the kernel: -Sysctl' {
        Invoke-Container base -Sysctl @{ 'net.ipv4.ip_forward' = 1; 'kernel.shmmni' = 99 } -- cat /proc/sys/net/ipv4/ip_forward /proc/sys/kernel/shmmni |
            Should -Be 1, 99
        [IO.File]::ReadAllText('/proc/sys/kernel/shmmni').Trim() | Should -Not -Be 99
    }

    It 'say how soon the kernel kills it: -OomScoreAdjust' {
        $box = Invoke-Container base -Detach -OomScoreAdjust 400 -- sleep 1000
        [IO.File]::ReadAllText("/proc/$($box.Pid)/oom_score_adj").Trim() | Should -Be 400
        Invoke-ContainerCommand $box.Name -- cat /proc/self/oom_score_adj | Should -Be 400
    }

    It 'let it have devices: -Device' {
        $other = @('/dev/fuse', '/dev/loop0', '/dev/vcs', '/dev/ttyS0').Where{ [IO.File]::Exists($_) }[0]
        $box = Invoke-Container base -Detach -Device /dev/zero:/dev/sub/nothing, "${other}:/dev/other:r" -- sleep 1000
        Invoke-ContainerCommand $box.Name -- sh -c 'dd if=/dev/sub/nothing bs=3 count=1 2>/dev/null | cat -A' | Should -Be '^@^@^@'
        Invoke-ContainerCommand $box.Name -- stat -c %t:%T /dev/other | Should -Be (& stat -c %t:%T $other)
        # It may be read, and nothing else.
        Invoke-ContainerCommand $box.Name -- sh -c '(: < /dev/other) && echo read; (: > /dev/other) 2>/dev/null || echo refused' 6>$null |
            Should -Be read, refused
        # Without it there is no such device, wherever a node of it is.
        $plain = Invoke-Container base -Detach -Name plain -- sleep 1000
        Invoke-ContainerCommand plain -- sh -c '[ -e /dev/other ] || echo none' | Should -Be none
    }

    It 'can be those of a group of containers: -CgroupParent' {
        # Names of its own, so that nobody else's go with it.
        $group = "/layerps-test-$([Guid]::NewGuid().ToString('N'))/web"
        try {
            $box = Invoke-Container base -Detach -Name box -CgroupParent $group -PidsLimit 9 -- sleep 1000
            $cgroups = [IO.File]::ReadAllLines("/proc/$($box.Pid)/cgroup").Where{ $_ -notmatch 'name=' }
            $cgroups | Should -Match ":$group/$($box.Id)$"
            Suspend-Container box
            (Get-Container box).State | Should -Be Paused
            Resume-Container box
            (Measure-Container box -Interval 0.1).PidsLimit | Should -Be 9
            @(Get-ContainerProcess box).Count | Should -Be 1
            Set-Container box -PidsLimit 8
            (Measure-Container box -Interval 0.1).PidsLimit | Should -Be 8
            Invoke-ContainerCommand box -- sh -c 'echo well | cat' | Should -Be well
            (Get-Container box | New-Container -Name twin).Config.CgroupParent | Should -Be $group
            Suspend-Container box
            Remove-Container box -Force
            [IO.Directory]::Exists("/proc/$($box.Pid)") | Should -BeFalse
        }
        finally {
            Get-Container | Remove-Container -Force
            foreach ($mount in [IO.File]::ReadAllLines('/proc/self/mountinfo').Where{ $_ -match ' - cgroup' }.ForEach{ $_.Split(' ')[4] }) {
                $made = "$mount$group"
                if (-not [IO.Directory]::Exists($made)) { continue }
                [IO.Directory]::GetDirectories($made) | Should -BeNullOrEmpty
                & rmdir $made ([IO.Path]::GetDirectoryName($made))
            }
        }
    }

    It 'have a container with the same: a twin' {
        $box = New-Container base -Name one -Memory 64MB -PidsLimit 5 -Ulimit nofile=50 -Device /dev/zero:/dev/x -Sysctl net.ipv4.ip_forward=1 -ShmSize 1MB -OomScoreAdjust 100 -Command true
        $twin = $box | New-Container -Name two -PidsLimit 7
        $twin.Config.Limits.Memory, $twin.Config.Limits.PidsLimit | Should -Be 67108864, 7
        $twin.Config.Ulimits, $twin.Config.Devices | Should -Be 'nofile=50', '/dev/zero:/dev/x'
        $twin.Config.Sysctls['net.ipv4.ip_forward'], $twin.Config.ShmSize, $twin.Config.OomScoreAdjust |
            Should -Be 1, 1MB, 100
    }

    It 'come from the rows of a table' {
        $made = [pscustomobject]@{ Image = 'base'; Command = 'true'; Memory = '64m'; Cpus = '0.5'; PidsLimit = '9' } | New-Container
        $made.Config.Limits.Memory, $made.Config.Limits.Cpus, $made.Config.Limits.PidsLimit | Should -Be 67108864, 0.5, 9
    }

    It 'are refused where they are none: <Given>' -ForEach @(
        @{ Given = 'Memory'; Value = 1MB }
        @{ Given = 'Memory'; Value = -2 }
        @{ Given = 'MemorySwap'; Value = 64MB }
        @{ Given = 'Cpus'; Value = 1000 }
        @{ Given = 'Cpus'; Value = -1 }
        @{ Given = 'CpuShares'; Value = 1 }
        @{ Given = 'CpuSet'; Value = '0,' }
        @{ Given = 'CpuSet'; Value = '0-9999' }
        @{ Given = 'PidsLimit'; Value = -2 }
        @{ Given = 'BlkioWeight'; Value = 9 }
        @{ Given = 'Ulimit'; Value = 'nofiles=1' }
        @{ Given = 'Ulimit'; Value = 'nofile=9:1' }
        @{ Given = 'ShmSize'; Value = 0 }
        @{ Given = 'Device'; Value = '/dev/none' }
        @{ Given = 'Device'; Value = '/etc/passwd:/dev/x' }
        @{ Given = 'Device'; Value = '/dev/zero:/etc/x' }
        @{ Given = 'Device'; Value = '/dev/zero:/dev/../etc/x' }
        @{ Given = 'Sysctl'; Value = 'kernel.panic=1' }
        @{ Given = 'Sysctl'; Value = 'net./../../kernel.panic=1' }
        @{ Given = 'OomScoreAdjust'; Value = 1001 }
        @{ Given = 'CgroupParent'; Value = '/' }
        @{ Given = 'CgroupParent'; Value = '/web/../../etc' }
    ) {
        $options = @{ $Given = $Value }
        { New-Container base @options -Command true -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerOptionInvalid,*'
    }

    It 'refuse what belongs to a network that is not its own' {
        { New-Container base -Network Host -Sysctl net.ipv4.ip_forward=1 -Command true -ErrorAction Stop } |
            Should -Throw -ErrorId 'ContainerOptionInvalid,*'
    }
}

Describe 'A container that wants too much' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'has OutOfMemory as its end' {
        $box = Invoke-Container base -Detach -Memory 32MB -MemorySwap 32MB -- tail /dev/zero
        $end = Wait-Container $box.Name
        $end.ExitReason, $end.ExitCode, $end.Signal | Should -Be OutOfMemory, 137, 9
        (Get-Container $box.Name).ExitReason | Should -Be OutOfMemory
    }

    It 'has it, too, where its shell ends for that' {
        $box = New-Container base -Memory 32MB -MemorySwap 32MB -- sh -c 'tail /dev/zero; exit $?'
        Start-Container $box.Name
        (Wait-Container $box.Name).ExitReason | Should -Be OutOfMemory
    }

    It 'has another end where it was killed otherwise' {
        $box = Invoke-Container base -Detach -Memory 32MB -- sleep 1000
        Stop-Container $box.Name -Force
        (Get-Container $box.Name).ExitReason | Should -Be Signaled
    }

    It 'takes no memory from the others' {
        $beside = Invoke-Container base -Detach -Memory 32MB -- sleep 1000
        $hog = Invoke-Container base -Detach -Name hog -Memory 32MB -MemorySwap 32MB -RestartPolicy Always -- tail /dev/zero
        Wait-Until { (Get-Container hog).RestartCount -ge 2 }
        Invoke-ContainerCommand $beside.Name -- sh -c 'echo well' | Should -Be well
        (Get-Container $beside.Name).State | Should -Be Running
    }

    It 'makes no more processes than it may, and the others go on' {
        $beside = Invoke-Container base -Detach -PidsLimit 20 -- sleep 1000
        # Each makes two more, without an end.
        $bomb = Invoke-Container base -Detach -Name bomb -PidsLimit 40 -- sh -c 'bomb() { bomb | bomb & }; bomb 2>/dev/null; sleep 1000'
        Wait-Until { [int] (Get-Limit $bomb pids pids.events pids.events).Split(' ')[1] -gt 0 }
        [int] (Get-Limit $bomb pids pids.current pids.current) | Should -BeLessOrEqual 40
        Invoke-ContainerCommand $beside.Name -- sh -c 'echo well | cat' | Should -Be well
        Invoke-Container base -Remove -- sh -c 'echo new | cat' | Should -Be new
        Remove-Container bomb -Force
        [IO.Directory]::Exists("/proc/$($bomb.Pid)") | Should -BeFalse
    }

    It 'makes as many as it likes without that wall' {
        $free = Invoke-Container base -Detach -- sh -c 'i=0; while [ $i -lt 60 ]; do sleep 1000 & i=$((i + 1)); done; wait'
        Wait-Until { [int] (Get-Limit $free pids pids.current pids.current) -gt 60 }
    }
}
