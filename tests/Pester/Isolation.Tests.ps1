# What a container writes, as it is on the host's disk; what it sees; and that odd names stay what they are.
BeforeDiscovery {
    $fincore = [bool] (Get-Command fincore -ErrorAction Ignore)
    if (-not $fincore) { $noFincore = ' (skipped: this machine has no fincore)' }
}

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $base = New-TestBase
    $layer = $base.Layers[-1].Path

    function Get-Stat([string] $Format, [string] $Path) { & stat -L -c $Format $Path }
}

AfterAll { Remove-TestStore $folder }

Describe 'What a container writes' {
    It 'is in its writable layer on the host, and in no layer below' {
        Invoke-Container base -Name happy -- touch /happiness.txt
        $LASTEXITCODE | Should -Be 0
        "$((Get-Container happy).UpperPath)/happiness.txt" | Should -Exist
        foreach ($below in Get-ImageLayer) { "$($below.Path)/happiness.txt" | Should -Not -Exist }
        [IO.Directory]::GetFileSystemEntries((Get-Container happy).UpperPath).Count | Should -Be 1
    }

    It 'can be nothing: running alone leaves no trace' {
        Invoke-Container base -Name idle -- true
        [IO.Directory]::GetFileSystemEntries((Get-Container idle).UpperPath).Count | Should -Be 0
    }

    It 'can be a whiteout, and the image''s file is as it was' {
        $before = & sha256sum "$layer/usr/bin/seq"
        $said = Invoke-Container base -Name without -- sh -c 'rm /usr/bin/seq; [ -e /usr/bin/seq ] || echo gone'
        $said | Should -Be gone
        Get-Stat '%F %t:%T' "$((Get-Container without).UpperPath)/usr/bin/seq" | Should -Be 'character special file 0:0'
        & sha256sum "$layer/usr/bin/seq" | Should -Be $before
        Invoke-Container base -Remove -- seq 1 | Should -Be 1
    }

    It 'hides a directory of the image that was deleted and made anew, also when it is started again' {
        "$layer/etc" | Should -Exist
        $container = New-Container base -- sh -c 'rm -r /etc 2>/dev/null; mkdir -p /etc; [ -e /etc/passwd ] || echo gone'
        1..2 | ForEach-Object { $container | Start-Container -PassThru | Wait-Container } | Out-Null
        ($container | Get-ContainerLog).Text | Should -Be gone, gone
        "$layer/etc/passwd" | Should -Exist
    }

    It 'is a change of its own copy, never of the image' {
        $before = [IO.File]::ReadAllText("$layer/etc/passwd")
        Invoke-Container base -Name editor -- sh -c 'echo "me:x:1:1::/:" >> /etc/passwd; cat /etc/passwd' |
            Should -Contain me:x:1:1::/:
        [IO.File]::ReadAllText("$layer/etc/passwd") | Should -Be $before
        [IO.File]::ReadAllText("$((Get-Container editor).UpperPath)/etc/passwd") | Should -BeLike "$before*me:x:1:1*"
    }
}

Describe 'Two containers of one image' {
    BeforeAll {
        $first = Start-TestContainer first
        $second = Start-TestContainer second
    }

    It 'do not see each other''s files' {
        [IO.File]::WriteAllText("/proc/$($first.Pid)/root/mine", 'first')
        "/proc/$($second.Pid)/root/mine" | Should -Not -Exist
        [IO.File]::WriteAllText("/proc/$($second.Pid)/root/mine", 'second')
        [IO.File]::ReadAllText("$($first.UpperPath)/mine") | Should -Be first
        [IO.File]::ReadAllText("$($second.UpperPath)/mine") | Should -Be second
    }

    It 'share the image''s files: one inode on disk' {
        foreach ($file in 'usr/bin/sleep', 'etc/passwd') {
            $inode = Get-Stat %i "$layer/$file"
            Get-Stat %i "/proc/$($first.Pid)/root/$file" | Should -Be $inode
            Get-Stat %i "/proc/$($second.Pid)/root/$file" | Should -Be $inode
        }
    }

    It "share the image's files: one copy in the page cache, the layer's$noFincore" -Skip:(-not $fincore) {
        $file = 'usr/bin/id'
        & dd "if=$layer/$file" iflag=nocache count=0 status=none
        [int] (& fincore -n -o PAGES "$layer/$file") | Should -Be 0
        & cat "/proc/$($first.Pid)/root/$file" > $null
        $pages = [int] (& fincore -n -o PAGES "$layer/$file")
        $pages | Should -BeGreaterOrEqual ([Math]::Floor([IO.FileInfo]::new("$layer/$file").Length / 4096))
    }
}

