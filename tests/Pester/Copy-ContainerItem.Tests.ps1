BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-Image base -FromCommand sh, cat, ls, mkdir, ln, chown, chmod, touch, stat, sleep, id, dd, mv)
    $out = [IO.Path]::Combine($folder, 'out')

    # Makes a container that has run the script and has ended, or is still alive, or is paused.
    function New-TestContainer([string] $State, [string] $Script) {
        $end = if ($State -eq 'Exited') { '' } else { '; touch /ready; sleep 1000' }
        $made = New-Container base -Name box -Command sh, -c, ($Script + $end) | Start-Container -PassThru
        if ($State -eq 'Exited') { $made | Wait-Container | Out-Null }
        else { Wait-Until { [IO.File]::Exists("/proc/$($made.Pid)/root/ready") } }
        if ($State -eq 'Paused') { Suspend-Container box }
    }

    # What a container that does not run, or that runs, has in a file, seen from inside.
    function Read-Inside([string] $Command) {
        if ((Get-Container box).State -eq 'Paused') { Resume-Container box }
        if ((Get-Container box).State -eq 'Running') { return Invoke-ContainerCommand box -- sh -c $Command }
        $image = Checkpoint-Container box
        Invoke-Container $image.Id -Remove -Entrypoint '' -Command sh, -c, $Command
        Remove-Image $image.Id
    }

    function Write-Text([string] $Path, [string] $Text) {
        [void] [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($Path))
        [IO.File]::WriteAllText($Path, $Text)
    }

    function Read-Text([string] $Path) { [IO.File]::ReadAllText($Path) }
}

AfterAll { Remove-TestStore $folder }

