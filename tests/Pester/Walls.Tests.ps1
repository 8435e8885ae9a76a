# The walls around a container, and what moves them: -CapabilityAdd, -CapabilityDrop, -SecurityOption, -Privileged, -PidMode,
# -IpcMode, -UtsMode, -ReadOnly. What gets over them is in Attacks.Tests.ps1.
BeforeDiscovery {
    $library = @(& sh -c 'PATH=$PATH:/sbin:/usr/sbin ldconfig -p').Where{ $_ -match 'libseccomp\.so\.2' }.ForEach{ ($_ -split ' => ')[1] }
    $canHide = $library -and (Get-Command unshare, mount -CommandType Application -ErrorAction Ignore).Count -ge 2
    if (-not $canHide) { $noHiding = ' (skipped: this machine has no libseccomp to hide)' }
}

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-Image base -FromCommand sh, cat, chown, hostname, id, ls, mkdir, readlink, rm, seq, sleep, touch, true, uname)

    # The names of a set of capabilities of a process, without CAP_.
    $names = [string[]] [LayerPS.ContainerCollection]::CapabilityNames.ForEach{ $_ -replace '^CAP_' }
    function Get-Capability([string] $Status, [string] $Set) {
        $mask = [Convert]::ToUInt64([regex]::Match($Status, "${Set}:\s*([0-9a-f]+)").Groups[1].Value, 16)
        for ($number = 0; $number -lt $names.Count; $number++) {
            if ($mask -band ([ulong] 1 -shl $number)) { $names[$number] }
        }
    }
    function Get-StatusIn([hashtable] $Options = @{}) {
        (Invoke-Container base -Remove @Options -Command cat, /proc/self/status) -join "`n"
    }
    function Get-Namespace($Container, [string] $Kind) {
        [IO.FileInfo]::new("/proc/$($Container.Refresh().Pid)/ns/$Kind").LinkTarget
    }
    $usual = 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'SETGID', 'SETUID', 'SETPCAP', 'NET_BIND_SERVICE', 'NET_RAW',
        'SYS_CHROOT', 'MKNOD', 'AUDIT_WRITE', 'SETFCAP'
    $own = Get-Capability ([IO.File]::ReadAllText('/proc/self/status')) CapBnd
}

AfterAll { Remove-TestStore $folder }

