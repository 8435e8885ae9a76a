BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $base = New-TestBase
}

AfterAll { Remove-TestStore $folder }

Describe 'Remove-Container' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'takes all of a container away, and nothing of the image' {
        [void] (Invoke-Container base -Name one -- touch /file)
        $container = Get-Container one
        Remove-Container one | Should -BeNullOrEmpty
        [IO.Path]::GetDirectoryName($container.UpperPath) | Should -Not -Exist
        [IO.Directory]::GetFileSystemEntries("$env:LAYERPS_ROOT/containers").ForEach{ [IO.Path]::GetFileName($_) }.
            Where{ $_ -match '^[0-9a-f]{64}$' } | Should -BeNullOrEmpty
        [IO.Directory]::GetFileSystemEntries("$env:LAYERPS_ROOT/containers/names").Count | Should -Be 0
        Get-StagingCount | Should -Be 0
        (Get-Image base).Layers[0].Path | Should -Exist
        Invoke-Container base -Remove -- true
        $LASTEXITCODE | Should -Be 0
        { $container.Refresh() } | Should -Throw '*was removed*'
    }

    It 'takes a container as <How>' -ForEach @(
        @{ How = 'name'; Call = { Remove-Container one } }
        @{ How = 'id'; Call = { Remove-Container -Id $container.Id } }
        @{ How = 'the beginning of an id'; Call = { Remove-Container $container.ShortId } }
        @{ How = 'wildcard'; Call = { Remove-Container o?e } }
        @{ How = 'object in the pipeline'; Call = { $container | Remove-Container } }
        @{ How = 'name in the pipeline'; Call = { 'one' | Remove-Container } }
        @{ How = 'object from another session'; Call = { Copy-Serialized $container | Remove-Container } }
        @{ How = 'property Name'; Call = { [pscustomobject] @{ Name = 'one' } | Remove-Container } }
        @{ How = 'property Container'; Call = { [pscustomobject] @{ Container = 'one' } | Remove-Container } }
        @{ How = 'end of a run'; Call = { Start-Container one; Wait-Container one | Remove-Container } }
    ) {
        $container = New-Container base -Name one -- true
        [void] (New-Container base -Name other)
        & $Call
        (Get-Container).Name | Should -Be other
    }

    It 'refuses one that runs, and leaves it alone' {
        $container = Start-TestContainer one
        $failure = Remove-Container one 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerRunning,LayerPS.Commands.RemoveContainerCommand'
        $failure.CategoryInfo.Category | Should -Be InvalidOperation
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Stop-Container*-Force*'
        $container.Refresh().Pid | Should -Be $container.Pid
    }

    It 'kills one that runs with -Force' {
        $container = Start-TestContainer one
        Remove-Container one -Force
        "/proc/$($container.Pid)" | Should -Not -Exist
        Get-Container | Should -BeNullOrEmpty
        [IO.Directory]::GetDirectories('/sys/fs/cgroup').
            Where{ [IO.Directory]::Exists("$_/layerps/$($container.Id)") } | Should -BeNullOrEmpty
    }

    It 'gives the name free' {
        [void] (New-Container base -Name one)
        Remove-Container one
        (New-Container base -Name one).Name | Should -Be one
    }

    It 'goes on after those that it cannot remove' {
        $running = Start-TestContainer running
        $gone = New-Container base -Name gone
        Remove-Container gone
        [void] (New-Container base -Name one)
        'nope', 'running', $gone, '', 'one' | Remove-Container -ErrorVariable failures -ErrorAction SilentlyContinue
        (Get-Container).Name | Should -Be running
        $failures.FullyQualifiedErrorId -replace ',.*' |
            Should -Be ContainerNotFound, ContainerRunning, ContainerNotFound, ContainerNotFound
        Remove-Container nothing* -ErrorAction Stop
    }

    It 'takes one away whose record cannot be read, with -Force alone, whether it runs or not: <Runs>' -ForEach @(
        @{ Runs = $false }
        @{ Runs = $true }
    ) {
        $container = if ($Runs) { Start-TestContainer broken } else { New-Container base -Name broken }
        [IO.File]::WriteAllText($container.MetadataPath, '{')
        (Remove-Container broken 2>&1).FullyQualifiedErrorId | Should -BeLike 'StoreCorrupt,*'
        Remove-Container $container.ShortId -Force -WhatIf
        $container.MetadataPath | Should -Exist
        Remove-Container $container.ShortId -Force -ErrorAction Stop
        $container.MetadataPath | Should -Not -Exist
        if ($Runs) { "/proc/$($container.Pid)" | Should -Not -Exist }
        (New-Container base -Name broken).Name | Should -Be broken
    }

    It 'does nothing with -WhatIf' {
        $container = Start-TestContainer one
        [void] (New-Container base -Name two)
        Get-Container | Remove-Container -Force -WhatIf
        @(Get-Container).Count | Should -Be 2
        $container.Refresh().Pid | Should -Be $container.Pid
    }

    It 'completes the names of all' {
        [void] (New-Container base -Name on-ready)
        [void] (Start-TestContainer on-duty)
        $line = 'Remove-Container on'
        $completion = [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
        $completion.CompletionMatches.CompletionText | Should -Be on-duty, on-ready
    }
}
