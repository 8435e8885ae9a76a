BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $tree = New-TestTree $folder
}

AfterAll { Remove-TestStore $folder }

Describe 'Repair-ContainerStorage' {
    BeforeEach {
        $low = New-Image low -FromDirectory $tree
        $high = New-TestStack high $low (New-Image scrap -Scratch)
        Remove-Image scrap
    }

    AfterEach {
        Get-Container | Remove-Container -Force
        Get-Image | Remove-Image
        Optimize-ContainerStorage
    }

    It 'says nothing where all is right' { Repair-ContainerStorage | Should -BeNullOrEmpty }

    It 'makes a table of images that cannot be read anew' {
        $table = "$env:LAYERPS_ROOT/references.json"
        [IO.File]::WriteAllText($table, "{ `"high:latest`": `"$($high.Digest)`", `"low:lat")
        { Get-Image -ErrorAction Stop } | Should -Throw -ErrorId 'StoreCorrupt,*'
        $problems = @(Repair-ContainerStorage)
        $problems | Should -BeOfType ([LayerPS.ContainerStorageProblem])
        $problems.Kind | Should -Be References
        $problems.Repaired | Should -Be $true
        (Get-Image high).Id | Should -Be $high.Id
        (Get-Image $low.Id).Id | Should -Be $low.Id
        [IO.File]::Exists("$table.damaged") | Should -BeTrue
    }

    It 'writes the metadata of a layer again' {
        [IO.File]::Delete($high.Layers[1].MetadataPath)
        @(Repair-ContainerStorage).Repaired | Should -Be $true
        (Get-ImageLayer -Id $high.Layers[1].Id).Parent | Should -Be $low.Layers[0].Id
        Test-Image -Quiet | Should -BeTrue
    }

    It 'takes out an image whose parts are missing, and leaves the others' {
        [IO.File]::Delete("$env:LAYERPS_ROOT/blobs/sha256/$($high.Id)")
        $problem = Repair-ContainerStorage
        $problem.Problem | Should -BeLike "*'high:latest'*"
        $problem.Repaired | Should -BeTrue
        @(Get-Image).ForEach{ "$_" } | Should -Be low:latest
    }

    It 'leaves what only a person can judge, and says so' {
        $container = New-Container high -Name happy -- true
        [IO.File]::WriteAllText($container.MetadataPath, '{')
        $problem = Repair-ContainerStorage
        $problem.Repaired | Should -BeFalse
        $problem.Action | Should -BeNullOrEmpty
        $problem.Id | Should -Be $container.Id
        [IO.Directory]::Exists($container.UpperPath) | Should -BeTrue
        Remove-Container $container.Id -Force
    }

    It 'does nothing with -WhatIf, and shows what it would do' {
        [IO.File]::Delete($high.Layers[1].MetadataPath)
        $problem = Repair-ContainerStorage -WhatIf
        $problem.Repaired | Should -BeFalse
        $problem.Action | Should -Not -BeNullOrEmpty
        [IO.File]::Exists($high.Layers[1].MetadataPath) | Should -BeFalse
        Get-SessionText '[void] (Repair-ContainerStorage -WhatIf)' | Should -BeLike "*$($problem.Action)*$($problem.Path)*"
        [void] (Repair-ContainerStorage)
    }
}
