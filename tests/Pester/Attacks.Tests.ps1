# Ways out of a container, each tried from inside: seen to fail, and seen to go on as soon as the wall before it is taken
# down. What would change the host is asked for in a way that a kernel without the wall refuses with another error.
BeforeDiscovery {
    $perl = [bool] (Get-Command perl -CommandType Application -ErrorAction Ignore)
    if (-not $perl) { $noPerl = ' (skipped: this machine has no perl)' }
    $isX64 = [Runtime.InteropServices.RuntimeInformation]::OSArchitecture -eq 'X64'

    $noRing = [IO.File]::Exists('/proc/sys/kernel/io_uring_disabled') -and
        [IO.File]::ReadAllText('/proc/sys/kernel/io_uring_disabled').Trim() -ne 0
    $isFirst = [IO.File]::ReadAllText('/proc/self/mountinfo') -match ' - cgroup .*[ ,]pids'
    if (-not $isFirst) { $noFirst = ' (skipped: this machine has no cgroups of version 1)' }
    $disk = [bool] (Get-Command losetup -CommandType Application -ErrorAction Ignore) -and [IO.File]::Exists('/dev/loop-control')
    if (-not $disk) { $noDisk = ' (skipped: this machine makes no disk of a file)' }

    # The numbers of the calls on x64 and arm64; how they are asked; the options that take the wall down; what is answered
    # then. With Twice the right itself is a second wall behind the filter.
    $free = 'seccomp=unconfined'
    $calls = @(
        @{ What = 'mounting'; Call = 165, 40; Words = '"none", "/dev/shm", "tmpfs", 0, 0'; Down = @{ CapabilityAdd = 'SYS_ADMIN' }; Then = 'done'; Twice = $true }
        @{ What = 'another root'; Call = 155, 41; Words = '"/", "/"'; Down = @{ CapabilityAdd = 'SYS_ADMIN' }; Then = 'refused 16'; Twice = $true }
        @{ What = 'a namespace of mounts'; Call = 272, 97; Words = '0x20000'; Down = @{ CapabilityAdd = 'SYS_ADMIN' }; Then = 'done'; Twice = $true }
        @{ What = 'a namespace of users'; Call = 272, 97; Words = '0x10000000'; Down = @{ SecurityOption = $free }; Then = 'done' }
        # Too many segments, which is found out before anything is loaded.
        @{ What = 'another kernel'; Call = 246, 104; Words = '0, 17, 0, 0'; Down = @{ SecurityOption = $free; CapabilityAdd = 'SYS_BOOT' }; Then = 'refused (22|38)' }
        # An empty module, which is none.
        @{ What = 'a module of the kernel'; Call = 175, 105; Words = '"", 0, ""'; Down = @{ CapabilityAdd = 'SYS_MODULE' }; Then = 'refused (8|38)' }
        # A program without instructions; some kernels look for its license before.
        @{ What = 'a program of the kernel'; Call = 321, 280; Words = '5, "\0" x 128, 128'; Down = @{ CapabilityAdd = 'BPF' }; Then = 'refused (7|14|22|38)' }
        @{ What = 'a key in a keyring'; Call = 248, 217; Words = '"user", "layerps-test", "x", 1, -2'; Down = @{ SecurityOption = $free }; Then = 'done|refused 38' }
        @{ What = 'a ring of requests'; Call = 425, 425; Words = '1, "\0" x 120'; Down = @{ SecurityOption = $free }; Then = 'done|refused 38'; Off = $noRing }
        @{ What = 'faults in hand'; Call = 323, 282; Words = '0'; Down = @{ SecurityOption = $free; CapabilityAdd = 'SYS_PTRACE' }; Then = 'done|refused 38' }
        @{ What = 'measuring the kernel'; Call = 298, 241; Words = '"\0" x 128, 0, -1, -1, 0'; Down = @{ CapabilityAdd = 'PERFMON' }; Then = 'done|refused (?!1$)\d+' }
        @{ What = 'the log of the kernel'; Call = 103, 116; Words = '10, 0, 0'; Down = @{ CapabilityAdd = 'SYSLOG' }; Then = 'done' }
        # Neither a time nor a zone.
        @{ What = 'the clock'; Call = 164, 170; Words = '0, 0'; Down = @{ CapabilityAdd = 'SYS_TIME' }; Then = 'done'; Twice = $true }
        @{ What = 'space for swapping'; Call = 167, 224; Words = '"/none", 0'; Down = @{ SecurityOption = $free; CapabilityAdd = 'SYS_ADMIN' }; Then = 'refused (2|38)' }
        # Without the numbers that a reboot takes.
        @{ What = 'a reboot'; Call = 169, 142; Words = '0, 0, 0, 0'; Down = @{ CapabilityAdd = 'SYS_BOOT' }; Then = 'refused 22'; Twice = $true }
        @{ What = 'the accounts of processes'; Call = 163, 89; Words = '"/none"'; Down = @{ CapabilityAdd = 'SYS_PACCT' }; Then = 'refused (2|38)' }
        @{ What = 'quotas'; Call = 179, 60; Words = '0, 0, 0, 0'; Down = @{ CapabilityAdd = 'SYS_ADMIN' }; Then = 'refused (?!1$)\d+' }
        @{ What = 'the line to the machine below this one'; Call = 41, 198; Words = '40, 1, 0'; Down = @{ SecurityOption = $free }; Then = 'done|refused 97'; Wall = 'refused 38' }
    ).ForEach{
        @{
            What = $_.What; Off = $_['Off']; Down = $_.Down; Then = $_.Then; Twice = $_['Twice']; Wall = $_['Wall'] ?? 'refused 1'
            Code = "call($($_.Call[[int] (-not $isX64)]), $($_.Words))"
        }
    }
}

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $perl = [bool] (Get-Command perl -CommandType Application -ErrorAction Ignore)
    $isX64 = [Runtime.InteropServices.RuntimeInformation]::OSArchitecture -eq 'X64'
    $sleeper = & sh -c 'sleep 10000 >/dev/null 2>&1 & echo $!'

    $tools = 'sh', 'cat', 'dd', 'ls', 'mkdir', 'mkfifo', 'readlink', 'rm', 'sleep', 'stat', 'true'
    [void] (New-Image attacker -FromCommand ($tools + @('perl').Where{ $perl }))

    # What call() and opened() tell: done, or the number of the error.
    $prelude = @'
