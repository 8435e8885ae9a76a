BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $archive = New-TestArchive $folder
    $image = Import-Image $archive base
    [void] (New-Image other -FromCommand true)
}

AfterAll { Remove-TestStore $folder }

Describe 'Get-ImageHistory' {
    It 'tells what made an image' {
        $steps = @(Get-ImageHistory base)
        $steps.Count | Should -Be 1
        $steps[0] | Should -BeOfType ([LayerPS.ImageHistoryEntry])
        $steps[0].Image | Should -Be base:latest
        $steps[0].Id | Should -Be $image.Layers[0].Id
        $steps[0].CreatedBy | Should -Be "Import-Image $archive"
        $steps[0].Size | Should -Be 12
        $steps[0].EmptyLayer | Should -BeFalse
        $steps[0].Tags | Should -Be base:latest
    }

    It 'takes images from the pipeline, by value and by property' {
        @(Get-Image | Get-ImageHistory).Image | Should -Be base:latest, other:latest
        ([pscustomobject] @{ Image = 'other' } | Get-ImageHistory).CreatedBy | Should -BeLike '*-FromCommand true'
        (Copy-Serialized $image | Get-ImageHistory).Image | Should -Be base:latest
    }

    It 'takes wildcards' {
        @(Get-ImageHistory *).Count | Should -Be 2
        Get-ImageHistory nothing* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'goes on after an image that is not there' {
        $steps = @(Get-ImageHistory nope, other -ErrorVariable failures -ErrorAction SilentlyContinue)
        $steps.Image | Should -Be other:latest
        $failures.FullyQualifiedErrorId | Should -Be 'ImageNotFound,LayerPS.Commands.GetImageHistoryCommand'
    }
}
