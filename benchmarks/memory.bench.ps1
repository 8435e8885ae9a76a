# What a running detached container holds beside its own processes: the private memory that its monitor has written to.
# podman's is conmon, which stays as long as its container does.
[void] (New-Image bench -FromCommand sh, sleep, echo)
$count = 10
$containers = @(1..$count | ForEach-Object { Invoke-Container bench -Detach -- sleep 1000 })
try {
    $own = [double[]] @($containers | ForEach-Object { Get-PrivateMemory (Get-ParentId $_.Refresh().Pid) })
}
finally { $containers | Remove-Container -Force }

$rootFs = (Get-ImageLayer bench)[0].Path
$peer = $null
if (Find-Program podman) {
    $podman = Get-PodmanLine $folder
    $shell = Open-PeerShell
    try {
        [void] (Invoke-Peer $shell "tar -C '$rootFs' -cf - . | $podman import - localhost/bench")
        $pids = @(1..3 | ForEach-Object {
            $id = (Invoke-Peer $shell "$podman run -d $podmanRun localhost/bench sleep 1000").Trim()
            [int] (Invoke-Peer $shell "$podman inspect --format '{{.State.Pid}}' $id").Trim()
        })
        $peer = Get-Median @($pids | ForEach-Object { Get-PrivateMemory (Get-ParentId $_) })
    }
    catch { $Host.UI.WriteLine("  podman is not measured: $_") }
    finally {
        try {
            [void] (Invoke-Peer $shell "$podman rm -f -t 0 -a")
            [void] (Invoke-Peer $shell "$podman system reset -f")
        }
        finally { Close-PeerShell $shell }
    }
}
$median = Get-Median $own
$work = 'private memory for each detached container'
New-Result $work LayerPS $median kB ([Linq.Enumerable]::Min($own)) ($peer ? $median / $peer : $null)
if ($peer) { New-Result $work 'podman (conmon)' $peer kB $peer 1.0 }
