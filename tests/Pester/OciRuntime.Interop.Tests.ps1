# Other engines run their containers by layerps-runtime. What a machine lacks is skipped, and said.
BeforeDiscovery {
    $podman = [IO.File]::Exists('/usr/bin/podman')
    $buildah = [IO.File]::Exists('/usr/bin/buildah')
    if (-not $podman) { $noPodman = ' (skipped: this machine has no podman)' }
    if (-not ($podman -and $buildah)) { $noBuildah = ' (skipped: this machine has no podman and buildah)' }
}

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $runtime = [IO.Path]::Combine([IO.Path]::GetDirectoryName((Get-Module LayerPS).Path), 'layerps-runtime')
    $limits = '--ulimit', 'nofile=20000:20000', '--ulimit', 'nproc=32768:32768', '--network', 'none'
    $name = 'localhost/tools:latest'
    # conmon takes no path that is not ASCII.
    $plain = [IO.Directory]::CreateTempSubdirectory('layerps-podman-').FullName
    $storage = '--root', "$plain/root", '--runroot', "$plain/run", '--storage-driver', 'vfs'

    function Invoke-Podman {
        $said = @(& podman @storage --cgroup-manager cgroupfs --runtime $runtime @args 2>&1)
        $said.ForEach{ "$_".TrimEnd("`r") }
    }

    if ([IO.File]::Exists('/usr/bin/podman')) {
        New-Image tools -FromCommand sh, true, id, cat, sleep, touch
        Save-Image tools "$folder/tools.tar"
        [void] (Invoke-Podman load -i "$folder/tools.tar")
        $name = (Invoke-Podman images --format '{{.Repository}}:{{.Tag}}')
    }
}

AfterAll {
    if ([IO.File]::Exists('/usr/bin/podman')) { [void] (Invoke-Podman rm --all --force --time 0); [void] (Invoke-Podman rmi --all --force) }
    [IO.Directory]::Delete($plain, $true)
    Remove-TestStore $folder
}

Describe 'Containers of podman' {
    It "run and end as their command does$noPodman" -Skip:(-not $podman) {
        Invoke-Podman run --rm @limits --user 12:34 $name sh -c 'id -u; id -g; exit 3' | Should -Be 12, 34
        $LASTEXITCODE | Should -Be 3
    }

    It "have a terminal$noPodman" -Skip:(-not $podman) {
        Invoke-Podman run --rm --tty @limits $name sh -c 'test -t 1 && echo terminal; sleep 0.2' | Should -Be terminal
    }

    It "are told apart when their command is missing$noPodman" -Skip:(-not $podman) {
        Invoke-Podman run --rm @limits $name nowhere | Should -BeLike '*executable file not found in $PATH*'
        $LASTEXITCODE | Should -Be 127
    }

    It "take commands, pauses, limits and signals$noPodman" -Skip:(-not $podman) {
        [void] (Invoke-Podman run -d --name one @limits --memory 64m --pids-limit 20 $name sleep 1000)
        Invoke-Podman exec one sh -c 'echo inside; exit 4' | Should -Be inside
        $LASTEXITCODE | Should -Be 4
        [void] (Invoke-Podman pause one)
        Invoke-Podman inspect one --format '{{.State.Status}}' | Should -Be paused
        [void] (Invoke-Podman unpause one)
        Invoke-Podman stats --no-stream --format '{{.MemLimit}}' one | Should -Be 67108864
        [void] (Invoke-Podman kill one)
        Invoke-Podman wait one | Should -Be 137
    }
}

Describe 'Builds of buildah' {
    It "run their steps$noBuildah" -Skip:(-not ($podman -and $buildah)) {
        [IO.File]::WriteAllText("$folder/Dockerfile", "FROM $name`nRUN [`"touch`", `"/made`"]`n")
        $said = @(& buildah @storage bud @limits --isolation oci --runtime $runtime -t built -f "$folder/Dockerfile" $folder 2>&1)
        $LASTEXITCODE | Should -Be 0 -Because "$said"
        Invoke-Podman run --rm @limits localhost/built sh -c 'test -f /made && echo made' | Should -Be made
    }
}