Describe 'The capabilities of a container' {
    It 'are the usual fourteen, and none to be inherited' {
        $status = Get-StatusIn
        foreach ($set in 'CapPrm', 'CapEff', 'CapBnd') { Get-Capability $status $set | Should -Be $usual }
        foreach ($set in 'CapInh', 'CapAmb') { Get-Capability $status $set | Should -BeNullOrEmpty }
    }

    It 'are none in the hands of another user' {
        $status = Get-StatusIn @{ User = '1000' }
        Get-Capability $status CapEff | Should -BeNullOrEmpty
        Get-Capability $status CapBnd | Should -Be $usual
    }

    It 'are more with -CapabilityAdd: <_>' -ForEach 'NET_ADMIN', 'net_admin', 'CAP_NET_ADMIN' {
        $set = Get-Capability (Get-StatusIn @{ CapabilityAdd = $_ }) CapEff
        $set | Should -Contain NET_ADMIN
        $set.Count | Should -Be 15
    }

    It 'are fewer with -CapabilityDrop' {
        $set = Get-Capability (Get-StatusIn @{ CapabilityDrop = 'MKNOD', 'cap_kill' }) CapBnd
        $set | Should -Be $usual.Where{ $_ -notin 'MKNOD', 'KILL' }
    }

    It 'are what is added alone where all others are dropped' {
        Get-Capability (Get-StatusIn @{ CapabilityDrop = 'ALL' }) CapBnd | Should -BeNullOrEmpty
        Get-Capability (Get-StatusIn @{ CapabilityDrop = 'ALL'; CapabilityAdd = 'CHOWN', 'KILL' }) CapEff | Should -Be CHOWN, KILL
        Invoke-Container base -Remove -CapabilityDrop CHOWN -InformationAction Ignore -- sh -c 'touch x; chown 1:1 x 2>/dev/null; echo $?' |
            Should -Be 1
        Invoke-Container base -Remove -- sh -c 'touch x; chown 1:1 x; echo $?' | Should -Be 0
    }

    It 'are all that this session can give with ALL, less those that are dropped' {
        Get-Capability (Get-StatusIn @{ CapabilityAdd = 'ALL' }) CapEff | Should -Be $own
        Get-Capability (Get-StatusIn @{ CapabilityAdd = 'all'; CapabilityDrop = 'SYS_ADMIN' }) CapEff |
            Should -Be $own.Where{ $_ -ne 'SYS_ADMIN' }
    }

    It 'are the same for a further command' {
        $box = Invoke-Container base -Detach -Name box -CapabilityAdd SYS_TIME -CapabilityDrop MKNOD -- sleep 1000
        $status = (Invoke-ContainerCommand box -- cat /proc/self/status) -join "`n"
        Get-Capability $status CapBnd | Should -Be (Get-Capability ([IO.File]::ReadAllText("/proc/$($box.Pid)/status")) CapBnd)
        Get-Capability $status CapEff | Should -Contain SYS_TIME
        [regex]::Match($status, 'Seccomp:\s*(\d)').Groups[1].Value | Should -Be 2
        Remove-Container box -Force
    }

    It 'are refused where there is none of that name' {
        $failed = { New-Container base -CapabilityAdd SYS_TIM -Command true -ErrorAction Stop } | Should -Throw -PassThru -ErrorId 'ContainerOptionInvalid,*'
        $failed.Exception.Message | Should -Match 'CAP_SYS_TIME'
        { New-Container base -CapabilityDrop NOTHING -Command true -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerOptionInvalid,*'
    }

    It 'are those of its twin' {
        $one = New-Container base -Name one -CapabilityAdd SYS_TIME -CapabilityDrop MKNOD -SecurityOption no-new-privileges -Privileged -PidMode Host -ReadOnly -Command true
        $twin = $one | New-Container -Name two
        $twin.Config.CapabilityAdd, $twin.Config.CapabilityDrop, $twin.Config.SecurityOptions | Should -Be SYS_TIME, MKNOD, no-new-privileges
        $twin.Config.Privileged, $twin.Config.PidMode, $twin.Config.ReadOnly | Should -Be $true, Host, $true
    }

    It 'complete on Tab' {
        foreach ($typed in 'New-Container base -CapabilityAdd SYS_TI', 'New-Container base -CapabilityDrop CAP_SYS_TI') {
            [Management.Automation.CommandCompletion]::CompleteInput($typed, $typed.Length, $null).CompletionMatches.CompletionText |
                Should -Match 'SYS_TIME'
        }
    }
}

Describe 'The filter of system calls' {
    It 'is there, without no_new_privs' {
        $status = Get-StatusIn
        $status | Should -Match 'Seccomp:\s*2'
        $status | Should -Match 'NoNewPrivs:\s*0'
    }

    It 'is gone with seccomp=unconfined' {
        Get-StatusIn @{ SecurityOption = 'seccomp=unconfined' } | Should -Match 'Seccomp:\s*0'
    }

    It 'is that of a profile of one''s own, in docker''s format' {
        $profile = "$folder/own.json"
        [IO.File]::WriteAllText($profile, '{
            "defaultAction": "SCMP_ACT_ALLOW",
            "archMap": [{ "architecture": "SCMP_ARCH_X86_64", "subArchitectures": [] }, { "architecture": "SCMP_ARCH_AARCH64", "subArchitectures": [] }],
            "syscalls": [{ "names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 28 }]
        }')
        $said = Invoke-Container base -Remove -SecurityOption "seccomp=$profile" -InformationVariable told -- sh -c 'mkdir /x; touch /y && echo touched' 6>$null
        $said | Should -Be touched
        "$told" | Should -Match 'No space left on device'

        # It is read at each start.
        $box = New-Container base -SecurityOption "seccomp=$profile" -Command mkdir, /z
        ($box | Start-Container -PassThru | Wait-Container).ExitCode | Should -Be 1
        [IO.File]::WriteAllText($profile, '{ "defaultAction": "SCMP_ACT_ALLOW" }')
        ($box | Start-Container -PassThru | Wait-Container).ExitCode | Should -Be 0
        [IO.File]::Delete($profile)
        { $box | Start-Container -ErrorAction Stop } | Should -Throw -ErrorId 'SeccompProfileNotFound,*'
    }

    It 'can depend on the container''s capabilities, and on arguments' {
        $profile = "$folder/caps.json"
        [IO.File]::WriteAllText($profile, '{
            "defaultAction": "SCMP_ACT_ALLOW",
            "syscalls": [
                { "names": ["uname"], "action": "SCMP_ACT_ERRNO", "excludes": { "caps": ["CAP_SYS_TIME"] } },
                { "names": ["kill"], "action": "SCMP_ACT_ERRNO", "errnoRet": 28, "args": [{ "index": 1, "value": 10, "op": "SCMP_CMP_EQ" }] }
            ]
        }')
        $options = @{ SecurityOption = "seccomp=$profile" }
        $script = 'uname >/dev/null 2>&1; echo $?; trap : USR1 USR2; kill -USR2 $$; echo $?; kill -USR1 $$ 2>/dev/null; echo $?'
        $refused = Invoke-Container base -Remove @options -Command sh, '-c', $script
        $refused[0] | Should -Not -Be 0
        $refused[1] | Should -Be 0
        $refused[2] | Should -Not -Be 0
        (Invoke-Container base -Remove @options -CapabilityAdd SYS_TIME -Command sh, '-c', $script)[0] | Should -Be 0
    }

    It 'takes a profile by its path from where the session is' -Tag Pwsh {
        [IO.File]::WriteAllText("$folder/here.json", '{ "defaultAction": "SCMP_ACT_ALLOW" }')
        Push-Location -LiteralPath $folder
        try { $box = New-Container base -SecurityOption seccomp=./here.json -Command true }
        finally { Pop-Location }
        $box.Config.SecurityOptions | Should -Be "seccomp=$folder/here.json"
    }

    It 'is refused where it is none: <Text>' -ForEach @(
        @{ Text = '{ "syscalls": [] }' }
        @{ Text = 'no JSON' }
        @{ Text = '{ "defaultAction": "SCMP_ACT_MAYBE" }' }
        @{ Text = '{ "defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_NONE"] }' }
        @{ Text = '{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{ "names": ["read"], "action": "SCMP_ACT_ERRNO", "args": [{ "index": 9, "value": 1, "op": "SCMP_CMP_EQ" }] }] }' }
    ) {
        [IO.File]::WriteAllText("$folder/bad.json", $Text)
        { New-Container base -SecurityOption "seccomp=$folder/bad.json" -Command true -ErrorAction Stop } |
            Should -Throw -ErrorId 'SeccompProfileInvalid,*'
    }

    It 'is refused where it is not there' {
        { New-Container base -SecurityOption "seccomp=$folder/none.json" -Command true -ErrorAction Stop } |
            Should -Throw -ErrorId 'SeccompProfileNotFound,*'
    }

    It "is not left out where libseccomp is missing: the start is refused$noHiding" -ForEach @{ Library = $library } -Skip:(-not $canHide) {
        $program, [string[]] $assembly = Get-Shell
        $hide = @($Library).ForEach{ "mount --bind /dev/null '$_'" } -join '; '
        # A store of its own: what was made once needs no library.
        $code = "Import-Module '$modulePath/LayerPS.psd1'; `$env:LAYERPS_ROOT = '$folder/without';" +
            '[void] (New-Image base -FromCommand sh, true);' +
            'try { Invoke-Container base -Remove -ErrorAction Stop -- true; "started" } catch { $_.FullyQualifiedErrorId };' +
            'Invoke-Container base -Remove -SecurityOption seccomp=unconfined -- true; $LASTEXITCODE;' +
            '(Test-ContainerHost libseccomp).Status; Get-Container | Remove-Container -Force'
        $said = & unshare --mount sh -c "$hide; exec `"`$0`" `"`$@`"" $program @assembly -NoProfile -Command $code
        $said | Should -Be 'SeccompUnavailable,LayerPS.Commands.InvokeContainerCommand', 0, Warning
    }
}

Describe 'Other security options' {
    It 'keep programs from more rights: no-new-privileges' {
        foreach ($option in 'no-new-privileges', 'no-new-privileges=true', 'no-new-privileges:true') {
            Get-StatusIn @{ SecurityOption = $option } | Should -Match 'NoNewPrivs:\s*1'
        }
        Get-StatusIn @{ SecurityOption = 'no-new-privileges', 'no-new-privileges=false' } | Should -Match 'NoNewPrivs:\s*0'
        $box = Invoke-Container base -Detach -Name box -SecurityOption no-new-privileges -- sleep 1000
        (Invoke-ContainerCommand box -- cat /proc/self/status) -join "`n" | Should -Match 'NoNewPrivs:\s*1'
        Remove-Container box -Force
    }

    It 'are refused where they are none: <_>' -ForEach 'seccomp', 'seccomp=', 'secomp=unconfined', 'label=disable', '' {
        { New-Container base -SecurityOption $_ -Command true -ErrorAction Stop } | Should -Throw
    }

    It 'tell which one was meant' {
        { New-Container base -SecurityOption secomp=unconfined -Command true -ErrorAction Stop } |
            Should -Throw -ErrorId 'ContainerOptionInvalid,*' -ExpectedMessage '*seccomp*'
    }
}

Describe '-Privileged' {
    It 'takes the walls down but the namespaces' {
        $status = Get-StatusIn @{ Privileged = $true }
        Get-Capability $status CapEff | Should -Be $own
        $status | Should -Match 'Seccomp:\s*0'
        $mounts = Invoke-Container base -Remove -Privileged -- cat /proc/self/mounts
        $mounts.Where{ $_ -match ' /proc/' } | Should -BeNullOrEmpty
        $mounts.Where{ $_ -match ' /sys sysfs ' } | Should -Match ' rw,'
        Invoke-Container base -Remove -Privileged -- sh -c 'echo /proc/[0-9]*' | Should -Be /proc/1
    }

    It 'leaves out what is dropped' {
        Get-Capability (Get-StatusIn @{ Privileged = $true; CapabilityDrop = 'SYS_ADMIN' }) CapEff | Should -Not -Contain SYS_ADMIN
    }

    It 'is for a further command, too' {
        $box = Invoke-Container base -Detach -Name box -Privileged -- sleep 1000
        $status = (Invoke-ContainerCommand box -- cat /proc/self/status) -join "`n"
        Get-Capability $status CapEff | Should -Be $own
        $status | Should -Match 'Seccomp:\s*0'
        Remove-Container box -Force
    }
}

Describe 'Whose namespace it is: -<Parameter>' -ForEach @(
    @{ Parameter = 'PidMode'; Kind = 'pid' }
    @{ Parameter = 'IpcMode'; Kind = 'ipc' }
    @{ Parameter = 'UtsMode'; Kind = 'uts' }
) {
    BeforeAll { $web = Start-TestContainer web }
    AfterAll { Remove-Container web -Force }
    AfterEach { Get-Container | Where-Object Name -NE web | Remove-Container -Force }

    It 'is the container''s own where nothing is said, and with Private' {
        foreach ($options in @{}, @{ $Parameter = 'Private' }) {
            $box = Start-TestContainer box @options
            Get-Namespace $box $Kind | Should -Not -Be ([IO.FileInfo]::new("/proc/self/ns/$Kind").LinkTarget)
            Get-Namespace $box $Kind | Should -Not -Be (Get-Namespace $web $Kind)
            Remove-Container box -Force
        }
    }

    It 'is the host''s' {
        $options = @{ $Parameter = 'Host' }
        Get-Namespace (Start-TestContainer box @options) $Kind | Should -Be ([IO.FileInfo]::new("/proc/self/ns/$Kind").LinkTarget)
        Invoke-ContainerCommand box -- readlink "/proc/self/ns/$Kind" | Should -Be ([IO.FileInfo]::new("/proc/self/ns/$Kind").LinkTarget)
    }

    It 'is another container''s, by <How>' -ForEach @(
        @{ How = 'name'; Of = { 'Container:web' } }
        @{ How = 'the beginning of its id'; Of = { "container:$($web.ShortId)" } }
        @{ How = 'object'; Of = { $web } }
    ) {
        $options = @{ $Parameter = & $Of }
        $box = Start-TestContainer box @options
        Get-Namespace $box $Kind | Should -Be (Get-Namespace $web $Kind)
        Invoke-ContainerCommand box -- readlink "/proc/self/ns/$Kind" | Should -Be (Get-Namespace $web $Kind)
        $box.Config."$Parameter" | Should -Be "Container:$($web.Id)"
    }

    It 'is refused where there is none such' {
        foreach ($wrong in 'Hosts', 'Container:') {
            $options = @{ $Parameter = $wrong }
            { New-Container base @options -Command true -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerOptionInvalid,*'
        }
        $options = @{ $Parameter = 'Container:nobody' }
        { New-Container base @options -Command true -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerNotFound,*'
        $options = @{ $Parameter = (New-Container base -Name still -Command true) }
        $box = New-Container base -Name box @options -Command true
        { $box | Start-Container -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerNotRunning,*'
    }

    It 'completes on Tab' {
        $typed = "New-Container base -$Parameter "
        [Management.Automation.CommandCompletion]::CompleteInput($typed, $typed.Length, $null).CompletionMatches.CompletionText |
            Should -Be Host, Private, Container:web
    }
}

Describe 'Shared namespaces' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'show the other''s processes, which the end of this one leaves alone' {
        $web = Start-TestContainer web
        $box = Start-TestContainer box -PidMode $web
        @(Invoke-ContainerCommand box -- sh -c 'echo /proc/[0-9]*')[0] | Should -Match '^/proc/1 /proc/\d'
        Stop-Container box -Force
        (Get-Container web).State | Should -Be Running
    }

    It 'are the host''s own name' {
        Invoke-Container base -Remove -UtsMode Host -- hostname |
            Should -Be ([IO.File]::ReadAllText('/proc/sys/kernel/hostname').Trim())
    }

    It 'end with the other container where they are its processes' {
        $web = Start-TestContainer web
        [void] (Start-TestContainer box -PidMode $web)
        Stop-Container web -Force
        Wait-Until { (Get-Container box).State -eq 'Exited' }
    }
}

Describe '-ReadOnly' {
    It 'has a root that nobody writes, volumes and file systems in memory that can be' {
        [void] [IO.Directory]::CreateDirectory("$folder/data")
        $said = Invoke-Container base -Name box -ReadOnly -Volume "${folder}/data:/data" -TmpFs /tmp -InformationVariable told -Command sh, '-c',
            'touch /x || echo refused; touch /etc/x || echo refused; touch /data/x && touch /tmp/x && touch /dev/shm/x && echo written' 6>$null
        $said | Should -Be refused, refused, written
        "$told" | Should -Match 'Read-only file system'
        # The place of the volume is all that is there.
        [IO.Directory]::GetFiles((Get-Container box).UpperPath, '*', 'AllDirectories').Count | Should -Be 0
        [IO.File]::Exists("$folder/data/x") | Should -BeTrue
    }

    It 'is so for a further command' {
        [void] (Invoke-Container base -Detach -Name still -ReadOnly -- sleep 1000)
        Invoke-ContainerCommand still -- sh -c 'touch /x 2>/dev/null || echo refused' | Should -Be refused
        Remove-Container still -Force
    }
}
