# dockerd and containerd run their containers by layerps-runtime: each a daemon of one's own, with all that it has in a temporary
# folder. What a machine lacks is skipped, and said.
BeforeDiscovery {
    function Test-Program([string[]] $Name) {
        $folders = '/usr/bin', '/usr/sbin', '/usr/local/bin', '/bin', '/sbin'
        $Name.Where{ $program = $_; -not $folders.Where{ [IO.File]::Exists("$_/$program") } }.Count -eq 0
    }
    $docker = Test-Program dockerd, docker, containerd
    $containerd = Test-Program containerd, ctr, containerd-shim-runc-v2
    if (-not $docker) { $noDocker = ' (skipped: this machine has no dockerd)' }
    if (-not $containerd) { $noContainerd = ' (skipped: this machine has no containerd)' }
}

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $runtime = [IO.Path]::Combine([IO.Path]::GetDirectoryName((Get-Module LayerPS).Path), 'layerps-runtime')
    # A socket's path is short and ASCII.
    $plain = [IO.Directory]::CreateTempSubdirectory('layerps-oci-').FullName
    $group = "layerps-oci-$PID"
    New-Image tools -FromCommand sh, true, id, cat, sleep, touch
    Save-Image tools "$plain/tools.tar"

    function Start-Daemon([string] $Command, [string] $Log) {
        [Diagnostics.Process]::Start('/bin/sh', [string[]] ('-c', "exec $Command >'$Log' 2>&1 </dev/null"))
    }

    function Stop-Daemon($Daemon) {
        & /bin/sh -c "kill -TERM $($Daemon.Id)"
        if (-not $Daemon.WaitForExit(30000)) { $Daemon.Kill() }
    }

    # The daemons leave the group that their containers' groups are in.
    function Remove-Group {
        foreach ($hierarchy in @([IO.Directory]::GetDirectories('/sys/fs/cgroup')) + '/sys/fs/cgroup') {
            if ([IO.Directory]::Exists("$hierarchy/$group")) { [IO.Directory]::Delete("$hierarchy/$group") }
        }
    }
}

AfterAll {
    Remove-Group
    [IO.Directory]::Delete($plain, $true)
    Remove-TestStore $folder
}

Describe 'Containers of dockerd' {
    BeforeAll {
        if (-not [IO.File]::Exists('/usr/sbin/dockerd')) { return }
        $daemon = Start-Daemon (@('dockerd', "--add-runtime 'layerps=$runtime'", '--default-runtime layerps', "-H 'unix://$plain/docker.sock'",
            "--data-root '$plain/docker'", "--exec-root '$plain/execution'", "--pidfile '$plain/docker.pid'", '--iptables=false', '--bridge=none',
            '--exec-opt native.cgroupdriver=cgroupfs', "--cgroup-parent '/$group'", '--storage-driver vfs') -join ' ') "$plain/docker.log"

        function Invoke-Docker {
            $said = @(& docker -H "unix://$plain/docker.sock" @args 2>&1)
            $said.ForEach{ "$_".TrimEnd("`r") }
        }

        Wait-Until { [void] (Invoke-Docker version); $LASTEXITCODE -eq 0 }
        [void] (Invoke-Docker load -i "$plain/tools.tar")
        $run = 'run', '--rm', '--network', 'none'
    }

    AfterAll {
        if (-not $daemon) { return }
        [void] (Invoke-Docker rm --force one checked)
        Stop-Daemon $daemon
    }

    It "run and end as their command does$noDocker" -Skip:(-not $docker) {
        Invoke-Docker @run --user 12:34 tools sh -c 'id -u; id -g; exit 3' | Should -Be 12, 34
        $LASTEXITCODE | Should -Be 3
    }

    It "are told apart when their command is missing$noDocker" -Skip:(-not $docker) {
        "$(Invoke-Docker @run tools nowhere)" | Should -BeLike '*executable file not found in $PATH*'
        $LASTEXITCODE | Should -Be 127
    }

    It "have a terminal$noDocker" -Skip:(-not $docker) {
        Invoke-Docker @run --tty tools sh -c 'test -t 0 && test -t 1 && echo terminal' | Should -Be terminal
    }

    It "take commands, pauses, limits and signals$noDocker" -Skip:(-not $docker) {
        [void] (Invoke-Docker run -d --name one --network none --memory 64m --pids-limit 20 --cpus 0.5 tools sleep 1000)
        Invoke-Docker exec --user 5 -e WORD=said -w /tmp one sh -c 'id -u; echo $WORD; pwd; exit 4' | Should -Be 5, said, /tmp
        $LASTEXITCODE | Should -Be 4
        Invoke-Docker exec --tty one sh -c 'test -t 0 && echo terminal' | Should -Be terminal
        [void] (Invoke-Docker pause one)
        Invoke-Docker inspect --format '{{.State.Status}}' one | Should -Be paused
        [void] (Invoke-Docker unpause one)
        Invoke-Docker stats --no-stream --format '{{.MemUsage}}' one | Should -BeLike '*/ 64MiB'
        [void] (Invoke-Docker update --memory 32m --memory-swap 64m one)
        Invoke-Docker stats --no-stream --format '{{.MemUsage}}' one | Should -BeLike '*/ 32MiB'
        "$(Invoke-Docker top one)" | Should -BeLike '*sleep 1000*'
        [void] (Invoke-Docker kill one)
        Invoke-Docker wait one | Should -Be 137
    }

    It "have volumes, read-only ones too$noDocker" -Skip:(-not $docker) {
        $shared = [IO.Directory]::CreateDirectory("$plain/shared").FullName
        [IO.File]::WriteAllText("$shared/file", "of the host`n")
        Invoke-Docker @run -v "${shared}:/shared" tools sh -c 'cat /shared/file; echo new > /shared/new' | Should -Be 'of the host'
        [IO.File]::ReadAllText("$shared/new") | Should -Be "new`n"
        Invoke-Docker @run -v "${shared}:/shared:ro" tools sh -c 'touch /shared/never 2>/dev/null || echo read-only' | Should -Be read-only
        Invoke-Docker @run --read-only --tmpfs /tmp tools sh -c 'touch /tmp/a && ! touch /b 2>/dev/null && echo read-only' | Should -Be read-only
    }

    It "are healthy when their check says so$noDocker" -Skip:(-not $docker) {
        [void] (Invoke-Docker run -d --name checked --network none --health-cmd 'test -f /well' --health-interval 100ms tools sh -c 'touch /well; sleep 1000')
        Wait-Until { (Invoke-Docker inspect --format '{{.State.Health.Status}}' checked) -eq 'healthy' }
    }

    It "are started twenty at once$noDocker" -Skip:(-not $docker) {
        $started = (1..20).ForEach{
            $start = [Diagnostics.ProcessStartInfo]::new('docker', [string[]] ('-H', "unix://$plain/docker.sock", $run, 'tools', 'sh', '-c', "echo number $_").ForEach{ $_ })
            $start.RedirectStandardOutput = $true
            [Diagnostics.Process]::Start($start)
        }
        $said = $started.ForEach{ $_.StandardOutput.ReadToEnd().Trim(); $_.WaitForExit() }
        $said | Should -Be (1..20).ForEach{ "number $_" }
    }
}

