# Archives go to other engines' tools and come from them. What a machine lacks is skipped, and said.
BeforeDiscovery {
    $podman = [IO.File]::Exists('/usr/bin/podman')
    $skopeo = [IO.File]::Exists('/usr/bin/skopeo')
    if (-not $podman) { $noPodman = ' (skipped: this machine has no podman)' }
    if (-not $skopeo) { $noSkopeo = ' (skipped: this machine has no skopeo)' }
}

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    New-Image tools -FromCommand sh, true -Environment @{ FROM = 'LayerPS' }
    $image = Get-Image tools
    $storage = "$folder/podman"

    # Runs a tool; what it says is in the error when it fails.
    function Invoke-Tool {
        $program, $arguments = $args
        $said = @(& $program @arguments 2>&1)
        if ($LASTEXITCODE -ne 0) { throw "$args`: $said" }
        $said.Where{ $_ -isnot [Management.Automation.ErrorRecord] }
    }

    # Podman with a store of its own.
    function Invoke-Podman {
        Invoke-Tool podman --root "$storage/root" --runroot "$storage/run" --storage-driver vfs @args
    }
}

AfterAll { Remove-TestStore $folder }

Describe 'Archives and podman' {
    AfterEach { if ([IO.Directory]::Exists($storage)) { [void] (Invoke-Podman rmi --all --force) } }

    It "loads what Save-Image writes: <Format>, <Compression>$noPodman" -Skip:(-not $podman) -ForEach @(
        @{ Format = 'Combined'; Compression = 'None' }
        @{ Format = 'Combined'; Compression = 'Gzip' }
        @{ Format = 'Oci'; Compression = 'Zstd' }
        @{ Format = 'Docker'; Compression = 'None' }
    ) {
        Save-Image tools "$folder/saved.tar" -Format $Format -Compression $Compression
        [void] (Invoke-Podman load -i "$folder/saved.tar")
        Invoke-Podman images --no-trunc --quiet | Should -Be "sha256:$($image.Id)"
        Invoke-Podman images --format '{{.Repository}}:{{.Tag}}' | Should -BeLike '*/tools:latest'
    }

    It "saves what Import-Image takes: <_>$noPodman" -Skip:(-not $podman) -ForEach docker-archive, oci-archive, oci-dir {
        Save-Image tools "$folder/saved.tar"
        [void] (Invoke-Podman load -i "$folder/saved.tar")
        $name = Invoke-Podman images --format '{{.Repository}}:{{.Tag}}'
        $from = "$folder/from-$_"
        [void] (Invoke-Podman save --format $_ -o $from $name)
        $again = Import-Image $from
        $again.Layers[0].Id | Should -Be $image.Layers[0].Id
        $again.Config.Env | Should -Contain FROM=LayerPS
        $again.References | Should -Contain $name
    }
}

Describe 'Archives and skopeo' {
    It "copies what Save-Image writes: <_>$noSkopeo" -Skip:(-not $skopeo) -ForEach docker-archive, oci-archive {
        Save-Image tools "$folder/saved.tar"
        $layout = "$folder/by-skopeo-$_"
        Invoke-Tool skopeo copy "${_}:$folder/saved.tar" "oci:${layout}:again:1"
        $again = Import-Image $layout
        $again.Layers[0].Id | Should -Be $image.Layers[0].Id
        # From docker's form skopeo makes a new configuration, in OCI's.
        if ($_ -eq 'oci-archive') { $again.Id | Should -Be $image.Id }
    }
}
