# From the start of /bin/true in a container to its end, in a session that is warm: one that has done so 150 times, since
# .NET compiles what is called often once more, with more care. A container of LayerPS has an overlay, a log and a record
# of its end; crun, runc and bubblewrap run in a plain directory and keep none of these.
[void] (New-Image bench -FromCommand sh, true, echo, sleep)
$rootFs = "$folder/rootfs"
Invoke-Program cp '-a', (Get-ImageLayer bench)[0].Path, $rootFs
foreach ($name in 'proc', 'dev', 'sys') { [void] [IO.Directory]::CreateDirectory("$rootFs/$name") }
# No filter of system calls, every capability, nothing hidden or read-only, every device.
$wallLess = @{ Privileged = $true; SecurityOption = 'seccomp=unconfined' }
$peers = [ordered] @{}
$shell = Open-PeerShell
try {
    $peers = Find-Peers $shell $folder $rootFs
    if ((Invoke-Container bench -Remove -- echo seen) -ne 'seen') { throw 'No container of LayerPS was seen.' }
    $contenders = [ordered] @{
        'LayerPS: New, Start, Wait, Remove' = {
            $container = New-Container bench -- true
            Start-Container $container
            if ((Wait-Container $container).ExitCode -ne 0) { throw 'true was not true.' }
            Remove-Container $container
        }
        'LayerPS: Invoke-Container -Remove' = { Invoke-Container bench -Remove -- true }
        'LayerPS: the same without walls' = { Invoke-Container bench -Remove @wallLess -- true }
    }
    foreach ($contender in @($contenders.Values)) {
        foreach ($time in 1..150) { [void] (& $contender) }
    }
    foreach ($name in $peers.Keys) {
        $line = $peers[$name].Run
        $contenders[$name] = { Invoke-Peer $shell $line }.GetNewClosure()
    }
    $first = if ($peers.Count) { @($peers.Keys)[0] }
    Measure-Contest 'start to end of /bin/true' $contenders -Base $first -Rounds 25
}
finally {
    foreach ($peer in $peers.Values) { if ($peer['Unmake']) { [void] (Invoke-Peer $shell $peer.Unmake) } }
    if ($peers.Contains('podman')) { [void] (Invoke-Peer $shell "$(Get-PodmanLine $folder) system reset -f") }
    Close-PeerShell $shell
}
