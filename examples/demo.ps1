# LayerPS at work: an image, a container, the file that it wrote, and objects in the pipeline. It uses a store of its
# own in a temporary folder, and removes it at the end. Run it as root: ./build.sh demo
$ErrorActionPreference = 'Stop'
Import-Module LayerPS

$store = [IO.Directory]::CreateTempSubdirectory('layerps demo ').FullName
$env:LAYERPS_ROOT = [IO.Path]::Combine($store, 'store')

function Say([string] $Text) { $Host.UI.WriteLine(''); $Host.UI.WriteLine("# $Text") }

# Shows a step as a person would type it, then does it.
function Show-Step([scriptblock] $Step) {
    $Host.UI.WriteLine("PS> $($Step.ToString().Trim())")
    . $Step | Out-Host
}

try {
    Say 'An image of this machine''s own commands. Nothing is downloaded.'
    Show-Step { New-Image base }
    Show-Step { Get-ImageLayer base }

    Say 'A container of it runs in its own namespaces. Its standard error is shown, and is no error.'
    Show-Step { Invoke-Container base -Name hello -- sh -c 'echo "I am process $$ on $(hostname)"; echo oh >&2' }
    Show-Step { Invoke-Container base -Name happy -- touch /happiness.txt }

    Say 'What it wrote is in its writable layer, a plain directory of this host, and in no layer below.'
    Show-Step { [IO.Directory]::GetFiles((Get-Container happy).UpperPath) }
    Show-Step { [IO.File]::Exists("$((Get-ImageLayer base).Path)/happiness.txt") }

    Say 'Containers are objects: make three, start them, look for those that run, stop them side by side.'
    Show-Step { 1..3 | ForEach-Object { New-Container base -Name "web-$_" -- sleep 1000 } | Start-Container }
    Show-Step { Get-Container -State Running }
    Show-Step { Get-Container web-* | Stop-Container -Force -PassThru | Wait-Container }

    Say 'What a container said is kept, line by line.'
    Show-Step { Get-ContainerLog hello | Where-Object Stream -EQ StandardOutput }

    Say 'And away with them; the image''s layers stay.'
    Show-Step { Get-Container | Remove-Container }
    Show-Step { Get-Image }
}
finally {
    Get-Container | Remove-Container -Force
    [IO.Directory]::Delete($store, $true)
}
