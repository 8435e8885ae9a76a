# -UserNamespace: containers whose root is no root of the host, on the same layers as all others.
BeforeDiscovery {
    $root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot))
    Import-Module ([IO.Path]::Combine($root, 'artifacts', 'LayerPS', 'LayerPS.psd1'))
    $can = (Test-ContainerHost user-mapping).Status -eq 'Passed'
    if (-not $can) { $cannot = ' (skipped: this machine cannot map users)' }
}

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $commands = 'sh', 'cat', 'chmod', 'chown', 'id', 'kill', 'ls', 'mkdir', 'mkfifo', 'rm', 'sleep', 'stat', 'touch',
        'true'
    [void] (New-Image base -FromCommand $commands)
    $users = @{ UserNamespace = '100000:65536' }
}

AfterAll { Remove-TestStore $folder }

Describe "A container with users of its own$cannot" -Skip:(-not $can) {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'has a root that is another user outside' {
        $box = Invoke-Container base -Detach -Name box @users -- sleep 1000
        Invoke-ContainerCommand box -- id -u | Should -Be 0
        & stat -c '%u %g' "/proc/$($box.Pid)" | Should -Be '100000 100000'
        [IO.File]::ReadAllText("/proc/$($box.Pid)/uid_map") | Should -Match '^\s*0 +100000 +65536\s*$'
        [IO.File]::ReadAllText("/proc/$($box.Pid)/gid_map") | Should -Match '^\s*0 +100000 +65536\s*$'
        foreach ($kind in 'user', 'mnt', 'pid', 'ipc', 'uts', 'net', 'cgroup') {
            [IO.FileInfo]::new("/proc/$($box.Pid)/ns/$kind").LinkTarget |
                Should -Not -Be ([IO.FileInfo]::new("/proc/self/ns/$kind").LinkTarget)
        }
        (Get-ContainerProcess box).Uid | Should -Be 100000
        $box.Config.UserNamespace | Should -Be 100000:65536
    }

    It 'has the walls of every other' {
        $status = (Invoke-Container base -Remove @users -- cat /proc/self/status) -join "`n"
        $status | Should -Match 'CapBnd:\s*00000000a80425fb'
        $status | Should -Match 'Seccomp:\s*2'
        $mounts = Invoke-Container base -Remove @users -- cat /proc/self/mounts
        $mounts.Where{ $_ -match '^\S+ /proc/sys ' } | Should -Match ' ro,'
        $mounts.Where{ $_ -match '^\S+ /sys ' } | Should -Match ' ro,'
        Invoke-Container base -Remove @users -- sh -c '
            cd /dev; for i in *; do [ -c "$i" ] && [ ! -L "$i" ] && printf "%s " "$i"; done
            echo > null && echo well' |
            Should -Be 'full null random tty urandom zero well'
    }

    It 'reads its image and writes its layer as if it were root' {
        $said = Invoke-Container base -Name box @users -- sh -c '
            stat -c %u:%g / /usr/bin/sh /etc/passwd; touch /made; chown 7:8 /made; rm /etc/passwd
            mkdir /sub; chmod 700 /sub; touch /sub/x; stat -c %u:%g /made'
        $said | Should -Be 0:0, 0:0, 0:0, 7:8
        $upper = (Get-Container box).UpperPath
        & stat -c %u:%g "$upper/made" | Should -Be 7:8
        & stat -c '%u:%g %a' "$upper/sub" | Should -Be '0:0 700'
        & stat -c '%F' "$upper/etc/passwd" | Should -Be 'character special file'
        @(Compare-Container box | ForEach-Object { "$($_.Kind) $($_.Path)" }) | Should -Contain 'Deleted /etc/passwd'
    }

    It 'is the same image for both: a checkpoint of one runs without users of its own' {
        Invoke-Container base -Name box @users -- sh -c 'touch /made; chown 7:8 /made'
        [void] (Checkpoint-Container box made)
        Invoke-Container made -Remove -- stat -c %u:%g /made | Should -Be 7:8
        Invoke-Container made -Remove -UserNamespace 300000:1000 -- stat -c %u:%g /made | Should -Be 7:8
        Remove-Image made
    }

    It 'sees volumes and directories of the host as if they were its own' {
        $data = [IO.Directory]::CreateDirectory("$folder/data").FullName
        $volumes = "${data}:/data", 'cache:/cache', "${data}:/fixed:ro"
        Invoke-Container base -Remove @users -Volume $volumes -- sh -c '
            touch /data/x /cache/y; stat -c %u /data/x /cache/y; touch /fixed/z 2>/dev/null || echo refused' |
            Should -Be 0, 0, refused
        & stat -c %u "$data/x" | Should -Be 0
        Invoke-Container base -Remove -Volume cache:/cache -- stat -c %u /cache/y | Should -Be 0
    }

    It 'runs further commands, as another user, and is started again' {
        $box = Invoke-Container base -Detach -Name box @users -- sleep 1000
        $own = [IO.FileInfo]::new("/proc/$($box.Pid)/ns/user").LinkTarget
        Invoke-ContainerCommand box -- sh -c 'touch /first; cat /proc/self/uid_map' | Should -Match '100000'
        $script = 'id -u; touch /tmp/mine; touch /no 2>/dev/null || echo refused'
        Invoke-ContainerCommand box -User 1000 -- sh -c $script |
            Should -Be 1000, refused
        & stat -c %u "$($box.UpperPath)/tmp/mine" | Should -Be 1000
        Invoke-ContainerCommand box -- sh -c 'echo /proc/[0-9]*' | Should -Match '^/proc/1 '
        Restart-Container box -Timeout 0
        Invoke-ContainerCommand box -- sh -c '[ -e /first ] && echo there' | Should -Be there
        [IO.FileInfo]::new("/proc/$((Get-Container box).Pid)/ns/user").LinkTarget |
            Should -Not -Be ([IO.FileInfo]::new('/proc/self/ns/user').LinkTarget)
        $own | Should -Not -BeNullOrEmpty
    }

    It 'is in its cgroups, first process and further command' {
        $box = Invoke-Container base -Detach -Name box @users -PidsLimit 20 -Memory 64MB -- sleep 1000
        $job = Invoke-ContainerCommand box -Detach -- sleep 1000
        Wait-Until { @(Get-ContainerProcess box).Count -eq 2 }
        foreach ($process in Get-ContainerProcess box) {
            $lines = [IO.File]::ReadAllLines("/proc/$($process.Pid)/cgroup").Where{ $_ -notmatch 'name=' }
            $lines | Should -Match "/layerps/$($box.Id)$"
        }
        (Measure-Container box -Interval 0.1).PidsLimit | Should -Be 20
        Suspend-Container box
        (Get-Container box).State | Should -Be Paused
        Resume-Container box
    }

    It 'has a terminal, and a first process of LayerPS' {
        Invoke-Container base -Remove @users -Tty -- sh -c '[ -t 0 ] && [ -t 1 ] && stat -c %u /dev/console' |
            Should -Be 0
        Invoke-Container base -Remove @users -Init -- sh -c 'cat /proc/1/comm; echo $(ls /proc/1/fd 2>/dev/null)' |
            Should -Be layerps-init, ''
    }

    It 'ends as its command does, and tells why it could not begin' {
        Invoke-Container base -Remove @users -- sh -c 'exit 3'
        $LASTEXITCODE | Should -Be 3
        { Invoke-Container base -Remove @users -ErrorAction Stop -- nothing } |
            Should -Throw -ExpectedMessage "*'nothing' is not in the container*"
        { Invoke-Container base -Remove @users -Volume /proc:/host -ErrorAction Stop -- true } |
            Should -Throw -ExpectedMessage '*/proc*'
    }

    It 'has its files copied into and out of it' {
        $box = New-Container base -Name box @users -Command sh, '-c', 'cat /in; echo out > /out'
        [IO.File]::WriteAllText("$folder/in", "in`n")
        Copy-ContainerItem "$folder/in" box:/in
        ($box | Start-Container -PassThru | Wait-Container).ExitCode | Should -Be 0
        ($box | Get-ContainerLog).Text | Should -Be in
        Copy-ContainerItem box:/out "$folder/out"
        [IO.File]::ReadAllText("$folder/out") | Should -Be "out`n"
    }

    It 'is refused by the host what root outside may do' {
        [IO.File]::WriteAllText("$folder/secret", 'secret')
        & chmod 600 "$folder/secret"
        $sleeper = & sh -c 'sleep 1000 >/dev/null 2>&1 & echo $!'
        try {
            $open = @{ CapabilityAdd = 'ALL'; SecurityOption = 'seccomp=unconfined' }
            $box = Invoke-Container base -Detach -Name box @users @open -- sleep 1000
            # All rights in its own namespaces are none over what is the host's.
            Invoke-ContainerCommand box -- sh -c 'echo 1 > /proc/sys/kernel/panic' 6>$null
            $LASTEXITCODE | Should -Not -Be 0
            Invoke-ContainerCommand box -- sh -c 'chmod 600 /dev/null' 6>$null
            $LASTEXITCODE | Should -Not -Be 0
            & stat -c %a /dev/null | Should -Be 666
        }
        finally { & sh -c "kill $sleeper" }
    }

    It 'has a twin with the same users' {
        (New-Container base -Name one @users -Command true | New-Container -Name two).Config.UserNamespace |
            Should -Be 100000:65536
    }
}

