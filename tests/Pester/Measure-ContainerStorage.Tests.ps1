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
        $usage.Kind | Should -Be Image, Container, BuildCache, Unreferenced
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
        @(Measure-ContainerStorage)[3].Reclaimable | Should -Be $expected
        [void] (Optimize-ContainerStorage)
        @(Measure-ContainerStorage)[3].Size | Should -Be 0
    }
}
