# What is done to a running container: a command in it, a pause and its end, and the stop of 50 that heed SIGTERM. Each
# beside podman's, where that works here.
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
$shell = if (Find-Program podman) { Open-PeerShell }

# Adds a contender whose line works.
function Add-Peer([Collections.IDictionary] $Contest, $Contender) {
    try {
        if ($Contender['Before']) { [void] (& $Contender.Before) }
        [void] (& $Contender.Run)
        $Contest['podman'] = $Contender
    }
    catch { $Host.UI.WriteLine("  podman is not measured: $_") }
    finally { if ($Contender['After']) { [void] (& $Contender.After) } }
}

try {
    if ($shell) {
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
    Measure-Contest 'a command in a running container' $exec -Base ($exec['podman'] ? 'podman' : '') -Rounds 15
    Measure-Contest 'pause and resume' $pause -Base ($pause['podman'] ? 'podman' : '') -Rounds 15
    Measure-Contest "stop of $many containers" $stop -Base ($stop['podman'] ? 'podman' : '') -Rounds 3 -Warm 0
}
finally {
    Get-Container | Remove-Container -Force
    if ($shell) {
        try { [void] (Invoke-Peer $shell "$podman rm -f -t 0 -a; $podman system reset -f") }
        catch { $Host.UI.WriteLine("  podman leaves something behind: $_") }
        finally { Close-PeerShell $shell }
    }
}