Describe 'What a container sees' {
    It 'is itself as process 1, and no process of the host' {
        Invoke-Container base -Remove -- sh -c 'echo $$; echo /proc/[0-9]*' | Should -Be 1, /proc/1
    }

    It 'is <What> as its host name, and the host keeps its own' -ForEach @(
        @{ What = 'its short id'; Options = @{}; Expected = { (Get-Container named).ShortId } }
        @{ What = 'the name that was asked for'; Options = @{ Hostname = 'web.example' }; Expected = { 'web.example' } }
    ) {
        $said = Invoke-Container base -Name named @Options -Command sh, -c, 'hostname; cat /etc/hostname; echo $HOSTNAME'
        $said | Should -Be (, (& $Expected) * 3)
        Remove-Container named
        & hostname | Should -Be ([IO.File]::ReadAllText('/proc/sys/kernel/hostname').Trim())
        & hostname | Should -Not -Be web.example
    }

    It 'is no mount of the host' {
        $points = Invoke-Container base -Remove -- cat /proc/self/mountinfo | ForEach-Object { $_.Split(' ')[4] }
        $points[0] | Should -Be /
        foreach ($point in $points) {
            $point | Should -Match '^/$|^/(proc|dev|sys|etc/hostname|etc/hosts|etc/resolv.conf)(/|$)'
        }
    }

    It 'is no file of the host' {
        [IO.File]::WriteAllText("$folder/secret", '')
        (Invoke-Container base -Remove -- ls "$folder/secret" 6>&1) -join ' ' | Should -BeLike '*No such file*'
    }

    It 'is no network of the host, but a loopback device that is up' {
        $said = Invoke-Container base -Remove -- sh -c 'cat /proc/net/dev; cat /proc/net/fib_trie'
        $said.Where{ $_ -match '^\s*(\S+):\s+\d' }.ForEach{ $_.Trim().Split(':')[0] } | Should -Be lo
        $said -join ' ' | Should -BeLike '*127.0.0.1*'
    }

    It 'is the host''s network with -Network Host' {
        $devices = [IO.File]::ReadAllLines('/proc/net/dev').Where{ $_ -match ':' }.ForEach{ $_.Trim().Split(':')[0] }
        $said = Invoke-Container base -Remove -Network Host -- cat /proc/net/dev
        $said.Where{ $_ -match ':' }.ForEach{ $_.Trim().Split(':')[0] } | Should -Be $devices
        Invoke-Container base -Remove -Network Host -- hostname |
            Should -Be ([IO.File]::ReadAllText('/proc/sys/kernel/hostname').Trim())
    }

    It 'is the user that it runs as' {
        Invoke-Container base -Remove -User 1000:1001 -- id | Should -BeLike 'uid=1000 gid=1001*'
    }
}

Describe 'Odd names' {
    BeforeAll {
        $odd = ' ', 'a b', "it's", '"quoted"', "new`nline", '$(id)', '`id`', '$HOME', '*', '\', '--', '-x', 'ä€😀', ''
    }

    It 'reach the command as arguments' {
        $script = 'for word; do printf "<%s>" "$word"; done'
        $said = Invoke-Container base -Remove -- sh -c $script sh @odd
        $said -join "`n" | Should -Be ($odd.ForEach{ "<$_>" } -join '')
    }

    It 'reach the command in its environment' {
        foreach ($word in $odd.Where{ $_ }) {
            (Invoke-Container base -Remove -Environment @{ WORD = $word } -- printenv WORD) -join "`n" | Should -Be $word
        }
    }

    It 'can be the command''s own, and its directory''s: <Name>' -ForEach @(
        @{ Name = 'a b' }
        @{ Name = 'it''s "$(x)" `y`' }
        @{ Name = "new`nline" }
        @{ Name = 'ä€😀,:=\' }
    ) {
        $container = New-Container base -WorkingDirectory "/srv/$Name" -Command "/$Name" -Label @{ odd = $Name }
        $program = "$($container.UpperPath)/$Name"
        [IO.File]::WriteAllText($program, "#!/bin/sh`nreadlink /proc/self/cwd; touch made")
        [IO.File]::SetUnixFileMode($program, 'UserRead, UserExecute')
        ($container | Start-Container -PassThru | Wait-Container).ExitCode | Should -Be 0
        ($container | Get-ContainerLog).Text -join "`n" | Should -Be "/srv/$Name"
        [IO.File]::Exists("$($container.UpperPath)/srv/$Name/made") | Should -BeTrue
        $container.Refresh().Labels['odd'] | Should -Be $Name
    }

    It 'are no names of containers: <Name>' -ForEach @(
        @{ Name = 'a b' }
        @{ Name = 'it''s' }
        @{ Name = "new`nline" }
        @{ Name = '$(id)' }
        @{ Name = '../x' }
        @{ Name = 'ä' }
        @{ Name = '-x' }
        @{ Name = 'a*' }
    ) {
        $failure = New-Container base -Name $Name 2>&1
        $failure.FullyQualifiedErrorId | Should -BeLike 'ContainerNameInvalid,*'
        $failure.Exception.Message | Should -BeLike "*'$([Management.Automation.WildcardPattern]::Escape($Name))'*"
    }

    It 'can be the store''s path: <Name>' -ForEach @(
        @{ Name = 'mein Ordner äöü 😀' }
        @{ Name = 'it''s "$(x)" `y`, a:b=c\d' }
        @{ Name = "new`nline" }
    ) {
        $store = $env:LAYERPS_ROOT
        $env:LAYERPS_ROOT = "$folder/$Name"
        try {
            [void] (New-Image base -FromCommand sh, touch)
            Invoke-Container base -Name happy -- sh -c 'touch /happiness.txt; echo done' | Should -Be done
            $LASTEXITCODE | Should -Be 0
            [IO.File]::Exists("$folder/$Name/containers/$((Get-Container happy).Id)/upper/happiness.txt") | Should -BeTrue
            Remove-Container happy -ErrorAction Stop
            [IO.Directory]::Delete("$folder/$Name", $true)
        }
        finally { $env:LAYERPS_ROOT = $store }
    }
}
