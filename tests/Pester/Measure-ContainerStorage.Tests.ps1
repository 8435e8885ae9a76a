BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $low = New-Image low -FromDirectory (New-TestTree $folder)
    $more = [IO.Directory]::CreateDirectory("$folder/more").FullName
    [IO.File]::WriteAllText("$more/file", '12345')
    $high = New-TestStack high $low (New-Image more -FromDirectory $more)
    Remove-Image more
    $container = New-Container high -Name happy -- true
    [IO.File]::WriteAllText("$($container.UpperPath)/written", 'x' * 5000)
}

AfterAll {
    Get-Container | Remove-Container
    Remove-TestStore $folder
}

Describe 'Measure-ContainerStorage' {
    It 'gives an object for images, containers, the build cache and what nothing refers to' {
        $usage = @(Measure-ContainerStorage)
        $usage | Should -BeOfType ([LayerPS.ContainerStorageUsage])
        $usage.Kind | Should -Be Image, Container, Volume, BuildCache, Unreferenced
        $usage[0].Total | Should -Be 2
        $usage[0].Active | Should -Be 1
        # The tree's 12 bytes are in both images and count once.
        $usage[0].SharedSize | Should -Be 12
        $usage[0].Size | Should -Be ($usage[0].SharedSize + $usage[0].UniqueSize)
        $usage[0].Size | Should -BeLessThan ($low.Size + $high.Size + 5000)
        $usage[1].Size | Should -BeGreaterThan 5000
        $usage[1].Reclaimable | Should -Be $usage[1].Size
        $usage[2].Size | Should -Be 0
        $usage[3].Size | Should -Be 0
        $usage[4].Size | Should -Be 0
    }

    It 'counts volumes, and those that no container has as free' {
        [void] (New-Container high -Name user -Volume used:/data -Command true)
        $free = New-ContainerVolume free
        [IO.File]::WriteAllText("$($free.Path)/file", 'x' * 700)
        [IO.File]::WriteAllText("$((Get-ContainerVolume used).Path)/file", 'x' * 300)
        $usage = @(Measure-ContainerStorage).Where{ $_.Kind -eq 'Volume' }[0]
        $usage.Total, $usage.Active | Should -Be 2, 1
        $usage.Size - $usage.Reclaimable | Should -BeGreaterThan 299
        $usage.Reclaimable | Should -BeGreaterThan 699
        $each = @(Measure-ContainerStorage -Detailed).Where{ $_.Kind -eq 'Volume' }
        $each.Name | Should -Be free, used
        $each.Active | Should -Be 0, 1
        Remove-Container user
        Remove-ContainerVolume free, used
    }

    It 'gives with -Detailed an object for each' {
        $usage = @(Measure-ContainerStorage -Detailed)
        $usage.Name | Should -Be high:latest, low:latest, happy
        $usage[0].SharedSize | Should -Be 12
        $usage[0].UniqueSize | Should -BeGreaterThan 5
        $usage[0].Reclaimable | Should -Be 0
        $usage[1].Reclaimable | Should -BeLessThan $usage[1].Size
        $usage[2].Kind | Should -Be Container
    }

    It 'measures what Optimize-ContainerStorage would remove' {
        Remove-TestReference high
        Remove-Container happy
        $expected = 0
        foreach ($item in Optimize-ContainerStorage -WhatIf -PassThru) { $expected += $item.Size }
        $expected | Should -BeGreaterThan 5
        @(Measure-ContainerStorage)[-1].Reclaimable | Should -Be $expected
        [void] (Optimize-ContainerStorage)
        @(Measure-ContainerStorage)[3].Size | Should -Be 0
    }
}