$| = 1;
sub told { print $_[0] ? "done" : "refused " . ($! + 0), "\n" }
sub call { my @words = @_; my $answer = syscall(shift(@words), @words); told($answer >= 0); $answer }
sub opened { my $is = sysopen(my $file, $_[1], $_[0]); told($is); $is ? $file : undef }
sub rewritten { # a file of the kernel's, with what it holds already
    open(my $old, "<", $_[0]) or return told(0);
    my $text = <$old>;
    my $file = opened(1, $_[0]) or return;
    told(syswrite($file, $text));
}
'@

    # Runs a script of perl in a new container. The options go to Invoke-Container.
    function Invoke-Attack([string] $Code, [hashtable] $Options = @{}) {
        Invoke-Container attacker -Remove @Options -Command perl, '-e', "$prelude $Code"
    }
}

AfterAll {
    if ($sleeper) { & sh -c "kill $sleeper" }
    Remove-TestStore $folder
}

Describe "What a container asks the kernel for$noPerl" -Skip:(-not $perl) {
    It 'is refused: <What>' -ForEach $calls {
        Invoke-Attack $Code | Should -Be $Wall
    }

    It 'is heard with its wall taken down: <What>' -ForEach $calls {
        if ($Off) { Set-ItResult -Skipped -Because 'this host has switched it off for everybody' }
        Invoke-Attack $Code $Down | Should -Match "^($Then)$"
    }

    It 'is refused by the next wall where the filter alone is gone: <What>' -ForEach $calls.Where{ $_.Twice } {
        Invoke-Attack $Code @{ SecurityOption = 'seccomp=unconfined' } | Should -Be 'refused 1'
    }

    It 'is refused in a namespace of users that clone would make' {
        $clone = $isX64 ? 56 : 220
        Invoke-Attack "call($clone, 0x10000011, 0, 0, 0, 0)" | Should -Be 'refused 1'
        Invoke-Attack 'call(435, "\0" x 88, 88)' | Should -Be 'refused 38'
        @(Invoke-Attack "call($clone, 0x10000011, 0, 0, 0, 0)" @{ SecurityOption = 'seccomp=unconfined' })[0] | Should -Be done
    }
}