Describe 'Containers of containerd' {
    BeforeAll {
        if (-not [IO.File]::Exists('/usr/bin/ctr')) { return }
        [IO.File]::WriteAllText("$plain/containerd.toml", @"
version = 2
root = "$plain/containerd/root"
state = "$plain/containerd/state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
  address = "$plain/containerd.sock"
[ttrpc]
  address = "$plain/containerd.ttrpc"
"@)
        $daemon = Start-Daemon "containerd -c '$plain/containerd.toml'" "$plain/containerd.log"

        function Invoke-Ctr {
            $said = @(& ctr -a "$plain/containerd.sock" @args 2>&1)
            $said.ForEach{ "$_".TrimEnd("`r") }
        }

        Wait-Until { [void] (Invoke-Ctr version); $LASTEXITCODE -eq 0 }
        [void] (Invoke-Ctr images import --snapshotter native "$plain/tools.tar")
        $how = '--snapshotter', 'native', '--runtime', 'io.containerd.runc.v2', '--runc-binary', $runtime
        $image = 'docker.io/library/tools:latest'
    }

    AfterAll {
        if (-not $daemon) { return }
        [void] (Invoke-Ctr task kill --signal SIGKILL one)
        [void] (Invoke-Ctr task delete --force one)
        Stop-Daemon $daemon
    }

    It "run and end as their command does$noContainerd" -Skip:(-not $containerd) {
        Invoke-Ctr run --rm @how --cgroup "/$group/first" --env WORD=said $image first sh -c 'id -u; echo $WORD; exit 3' | Should -Be 0, said
        $LASTEXITCODE | Should -Be 3
    }

    It "take commands, pauses, limits and signals$noContainerd" -Skip:(-not $containerd) {
        [void] (Invoke-Ctr run --detach @how --cgroup "/$group/one" --memory-limit 67108864 $image one sleep 1000)
        Invoke-Ctr task exec --exec-id inside one sh -c 'echo inside; exit 4' | Should -Be inside
        $LASTEXITCODE | Should -Be 4
        [void] (Invoke-Ctr task pause one)
        "$(Invoke-Ctr task list)" | Should -Match 'one\s+\d+\s+PAUSED'
        [void] (Invoke-Ctr task resume one)
        "$(Invoke-Ctr task metrics one)" | Should -Match 'memory.+67108864'
        [void] (Invoke-Ctr task kill --signal SIGKILL one)
        Wait-Until { "$(Invoke-Ctr task list)" -match 'one\s+\d+\s+STOPPED' }
        "$(Invoke-Ctr task delete one)" | Should -BeLike '*exit code 137*'
        [void] (Invoke-Ctr container delete one)
        $LASTEXITCODE | Should -Be 0
    }
}
