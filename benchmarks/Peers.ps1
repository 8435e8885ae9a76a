# The other engines of this machine. A peer counts only when the output of a container of it was seen.
#
# They are run by one shell, which is asked line by line over a pipe, so that a run costs no more than the fork and the
# execution. On a host with both cgroup versions crun and podman find no way in unless the second one is out of sight, so
# the shell has mounts of its own.

function Find-Program([string] $Name) {
    foreach ($command in Get-Command $Name -CommandType Application -ErrorAction Ignore) { return $command.Source }
}

function Open-PeerShell {
    $start = [Diagnostics.ProcessStartInfo]::new('unshare', [string[]] ('-m', 'sh', '-c',
            'umount /sys/fs/cgroup/unified 2>/dev/null; while read -r line; do eval "$line"; done'))
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    [Diagnostics.Process]::Start($start)
}

# Runs a line in the shell and returns what it wrote; an exit code other than 0 is the end.
function Invoke-Peer([Diagnostics.Process] $Shell, [string] $Line) {
    $Shell.StandardInput.WriteLine("{ $Line; } 2>/dev/null </dev/null; status=`$?; echo; echo done `$status")
    $Shell.StandardInput.Flush()
    $text = [Text.StringBuilder]::new()
    while ($null -ne ($read = $Shell.StandardOutput.ReadLine())) {
        if ($read -match '^done (\d+)$') {
            if ($Matches[1] -ne '0') { throw "'$Line' ended with exit code $($Matches[1])." }
            return $text.ToString()
        }
        [void] $text.AppendLine($read)
    }
    throw 'The shell of the peers ended.'
}

function Close-PeerShell([Diagnostics.Process] $Shell) {
    $Shell.StandardInput.Close()
    $Shell.WaitForExit()
}

# An OCI bundle of a root file system with one command.
function New-Bundle([string] $Directory, [string] $RootFs, [string[]] $Command) {
    [void] [IO.Directory]::CreateDirectory($Directory)
    $words = ($Command | ForEach-Object { "`"$_`"" }) -join ', '
    $namespaces = ('mount', 'pid', 'uts', 'ipc', 'network', 'cgroup' | ForEach-Object { "{`"type`": `"$_`"}" }) -join ', '
    $capabilities = '"CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_MKNOD", "CAP_SETGID", "CAP_SETUID", "CAP_KILL"'
    [IO.File]::WriteAllText([IO.Path]::Combine($Directory, 'config.json'), @"
{
  "ociVersion": "1.0.2",
  "process": {
    "user": {"uid": 0, "gid": 0}, "cwd": "/", "args": [$words], "env": ["PATH=/usr/bin:/bin:/usr/sbin:/sbin"],
    "capabilities": {"bounding": [$capabilities], "effective": [$capabilities], "permitted": [$capabilities]}
  },
  "root": {"path": "$RootFs"},
  "hostname": "bench",
  "mounts": [
    {"destination": "/proc", "type": "proc", "source": "proc"},
    {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755"]},
    {"destination": "/dev/pts", "type": "devpts", "source": "devpts", "options": ["nosuid", "noexec", "newinstance"]},
    {"destination": "/dev/shm", "type": "tmpfs", "source": "shm", "options": ["nosuid", "noexec", "nodev"]},
    {"destination": "/dev/mqueue", "type": "mqueue", "source": "mqueue", "options": ["nosuid", "noexec", "nodev"]},
    {"destination": "/sys", "type": "sysfs", "source": "sysfs", "options": ["nosuid", "noexec", "nodev", "ro"]}
  ],
  "linux": {
    "namespaces": [$namespaces],
    "maskedPaths": ["/proc/kcore", "/proc/keys", "/proc/timer_list", "/sys/firmware"],
    "readonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]
  }
}
"@)
}

# A podman with a store of its own, so that nothing stays in the machine's.
function Get-PodmanLine([string] $Directory) {
    "$(Find-Program podman) --root '$Directory/podman' --runroot '$Directory/podman-run' --cgroup-manager cgroupfs"
}

$podmanRun = '--network none --ulimit nofile=20000:20000 --ulimit nproc=32768:32768'

# The lines that run a command in a container of each peer that is here and works, by the peer's name.
function Find-Peers([Diagnostics.Process] $Shell, [string] $Directory, [string] $RootFs) {
    $peers = [ordered] @{}
    foreach ($name in 'crun', 'runc') {
        $program = Find-Program $name
        if (-not $program) { continue }
        foreach ($kind in @{ seen = 'echo', 'seen' }, @{ true = , '/bin/true' }) {
            foreach ($key in $kind.Keys) { New-Bundle "$Directory/$name-$key" $RootFs $kind[$key] }
        }
        $peers[$name] = @{
            Seen = "$program run --bundle '$Directory/$name-seen' layerps-bench-seen"
            Run  = "$program run --bundle '$Directory/$name-true' layerps-bench-run"
        }
    }
    if ($program = Find-Program bwrap) {
        $line = "$program --bind '$RootFs' / --proc /proc --dev /dev --unshare-all --hostname bench --die-with-parent"
        $peers['bubblewrap'] = @{ Seen = "$line echo seen"; Run = "$line /bin/true" }
    }
    if (Find-Program podman) {
        $podman = Get-PodmanLine $Directory
        $line = "$podman run --rm $podmanRun localhost/bench"
        $peers['podman'] = @{
            Make = "tar -C '$RootFs' -cf - . | $podman import - localhost/bench"
            Seen = "$line echo seen"; Run = "$line /bin/true"
        }
    }
    if ($program = Find-Program docker) {
        $line = "$program run --rm --network none layerps-bench"
        $peers['docker'] = @{
            Make = "tar -C '$RootFs' -cf - . | $program import - layerps-bench"; Unmake = "$program rmi layerps-bench"
            Seen = "$line echo seen"; Run = "$line /bin/true"
        }
    }
    $working = [ordered] @{}
    foreach ($name in $peers.Keys) {
        try {
            if ($peers[$name]['Make']) { [void] (Invoke-Peer $Shell $peers[$name].Make) }
            if ((Invoke-Peer $Shell $peers[$name].Seen) -notmatch 'seen') { throw 'Nothing was seen.' }
            $working[$name] = $peers[$name]
        }
        catch { $Host.UI.WriteLine("  $name is not measured: $_") }
    }
    $working
}
