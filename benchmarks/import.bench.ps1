# The import of the tar of a root file system, about 170 MB in more than 8,000 entries, beside tar -x of the same. The
# import also digests it, records what is needed to write it again byte for byte, and syncs it to the disk.
$tree = "$folder/tree"
New-BenchTree $tree
$archive = "$folder/root.tar"
Invoke-Program tar '-C', $tree, '-cf', $archive, '.'
Invoke-Program rm '-rf', $tree
$out = "$folder/out"
$store = $env:LAYERPS_ROOT
$clear = { Invoke-Program rm '-rf', $out }
$contenders = [ordered] @{
    'tar -x'  = @{
        Before = { [void] [IO.Directory]::CreateDirectory($out) }
        Run    = { Invoke-Program tar '-C', $out, '-xf', $archive }
        After  = $clear
    }
    'tar -x, then sync' = @{
        Before = { [void] [IO.Directory]::CreateDirectory($out) }
        Run    = { Invoke-Program tar '-C', $out, '-xf', $archive; Invoke-Program sync '-f', $out }
        After  = $clear
    }
    'LayerPS' = @{
        Before = { $env:LAYERPS_ROOT = $out }
        Run    = { Import-Image $archive bench -ErrorAction Stop }
        After  = { & $clear; $env:LAYERPS_ROOT = $store }
    }
}
$podmanDirectory = [IO.Directory]::CreateDirectory("$folder/podman-import").FullName
$shell = if (Find-Program podman) { Open-PeerShell }
try {
    if ($shell) {
        $line = Get-PodmanLine $podmanDirectory
        $contenders['podman import'] = @{
            Run   = { Invoke-Peer $shell "$line import '$archive' localhost/bench" }
            After = { Invoke-Peer $shell "$line rmi -f localhost/bench" }
        }
    }
    Measure-Contest 'import of a root file system, 170 MB' $contenders -Base 'tar -x' -Rounds 5 -Warm 1
}
finally {
    if ($shell) {
        [void] (Invoke-Peer $shell "$(Get-PodmanLine $podmanDirectory) system reset -f")
        Close-PeerShell $shell
    }
}
