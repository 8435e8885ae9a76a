# What is done to a running container: a command in it, a pause and its end, and the stop of 50 that heed SIGTERM. Each
# beside podman's and the first two beside crun's, where those work here.
$heed = 'trap "exit 0" TERM; sleep 1000 & wait'
$many = 50
[void] (New-Image bench -FromCommand sh, true, sleep, echo)
$container = Invoke-Container bench -Detach -Name exec -- sleep 1000
$exec = [ordered] @{ 'LayerPS' = { Invoke-ContainerCommand exec -- true } }
$pause = [ordered] @{ 'LayerPS' = { Suspend-Container exec; Resume-Container exec } }
$stop = [ordered] @{
    'LayerPS' = @{
        Before = { 1..$many | ForEach-Object { Invoke-Container bench -Detach -Name "many-$_" -- sh -c $heed } }
        Run    = { Get-Container many-* | Stop-Container }
        After  = { Get-Container many-* | Remove-Container }
    }
}

$rootFs = (Get-ImageLayer bench)[0].Path
$podman = Get-PodmanLine $folder
$crun = Find-Program crun
$inCrun = 'layerps-bench-exec'
$shell = if ($crun -or (Find-Program podman)) { Open-PeerShell }

# Adds a contender whose line works.
function Add-Peer([Collections.IDictionary] $Contest, $Contender, [string] $Name = 'podman') {
    try {
        if ($Contender['Before']) { [void] (& $Contender.Before) }
        [void] (& $Contender.Run)
        $Contest[$Name] = $Contender
    }
    catch { $Host.UI.WriteLine("  $Name is not measured: $_") }
    finally { if ($Contender['After']) { [void] (& $Contender.After) } }
}

# The peer that the others are compared with, where there is one.
function Get-Base([Collections.IDictionary] $Contest) {
    foreach ($name in 'crun', 'podman') { if ($Contest[$name]) { return $name } }
}

try {
    if ($crun) {
        $bundleRoot = "$folder/rootfs"
        Invoke-Program cp '-a', $rootFs, $bundleRoot
        foreach ($name in 'proc', 'dev', 'sys') { [void] [IO.Directory]::CreateDirectory("$bundleRoot/$name") }
        New-Bundle "$folder/crun" $bundleRoot sleep, 1000
        # What it writes would go into the pipe by which the shell answers. Where it does not run, neither does the rest.
        try { [void] (Invoke-Peer $shell "$crun run -d --bundle '$folder/crun' $inCrun >/dev/null") }
        catch { $Host.UI.WriteLine("  crun runs no container: $_") }
        Add-Peer $exec @{ Run = { Invoke-Peer $shell "$crun exec $inCrun true" } } crun
        Add-Peer $pause @{ Run = { Invoke-Peer $shell "$crun pause $inCrun && $crun resume $inCrun" } } crun
    }
    if (Find-Program podman) {
        [void] (Invoke-Peer $shell "tar -C '$rootFs' -cf - . | $podman import - localhost/bench")
        [void] (Invoke-Peer $shell "$podman run -d --name exec $podmanRun localhost/bench sleep 1000")
        Add-Peer $exec @{ Run = { Invoke-Peer $shell "$podman exec exec true" } }
        Add-Peer $pause @{ Run = { Invoke-Peer $shell "$podman pause exec && $podman unpause exec" } }
        Add-Peer $stop @{
            Before = {
                Invoke-Peer $shell ("for i in `$(seq $many); do " +
                    "$podman run -d --name many-`$i $podmanRun localhost/bench sh -c '$heed'; done")
            }
            Run    = { Invoke-Peer $shell "$podman stop `$(seq -f 'many-%.0f' $many)" }
            After  = { Invoke-Peer $shell "$podman rm -f -t 0 `$(seq -f 'many-%.0f' $many)" }
        }
    }
    Measure-Contest 'a command in a running container' $exec -Base (Get-Base $exec) -Rounds 15
    Measure-Contest 'pause and resume' $pause -Base (Get-Base $pause) -Rounds 15
    Measure-Contest "stop of $many containers" $stop -Base (Get-Base $stop) -Rounds 3 -Warm 0
}
finally {
    Get-Container | Remove-Container -Force
    if ($shell) {
        try {
            if ($crun) { [void] (Invoke-Peer $shell "$crun delete -f $inCrun") }
            if (Find-Program podman) {
                [void] (Invoke-Peer $shell "$podman rm -f -t 0 -a; $podman system reset -f")
            }
        }
        catch { $Host.UI.WriteLine("  a peer leaves something behind: $_") }
        finally { Close-PeerShell $shell }
    }
}