Describe "The devices of the host$noPerl" -Skip:(-not $perl) {
    It "are no disk that could be read, by a node of its own$noDisk" -Skip:(-not $disk) {
        [IO.File]::WriteAllText("$folder/image", 'of the host'.PadRight(4096))
        $disk = & losetup --find --show --read-only "$folder/image"
        try {
            $device = ([Convert]::ToInt64((& stat -c %t $disk), 16) -shl 8) -bor [Convert]::ToInt64((& stat -c %T $disk), 16)
            $node = "call($($isX64 ? '133' : '33, -100'), '/disk', 0060600, $device);"
            $read = 'my $file = opened(0, "/disk") or exit; sysread($file, my $first, 11); print "$first\n"'
            Invoke-Attack "$node $read" | Should -Be 'refused 1', 'refused 2'
            # The node alone helps nobody.
            Invoke-Attack "$node $read" @{ Device = "${disk}:/dev/box:m" } | Should -Be done, 'refused 1'
            Invoke-Attack "$node $read" @{ Privileged = $true } | Should -Be done, done, 'of the host'
            Invoke-Attack $read.Replace('/disk', '/dev/box') @{ Device = "${disk}:/dev/box:r" } | Should -Be done, 'of the host'
        }
        finally { & losetup --detach $disk }
    }

    It 'are not its memory, and no console' {
        foreach ($path in '/dev/mem', '/dev/kmsg', '/dev/port') { Invoke-Attack "opened(0, '$path')" | Should -Be 'refused 2' }
        # Number 1:11 is /dev/kmsg.
        $node = "call($($isX64 ? '133' : '33, -100'), '/kmsg', 0020600, 0x10b); opened(0, '/kmsg')"
        Invoke-Attack $node | Should -Be 'refused 1', 'refused 2'
        Invoke-Attack $node @{ Privileged = $true } | Should -Be done, done
    }
}

Describe "The processes of the host$noPerl" -Skip:(-not $perl) {
    BeforeAll {
        $attach = "call($($isX64 ? 101 : 117), 16, $sleeper, 0, 0)"
        $read = 'my $into = "\0" x 8; my $local = pack("QQ", unpack("Q", pack("P", $into)), 8); my $remote = pack("QQ", 0, 8);' +
            "call($($isX64 ? 310 : 270), $sleeper, `$local, 1, `$remote, 1, 0)"
        [IO.File]::WriteAllText("$folder/secret", 'of the host')
        $look = "open(FILE, '<', '/proc/$sleeper/root$folder/secret') ? print(<FILE>) : told(0)"
    }

    It 'cannot be traced: there is none of that number' {
        Invoke-Attack $attach | Should -Be 'refused 3'
    }

    It 'cannot be traced where they are seen: the right to it is missing' {
        Invoke-Attack $attach @{ PidMode = 'Host' } | Should -Be 'refused 1'
    }

    It 'can be traced with both walls taken down' {
        Invoke-Attack $attach @{ PidMode = 'Host'; CapabilityAdd = 'SYS_PTRACE' } | Should -Be done
    }

    It 'do not have their memory read' {
        Invoke-Attack $read | Should -Be 'refused 3'
        Invoke-Attack $read @{ PidMode = 'Host' } | Should -Be 'refused 1'
        # There is nothing at address 0, which only one who may look is told.
        Invoke-Attack $read @{ PidMode = 'Host'; CapabilityAdd = 'SYS_PTRACE' } | Should -Be 'refused 14'
    }

    It 'do not lend their root directory: /proc/1/root is the container''s own' {
        Invoke-Attack "open(FILE, '<', '/proc/1/root$folder/secret') ? print(<FILE>) : told(0)" | Should -Be 'refused 2'
        Invoke-Attack $look | Should -Be 'refused 2'
        Invoke-Attack $look @{ PidMode = 'Host' } | Should -Be 'refused 13'
        Invoke-Attack $look @{ PidMode = 'Host'; CapabilityAdd = 'SYS_PTRACE' } | Should -Be 'of the host'
    }

    It 'do not get its signals' {
        $kill = "told(kill(0, $sleeper))"
        Invoke-Attack $kill | Should -Be 'refused 3'
        Invoke-Attack $kill @{ PidMode = 'Host' } | Should -Be done
    }
}