Describe 'The users of a container' {
    It 'are those of the host where nothing else is said' {
        (New-Container base -Name plain -Command true).Config.UserNamespace | Should -BeNullOrEmpty
        (New-Container base -Name host -UserNamespace Host -Command true).Config.UserNamespace | Should -BeNullOrEmpty
    }

    It 'are refused where they are none: <_>' -ForEach @(
        '0:65536', '100000', '100000:0', '100000:4294967295', '-1:5', 'a:b:c', 'no-such-user'
    ) {
        { New-Container base -UserNamespace $_ -Command true -ErrorAction Stop } |
            Should -Throw -ErrorId 'ContainerOptionInvalid,*'
    }

    It 'do not go with <Parameter>' -ForEach @(
        @{ Parameter = 'Privileged'; Value = $true }
        @{ Parameter = 'PidMode'; Value = 'Host' }
        @{ Parameter = 'IpcMode'; Value = 'Host' }
        @{ Parameter = 'UtsMode'; Value = 'Host' }
        @{ Parameter = 'Network'; Value = 'Host' }
        @{ Parameter = 'Device'; Value = '/dev/zero:/dev/x' }
    ) {
        $options = @{ $Parameter = $Value }
        { New-Container base -UserNamespace 100000:65536 @options -Command true -ErrorAction Stop } |
            Should -Throw -ErrorId 'ContainerOptionInvalid,*' -ExpectedMessage "*-$Parameter*"
    }
}
