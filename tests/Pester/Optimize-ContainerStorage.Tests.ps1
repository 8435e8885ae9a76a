BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $tree = New-TestTree $folder
}

AfterAll { Remove-TestStore $folder }

Describe 'Optimize-ContainerStorage' {
    BeforeEach {
        $low = New-Image low -FromDirectory $tree
        $lost = New-Image scrap -Scratch
        $high = New-TestStack high $low $lost
        $scrap = New-Image scrap -Scratch -Label @{ again = 'yes' }
        $gone = New-TestStack gone $high $lost
        Remove-TestReference gone
    }

    AfterEach {
        Get-Container | Remove-Container
        Get-Image | Remove-Image -Force
        Optimize-ContainerStorage
        foreach ($part in 'layers', 'blobs/sha256', 'staging') {
            [IO.Directory]::GetFileSystemEntries("$env:LAYERPS_ROOT/$part").Count | Should -Be 0
        }
    }

    It 'removes what nothing refers to, says nothing, and leaves the rest' {
        Optimize-ContainerStorage | Should -BeNullOrEmpty
        @(Get-Image).ForEach{ "$_" } | Should -Be high:latest, low:latest, scrap:latest
        Get-Image -Dangling | Should -BeNullOrEmpty
        @(Get-ImageLayer).Count | Should -Be 3
        [IO.Directory]::GetFiles("$env:LAYERPS_ROOT/blobs/sha256").Count | Should -Be 6
        Test-Image -Quiet | Should -BeTrue
    }

    It 'lists with -WhatIf exactly what would go, and removes nothing' {
        $text = Get-SessionText 'Optimize-ContainerStorage -WhatIf'
        $plan = @(Optimize-ContainerStorage -WhatIf -PassThru)
        $plan.Count | Should -Be 6
        foreach ($item in $plan) {
            $text | Should -BeLike "*$($item.Kind) $($item.Id)*"
            [IO.Path]::Exists($item.Path) | Should -BeTrue
        }
        $done = @(Optimize-ContainerStorage -PassThru)
        $done | Should -BeOfType ([LayerPS.ContainerStorageItem])
        $done.Id | Should -Be $plan.Id
        $done.Size | Should -Be $plan.Size
        $done.Where{ [IO.Path]::Exists($_.Path) }.Count | Should -Be 0
        $done.Where{ $_.Kind -eq 'Layer' }.Id | Should -Be $gone.Layers[2].Id
        $done.Where{ $_.Kind -eq 'Image' }.Id | Should -Be $lost.Id
    }

    It 'removes volumes that no container has where that is asked for' {
        $user = New-Container low -Name user -Volume named:/named, /own -Command true
        [void] (New-Container low -Name past -Volume old:/old, /own -Command true)
        Remove-Container past
        @(Get-ContainerVolume).Count | Should -Be 4
        Optimize-ContainerStorage -All
        @(Get-ContainerVolume).Count | Should -Be 4
        @(Optimize-ContainerStorage -Volume -WhatIf -PassThru).Where{ $_.Kind -eq 'Volume' }.Count | Should -Be 1
        @(Get-ContainerVolume).Count | Should -Be 4
        Optimize-ContainerStorage -Volume
        @(Get-ContainerVolume).Where{ -not $_.IsAnonymous }.Name | Should -Be named, old
        @(Get-ContainerVolume).Count | Should -Be 3
        $gone = Optimize-ContainerStorage -Volume -All -PassThru | Where-Object Kind -eq Volume
        $gone.Id | Should -Be old
        [IO.Directory]::Exists($gone.Path) | Should -BeFalse
        @(Get-ContainerVolume).Count | Should -Be 2
        Remove-Container user -Volume
        Optimize-ContainerStorage -Volume -All
        Get-ContainerVolume | Should -BeNullOrEmpty
    }

    It 'leaves what a container needs' {
        $container = New-Container $lost.Id -Name happy -- true
        Remove-Image low -Force
        $stopped = New-Container scrap -- true
        Remove-Image scrap -Force
        Optimize-ContainerStorage
        (Get-Image -Dangling).Id | Should -Be $lost.Id
        foreach ($parent in $container.Parent, $stopped.Parent) {
            [IO.Directory]::Exists((Get-ImageLayer -Id $parent).Path) | Should -BeTrue
        }
    }

    It 'takes with -All the images that no container was made from' {
        [void] (New-Container low -- true)
        Optimize-ContainerStorage -All
        @(Get-Image).ForEach{ "$_" } | Should -Be low:latest
    }

    It 'removes nothing where something cannot be read' {
        [IO.File]::WriteAllText("$env:LAYERPS_ROOT/blobs/sha256/$($scrap.Id)", '{')
        { Optimize-ContainerStorage -ErrorAction Stop } |
            Should -Throw -ErrorId 'StoreCorrupt,LayerPS.Commands.OptimizeContainerStorageCommand'
        [IO.Directory]::Exists($gone.Layers[2].Path) | Should -BeTrue
        @(Repair-ContainerStorage).Repaired | Should -Be $true
        Optimize-ContainerStorage
        [IO.Directory]::Exists($gone.Layers[2].Path) | Should -BeFalse
    }

    It 'is Prune-ContainerStorage as well' {
        (Get-Command Prune-ContainerStorage).Definition | Should -Be Optimize-ContainerStorage
    }
}