Describe "The kernel's own files$noPerl" -Skip:(-not $perl) {
    It 'are not written: <_>' -ForEach @(
        '/proc/sys/kernel/core_pattern', '/proc/sys/vm/swappiness', '/proc/sys/kernel/panic', '/proc/sys/fs/file-max'
    ) {
        # With what they hold already, so that nothing changes where it goes on.
        Invoke-Attack "rewritten('$_')" | Should -Be 'refused 30'
        Invoke-Attack "rewritten('$_')" @{ Privileged = $true } | Should -Be done, done
    }

    It 'are not written where they lie, which a container of rights over mounts would make writable again' {
        $again = "call($($isX64 ? 165 : 40), 'none', '/proc/sys', 0, 0x1020, 0); rewritten('/proc/sys/kernel/core_pattern')"
        Invoke-Attack $again | Should -Be 'refused 1', 'refused 30'
        Invoke-Attack $again @{ CapabilityAdd = 'SYS_ADMIN' } | Should -Be done, done, done
    }

    It 'that order the kernel about are not opened: /proc/sysrq-trigger' {
        if (-not [IO.File]::Exists('/proc/sysrq-trigger')) { Set-ItResult -Skipped -Because 'this kernel has no such file' }
        Invoke-Attack 'opened(1, "/proc/sysrq-trigger")' | Should -Be 'refused 30'
        Invoke-Attack 'opened(1, "/proc/sysrq-trigger")' @{ Privileged = $true } | Should -Be done
    }

    It 'that tell of the host are empty: <_>' -ForEach '/proc/keys', '/proc/timer_list', '/proc/interrupts' {
        if (-not [IO.File]::Exists($_)) { Set-ItResult -Skipped -Because 'this kernel has no such file' }
        $size = "open(my `$file, '<', '$_') or exit; print length(join('', <`$file>)) ? 'told' : 'nothing'"
        Invoke-Attack $size | Should -Be nothing
        Invoke-Attack $size @{ Privileged = $true } | Should -Be told
    }

    It 'of devices are not written: /sys' {
        $file = [IO.Directory]::GetDirectories('/sys/block').ForEach{ "$_/queue/read_ahead_kb" }.Where{ [IO.File]::Exists($_) }[0]
        if (-not $file) { Set-ItResult -Skipped -Because 'this machine has no disk with a queue' }
        Invoke-Attack "rewritten('$file')" | Should -Be 'refused 30'
        Invoke-Attack "rewritten('$file')" @{ Privileged = $true } | Should -Be done, done
    }

    It "of cgroups are not there, nor the program that the host runs for an empty one$noFirst" -Skip:(-not $isFirst) {
        $setns, $mount = $isX64 ? (308, 165) : (268, 40)
        $mountIt = "mkdir('/c'); call($mount, 'none', '/c', 'cgroup', 0, 'pids');"
        $leave = "my `$space = opened(0, '/proc/$sleeper/ns/cgroup'); call($setns, fileno(`$space), 0x2000000);"
        $write = 'rewritten("/c/release_agent")'
        Invoke-Attack 'told(-e "/sys/fs/cgroup/release_agent")' | Should -Be 'refused 2'
        Invoke-Attack "$mountIt $write" | Should -Be 'refused 1', 'refused 2'
        # Mounted, it is the container's own cgroup, which has no such file.
        Invoke-Attack "$mountIt $write" @{ CapabilityAdd = 'SYS_ADMIN' } | Should -Be done, 'refused 2'
        # Without any wall it is the host's. Nothing is written but what is there.
        $last = @(Invoke-Attack "$leave $mountIt opened(1, '/c/release_agent')" @{ Privileged = $true; PidMode = 'Host' })
        $last | Should -Be done, done, done, done
    }
}

Describe 'What this session has open' {
    It 'is not open in a container: <What>' -ForEach @(
        @{ What = 'its own process'; Options = @{}; Command = @() }
        @{ What = 'its own process below another'; Options = @{ Init = $true }; Command = @() }
    ) {
        $file = [IO.File]::Open("$folder/open", 'OpenOrCreate', 'ReadWrite', 'Inheritable, ReadWrite')
        try {
            # The last one is that of the listing itself.
            Invoke-Container attacker -Remove @Options -- sh -c 'for i in /proc/self/fd/*; do echo ${i##*/}; done' |
                Should -Be 0, 1, 2, 3
            Invoke-Container attacker -Remove @Options -- sh -c 'exec 7</; for i in /proc/self/fd/*; do echo ${i##*/}; done' |
                Should -Be 0, 1, 2, 3, 7
        }
        finally { $file.Dispose() }
    }
}

