# Save-Image and Export-Container of about 170 MB in more than 8,000 files, beside tar -c of the same and podman; and
# Checkpoint-Container of a writable layer of 5 MB, above much and above little, beside podman commit. Save-Image also
# compares the digest of each layer with the recorded one.
$tree, $archive, $out = "$folder/tree", "$folder/root.tar", "$folder/out.tar"
New-BenchTree $tree
Invoke-Program tar '-C', $tree, '-cf', $archive, '.'
Invoke-Program rm '-rf', $tree
[void] (Import-Image $archive bench -ErrorAction Stop)
[void] (New-Image small -Scratch)
$layer = (Get-ImageLayer bench)[0].Path

# A container that never ran, whose writable layer has 500 files of 10 kB.
function New-WrittenContainer([string] $Image) {
    $container = New-Container $Image -Name "written-$Image" -- true
    for ($i = 0; $i -lt 500; $i++) {
        $noise = [byte[]]::new(10000)
        [Random]::Shared.NextBytes($noise)
        [IO.File]::WriteAllBytes("$($container.UpperPath)/$i", $noise)
    }
}

foreach ($image in 'bench', 'small') { New-WrittenContainer $image }
$clear = { [IO.File]::Delete($out) }
$tar = @{ Run = { Invoke-Program tar '-C', $layer, '-cf', $out, '.' }; After = $clear }
$save = [ordered] @{ 'tar -c' = $tar; 'LayerPS' = @{ Run = { Save-Image bench $out -ErrorAction Stop }; After = $clear } }
$export = [ordered] @{
    'tar -c' = $tar; 'LayerPS' = @{ Run = { Export-Container written-bench $out -ErrorAction Stop }; After = $clear }
}
$unmake = { Remove-Image made }
$commit = [ordered] @{
    'LayerPS: 5 MB above 170 MB' = @{ Run = { Checkpoint-Container written-bench made -ErrorAction Stop }; After = $unmake }
    'LayerPS: 5 MB above nothing' = @{ Run = { Checkpoint-Container written-small made -ErrorAction Stop }; After = $unmake }
}

$podman = Get-PodmanLine $folder
$shell = if (Find-Program podman) { Open-PeerShell }
try {
    if ($shell) {
        [void] (Invoke-Peer $shell "$podman import '$archive' localhost/bench")
        $id = (Invoke-Peer $shell "$podman create --network none localhost/bench true").Trim()
        $mounted = (Invoke-Peer $shell "$podman mount $id").Trim()
        [void] (Invoke-Peer $shell "cp -a '$((Get-Container written-bench).UpperPath)/.' '$mounted/'; $podman umount $id")
        $save['podman save'] = @{ Run = { Invoke-Peer $shell "$podman save -o '$out' localhost/bench" }; After = $clear }
        $export['podman export'] = @{ Run = { Invoke-Peer $shell "$podman export -o '$out' $id" }; After = $clear }
        $commit['podman commit: 5 MB above 170 MB'] = @{
            Run = { Invoke-Peer $shell "$podman commit $id localhost/made" }
            After = { Invoke-Peer $shell "$podman rmi localhost/made" }
        }
    }
    Measure-Contest 'save of an image, 170 MB' $save -Base 'tar -c' -Rounds 9 -Warm 1
    Measure-Contest 'export of a container, 170 MB' $export -Base 'tar -c' -Rounds 9 -Warm 1
    Measure-Contest 'checkpoint of 5 MB' $commit -Base 'LayerPS: 5 MB above nothing' -Rounds 9 -Warm 1
}
finally {
    Get-Container | Remove-Container
    if ($shell) {
        [void] (Invoke-Peer $shell "$podman system reset -f")
        Close-PeerShell $shell
    }
}