Describe 'Copy-ContainerItem' {
    BeforeEach { [void] [IO.Directory]::CreateDirectory($out) }
    AfterEach {
        Get-Container | Remove-Container -Force -Volume
        if ([IO.Directory]::Exists($out)) { [IO.Directory]::Delete($out, $true) }
    }

    It 'copies files and trees both ways where a container is <_>' -ForEach 'Exited', 'Running', 'Paused' {
        New-TestContainer $_ 'mkdir -p /data/deep /opt; echo inside > /data/deep/file; ln -s deep/file /data/link; chmod 640 /data/deep/file'
        Copy-ContainerItem box:/data $out | Should -BeNullOrEmpty
        Read-Text "$out/data/deep/file" | Should -Be "inside`n"
        [IO.FileInfo]::new("$out/data/link").LinkTarget | Should -Be deep/file
        [string][IO.File]::GetUnixFileMode("$out/data/deep/file") | Should -Be 'GroupRead, UserWrite, UserRead'

        Write-Text "$out/new/a file" outside
        Copy-ContainerItem "$out/new" box:/opt
        Read-Inside 'cat "/opt/new/a file"' | Should -Be outside
        (Get-Container box).State | Should -Not -Be Created
    }

    It 'names the copy as docker does' {
        New-TestContainer Exited 'mkdir /there; echo old > /there/file; echo one > /one'
        Write-Text "$out/tree/file" new
        # A directory that is there takes it in, under its name; one that is not is what it is called.
        Copy-ContainerItem "$out/tree" box:/there
        Copy-ContainerItem "$out/tree" box:/other
        # What is in it goes into one that is there.
        Copy-ContainerItem "$out/tree/." box:/there
        # A file goes into a directory, in the place of a file, or gets the name.
        Copy-ContainerItem "$out/tree/file" box:/one
        Copy-ContainerItem "$out/tree/file" box:/two
        Copy-ContainerItem box:/two "$out/three"
        Copy-ContainerItem box:/there/tree "$out/"
        Read-Inside 'cat /there/tree/file /other/file /there/file /one /two' | Should -Be newnewnewnewnew
        Read-Text "$out/three" | Should -Be new
        Read-Text "$out/tree/file" | Should -Be new
        [IO.Directory]::Exists("$out/tree/tree") | Should -BeFalse
    }

    It 'keeps modes and times, and owners with -Archive alone' {
        New-TestContainer Running 'mkdir /data; echo x > /data/x; chown -R 1234:77 /data; chmod 4751 /data/x; touch -d 2001-02-03T04:05:06 /data/x'
        Copy-ContainerItem box:/data $out -Archive
        & stat -c '%u:%g %a %Y' "$out/data/x" | Should -Be '1234:77 4751 981173106'
        & stat -c '%u:%g' "$out/data" | Should -Be '1234:77'
        Copy-ContainerItem box:/data/x $out
        & stat -c '%u:%g %a' "$out/x" | Should -Be '0:0 4751'
        Copy-ContainerItem "$out/data" box:/kept -Archive
        Copy-ContainerItem "$out/data" box:/roots
        Invoke-ContainerCommand box -- stat -c '%u:%g %a' /kept/x /roots/x | Should -Be '1234:77 4751', '0:0 4751'
    }

    It 'copies a link as a link, and what it leads to with -FollowLink' {
        New-TestContainer Exited 'echo x > /x; ln -s /x /link; mkdir /d; ln -s d /dlink'
        Copy-ContainerItem box:/link $out
        [IO.FileInfo]::new("$out/link").LinkTarget | Should -Be /x
        [IO.File]::Delete("$out/link")
        Copy-ContainerItem box:/link $out -FollowLink
        Read-Text "$out/link" | Should -Be "x`n"
        # A link as the destination means what it leads to.
        Copy-ContainerItem "$out/link" box:/dlink
        Copy-ContainerItem "$out/link" box:/link
        Read-Inside 'cat /d/link; ls -l /link /dlink' | Should -HaveCount 3
    }

    It 'follows no link out of a container that is <_>' -ForEach 'Exited', 'Running' {
        Write-Text "$folder/secret/key" secret
        $climb = "$folder/secret"
        New-TestContainer $_ "ln -s '$climb' /way; ln -s ../../../../../../../..$("'$climb'") /climb; mkdir /in; ln -s '$climb/key' /in/key; ln -s /proc/1/root /root1"
        foreach ($path in 'box:/way/key', 'box:/climb/key', 'box:/way/.', 'box:/root1/etc') {
            { Copy-ContainerItem $path $out -FollowLink -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerItem*,*'
        }
        { Copy-ContainerItem box:/in/key $out -FollowLink -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerItemNotFound,*'
        Copy-ContainerItem box:/in $out
        [IO.FileInfo]::new("$out/in/key").LinkTarget | Should -Be "$climb/key"

        Write-Text "$out/evil" evil
        { Copy-ContainerItem "$out/evil" box:/way/key -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerItemNotFound,*'
        { Copy-ContainerItem "$out/evil" box:/climb/ -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerItem*,*'
        Write-Text "$out/tree/way/key" evil
        { Copy-ContainerItem "$out/tree/." box:/ -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerItemRefused,*'
        Read-Text "$climb/key" | Should -Be secret
    }

    It 'does not follow what a container puts in the way meanwhile' {
        Write-Text "$folder/secret/key" secret
        # The two change places all the time.
        New-TestContainer Running "mkdir /a; touch /a/key; ln -s '$folder/secret' /b; (while :; do mv -T /a /t; mv -T /b /a; mv -T /t /b; done) & sleep 0"
        foreach ($turn in 1..60) {
            Copy-ContainerItem box:/a/key "$out/$turn" -ErrorAction SilentlyContinue
            if ([IO.File]::Exists("$out/$turn")) { Read-Text "$out/$turn" | Should -Not -Be secret }
            Write-Text "$out/evil" evil
            Copy-ContainerItem "$out/evil" box:/a/key -ErrorAction SilentlyContinue
            Read-Text "$folder/secret/key" | Should -Be secret
        }
    }

    It 'does not follow links out of a directory of the host that a container can write' {
        [void] [IO.Directory]::CreateDirectory("$folder/secret")
        New-Container base -Name box -Volume "${out}:/shared" -- sh -c "mkdir -p /data/sub; touch /data/sub/x; ln -s '$folder/secret' /shared/sub" |
            Start-Container -PassThru | Wait-Container | Out-Null
        { Copy-ContainerItem box:/data/. $out -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerItemRefused,*'
        [IO.File]::Exists("$folder/secret/x") | Should -BeFalse
    }

    It 'sees volumes and directories of the host where a container is <_>' -ForEach 'Created', 'Running' {
        Write-Text "$folder/bind/file" bind
        $made = New-Container base -Name box -Volume data:/vol, "$folder/bind:/bind", "$folder/bind:/ro:ro" -TmpFs /mem -Command sleep, 1000
        if ($_ -eq 'Running') { Start-Container box }
        Write-Text "$out/a" new
        Copy-ContainerItem "$out/a" box:/vol
        Read-Text "$((Get-ContainerVolume data).Path)/a" | Should -Be new
        Copy-ContainerItem "$out/a" box:/bind/b
        Read-Text "$folder/bind/b" | Should -Be new
        Copy-ContainerItem box:/bind/file $out
        Read-Text "$out/file" | Should -Be bind
        { Copy-ContainerItem "$out/a" box:/ro -ErrorAction Stop } | Should -Throw
        [IO.File]::Exists("$folder/bind/a") | Should -BeFalse
        if ($_ -eq 'Running') {
            Copy-ContainerItem "$out/a" box:/mem
            Invoke-ContainerCommand box -- cat /mem/a | Should -Be new
        }
    }

    It 'takes a whole root, without what the kernel shows there' {
        New-TestContainer Running 'echo x > /x'
        Copy-ContainerItem box:/ "$out/root"
        Read-Text "$out/root/x" | Should -Be "x`n"
        [IO.File]::Exists("$out/root/usr/bin/sh") | Should -BeTrue
        [IO.Directory]::Exists("$out/root/proc/1") | Should -BeFalse
        [IO.File]::Exists("$out/root/dev/null") | Should -BeFalse
    }

    It 'copies between containers' {
        New-TestContainer Exited 'mkdir /d; echo x > /d/x'
        [void] (Invoke-Container base -Detach -Name other -- sleep 1000)
        Copy-ContainerItem box:/d other:/
        Invoke-ContainerCommand other -- cat /d/x | Should -Be x
        { Copy-ContainerItem box:/d box:/d/e -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerItemRefused,*'
    }

    It 'takes -FromContainer and -ToContainer, and paths from the pipeline' {
        New-TestContainer Exited 'echo x > /x; echo y > /y'
        [void] (New-Container base -Name other -Command sleep, 1000)
        Copy-ContainerItem /x, y -FromContainer (Get-Container box) -Destination $out
        Read-Text "$out/y" | Should -Be "y`n"
        [IO.FileInfo]::new("$out/x"), [IO.FileInfo]::new("$out/y") | Copy-ContainerItem -Destination / -ToContainer box, other
        Copy-ContainerItem 'other:/[xy]' $out/
        $copies = "$out/x" | Copy-ContainerItem -Destination /z -ToContainer o* -PassThru
        $copies | Should -BeOfType ([LayerPS.ContainerItemCopy])
        $copies.Source | Should -Be "$out/x"
        $copies.Destination | Should -Be other:/z
        $copies.Files, $copies.Size | Should -Be 1, 2
        [void] [IO.Directory]::CreateDirectory("$out/changes")
        Compare-Container other | Where-Object Path -eq /z | Copy-ContainerItem -Destination "$out/changes"
        Read-Text "$out/changes/z" | Should -Be "x`n"
    }

    It 'knows a container from a drive and from a file' -Tag Pwsh {
        New-TestContainer Exited 'echo x > /x'
        Write-Text "$out/box:x" file
        [void] (New-PSDrive -Name box -PSProvider FileSystem -Root $out)
        Copy-ContainerItem box:/x "$out/from-container"
        Read-Text "$out/from-container" | Should -Be "x`n"
        Remove-PSDrive box
        Copy-ContainerItem "$out/box:x" box:/
        Read-Inside 'cat /box:x' | Should -Be file
    }

    It 'refuses <Why>' -ForEach @(
        @{ Why = 'what is not there'; Id = 'ContainerItemNotFound'; Call = { Copy-ContainerItem box:/none $out -ErrorAction Stop } }
        @{ Why = 'a host file that is not there'; Id = 'ContainerItemNotFound'; Call = { Copy-ContainerItem "$out/none" box:/ -ErrorAction Stop } }
        @{ Why = 'no container'; Id = 'ContainerNotFound'; Call = { Copy-ContainerItem none:/x $out -ErrorAction Stop } }
        @{ Why = 'two paths of the host'; Id = 'ContainerItemRefused'; Call = { Copy-ContainerItem "$out/f" "$out/g" -ErrorAction Stop } }
        @{ Why = 'a directory in the place of a file'; Id = 'ContainerItemRefused'; Call = { Copy-ContainerItem $out box:/x -ErrorAction Stop } }
        @{ Why = 'a file that is to be a directory'; Id = 'ContainerItemRefused'; Call = { Copy-ContainerItem box:/x/. $out -ErrorAction Stop } }
        @{ Why = 'a directory that is not there'; Id = 'ContainerItemNotFound'; Call = { Copy-ContainerItem "$out/f" box:/no/ -ErrorAction Stop } }
        @{ Why = 'a parent that is not there'; Id = 'ContainerItemNotFound'; Call = { Copy-ContainerItem "$out/f" box:/no/f -ErrorAction Stop } }
    ) {
        New-TestContainer Exited 'echo x > /x'
        Write-Text "$out/f" f
        $Call | Should -Throw -ErrorId "$Id,*"
    }

    It 'goes on after one that fails' {
        New-TestContainer Exited 'echo x > /x'
        'box:/none', 'box:/x' | Copy-ContainerItem -Destination $out -ErrorVariable failures -ErrorAction SilentlyContinue
        Read-Text "$out/x" | Should -Be "x`n"
        @($failures).Count | Should -Be 1
    }

    It 'writes nothing into a read-only container, and nothing with -WhatIf' {
        $made = New-Container base -Name box -ReadOnly -Command sleep, 1000
        Write-Text "$out/f" f
        { Copy-ContainerItem "$out/f" box:/ -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerItemRefused,*'
        Start-Container box
        { Copy-ContainerItem "$out/f" box:/ -ErrorAction Stop } | Should -Throw
        [void] (New-Container base -Name plain -Command true)
        Copy-ContainerItem "$out/f" plain:/ -WhatIf
        [IO.File]::Exists("$((Get-Container plain).UpperPath)/f") | Should -BeFalse
    }

    It 'completes what is in a container' {
        New-TestContainer Exited 'mkdir -p /some/where; echo x > /some/what'
        $line = 'Copy-ContainerItem box:/some/w'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be box:/some/what, box:/some/where/
        $line = "Copy-ContainerItem x -ToContainer box -Destination /so"
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be /some/
        $line = 'Copy-ContainerItem bo'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain box:
    }
}