Describe "The host's own /dev/null" {
    BeforeAll {
        $look = 'stat -L -c %d:%i /proc/self/fd/0; stat -c %d:%i /dev/null'
        $hosts = & stat -c %d:%i /dev/null
    }

    It 'is no stream of a container, which could change its mode through that' {
        $said = Invoke-Container attacker -Remove -- sh -c $look
        $said[0] | Should -Be $said[1]
        $said[0] | Should -Not -Be $hosts
    }

    It 'is none of a further command' {
        [void] (Invoke-Container attacker -Detach -Name box -- sleep 1000)
        foreach ($options in @{}, @{ User = '1000' }) {
            $said = Invoke-ContainerCommand box @options -- sh -c $look
            $said[0] | Should -Be $said[1]
        }
        Invoke-ContainerCommand box -Detach -- sh -c "($look) > /said"
        Wait-Until { [IO.File]::Exists("$((Get-Container box).UpperPath)/said") -and [IO.File]::ReadAllLines("$((Get-Container box).UpperPath)/said").Count -eq 2 }
        $said = [IO.File]::ReadAllLines("$((Get-Container box).UpperPath)/said")
        $said[0] | Should -Be $said[1]
    }

    It 'is not taken where the container has something else in its place' {
        Invoke-ContainerCommand box -- sh -c 'rm /dev/null; mkfifo /dev/null'
        { Invoke-ContainerCommand box -ErrorAction Stop -- true } | Should -Throw -ExpectedMessage '*/dev/null is another file*'
        Remove-Container box -Force
    }
}

Describe 'Paths of the host' {
    BeforeAll {
        $volume = [IO.Directory]::CreateDirectory("$folder/volume").FullName
        $outside = [IO.Directory]::CreateDirectory("$folder/outside").FullName
    }
    AfterEach { Get-Container | Remove-Container -Force }

    # An earlier run of the container, or its image, has put the link there.
    It 'are not mounted over through a link: <Link> to <Target>, at <At>' -ForEach @(
        @{ Link = 'data'; Target = '<outside>'; At = '/data' }
        @{ Link = 'data'; Target = '../../../../../../../../../../../..<outside>'; At = '/data' }
        @{ Link = 'data'; Target = '/'; At = '/data<outside>' }
    ) {
        $target, $at = $Target.Replace('<outside>', $outside), $At.Replace('<outside>', $outside)
        $box = New-Container attacker -Name box -Volume "${volume}:$at" -Command sh, '-c', "cat '$at/which'; echo `"`$PWD`" > '$at/said'"
        [IO.File]::WriteAllText("$volume/which", 'the volume')
        [void] [IO.File]::CreateSymbolicLink("$($box.UpperPath)/$Link", $target)

        ($box | Start-Container -PassThru | Wait-Container).ExitCode | Should -Be 0
        ($box | Get-ContainerLog).Text | Should -Be 'the volume'
        "$volume/said" | Should -Exist
        [IO.Directory]::GetFileSystemEntries($outside).Count | Should -Be 0
        [IO.Directory]::Exists("$($box.UpperPath)$outside") | Should -BeTrue
        # Whoever goes the same way outside of the container's root does come out there.
        [IO.File]::Exists("$($box.UpperPath)$at/which") | Should -BeFalse
        [IO.File]::WriteAllText("$($box.UpperPath)$at/out", '')
        "$outside/out" | Should -Exist
        [IO.File]::Delete("$outside/out")
    }

    It 'are not mounted over through a descriptor' {
        $box = New-Container attacker -Name box -Volume "${volume}:/data" -Command true
        [void] [IO.File]::CreateSymbolicLink("$($box.UpperPath)/data", '/proc/self/cwd/data')
        { $box | Start-Container -ErrorAction Stop } | Should -Throw -ExpectedMessage "*'/data'*"
    }

    It 'are not where a command begins: /proc/self/fd' {
        foreach ($number in 3..20) {
            $options = @{ WorkingDirectory = "/proc/self/fd/$number"; ErrorAction = 'SilentlyContinue' }
            $said = @(Invoke-Container attacker -Remove @options -Command readlink, /proc/self/cwd)
            # An error, or a directory that is below the root.
            if ($said.Count -gt 0) { $said[0] | Should -Match '^/($|[^(])' }
        }
    }

    It 'are not the files of what LayerPS itself keeps of a container' {
        # The log, the state and all else is beside the writable layer, and no path from inside leads there.
        $box = Invoke-Container attacker -Detach -Name box -- sh -c 'echo said; sleep 1000'
        Wait-Until { ($box | Get-ContainerLog).Text -eq 'said' }
        $points = [IO.File]::ReadAllLines("/proc/$($box.Pid)/mountinfo").ForEach{ $_.Split(' ')[3] }
        foreach ($name in 'log', 'state.json', 'container.json', 'config.json') {
            [IO.File]::Exists("$([IO.Path]::GetDirectoryName($box.UpperPath))/$name") | Should -BeTrue
            foreach ($point in $points) { $point | Should -Not -BeLike "*/$($box.Id)/$name" }
        }
        $inside = Invoke-ContainerCommand box -- sh -c "ls '$env:LAYERPS_ROOT' /run/layerps" 6>&1
        "$inside" | Should -Match 'No such file'
    }
}

Describe "The program that becomes a container$noPerl" -Skip:(-not $perl) {
    It 'is not written by what runs inside' {
        # Executed once more from inside, it waits for a plan.
        $box = New-Container attacker -Name box -Interactive -Command /proc/self/exe, execute
        Start-Container box
        try {
            $box = $box.Refresh()
            & stat -L -c %i "/proc/$($box.Pid)/exe" | Should -Be (& stat -c %i "$modulePath/layerps-runtime")
            # Whether it may be changed is asked for with what it is already.
            $change = "$prelude told(chmod(0755, '/proc/1/exe')); my `$old = opened(0, '/proc/1/exe');" +
                "told(chmod(0755, '/proc/self/fd/' . fileno(`$old)))"
            Invoke-ContainerCommand box -- perl -e $change | Should -Be 'refused 30', done, 'refused 30'
            Invoke-ContainerCommand box -- perl -e "$prelude opened(1, '/proc/1/exe')" | Should -Match '^refused (26|30)$'
        }
        finally { Remove-Container box -Force }
        # It is the mount that keeps root from it: by another one root may.
        $copy = "$folder/layerps-runtime"
        [IO.File]::Copy([IO.Path]::Combine($modulePath, 'layerps-runtime'), $copy)
        Invoke-Attack "told(chmod(0755, '/copy')); opened(1, '/copy')" @{ Volume = "${copy}:/copy" } | Should -Be done, done
    }
}

Describe "A file by its number$noPerl" -Skip:(-not $perl) {
    It 'is not opened: the way out of 2014' {
        $by, $open = $isX64 ? (303, 304) : (264, 265)
        $code = "my `$handle = pack('Ll', 128, 0) . `"\0`" x 128; my `$mount = pack('L', 0); my `$path = '/v/which';" +
            "told(syscall($by, -100, `$path, `$handle, `$mount, 0) == 0); open(my `$there, '<', '/v');" +
            "told(syscall($open, fileno(`$there), `$handle, 0) >= 0)"
        [IO.File]::WriteAllText("$folder/which", '')
        Invoke-Attack $code @{ Volume = "${folder}:/v" } | Should -Be done, 'refused 1'
        Invoke-Attack $code @{ Volume = "${folder}:/v"; CapabilityAdd = 'DAC_READ_SEARCH' } | Should -Be done, done
    }
}

Describe 'The disk and the memory of the host' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'are not filled by a log' {
        $chat = 'i=0; while [ $i -lt 4000 ]; do echo "$i 0123456789012345678901234567890123456789012345678901234567890123456789"; i=$((i + 1)); done'
        $box = New-Container attacker -Name box -LogSize 64KB -LogCount 2 -Command sh, -c, $chat
        $free = New-Container attacker -Name free -LogSize 0 -Command sh, -c, $chat
        [void] ($box, $free | Start-Container -PassThru | Wait-Container)
        function Get-LogSize($Container) {
            $sum = 0
            [IO.Directory]::GetFiles([IO.Path]::GetDirectoryName($Container.LogPath), 'log*').ForEach{ $sum += [IO.FileInfo]::new($_).Length }
            $sum
        }
        Get-LogSize $box | Should -BeLessOrEqual (2 * 64KB)
        Get-LogSize $free | Should -BeGreaterThan (4 * 64KB)
    }

    It 'are not eaten by one container' {
        $hog = 'x=0123456789abcdef; i=0; while [ $i -lt 22 ]; do x="$x$x"; i=$((i + 1)); done; echo had'
        $box = New-Container attacker -Name box -Memory 32MB -MemorySwap 32MB -Command sh, -c, $hog
        ($box | Start-Container -PassThru | Wait-Container).ExitReason | Should -Be OutOfMemory
        ($box | Get-ContainerLog).Text | Should -BeNullOrEmpty
        Invoke-Container attacker -Remove -Memory 512MB -- sh -c $hog | Should -Be had
    }
}
