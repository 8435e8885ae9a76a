BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $archive = New-TestArchive $folder
    $image = Import-Image $archive base
    [void] (Import-Image $archive twin)
    $other = New-Image other -FromCommand true
}

AfterAll { Remove-TestStore $folder }

Describe 'Get-ImageLayer' {
    It 'gives the layers of an image' {
        $layers = @(Get-ImageLayer base)
        $layers.Count | Should -Be 1
        $layers[0] | Should -BeOfType ([LayerPS.ImageLayer])
        $layers[0].Id | Should -Be $image.Layers[0].Id
        $layers[0].Size | Should -Be 12
        $layers[0].Parent | Should -BeNullOrEmpty
        $layers[0].Images | Should -Be base:latest, twin:latest
        $layers[0].Containers | Should -BeNullOrEmpty
        [IO.File]::ReadAllText("$($layers[0].Path)/a file") | Should -Be content
        $layers[0].MetadataPath | Should -FileContentMatch $layers[0].Id
    }

    It 'has as DiffId the digest of the archive it came from' {
        $hash = [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([IO.File]::ReadAllBytes($archive)))
        (Get-ImageLayer base).DiffId | Should -Be $hash
    }

    It 'gives every layer once where no image is named' {
        @(Get-ImageLayer).Count | Should -Be 2
        @(Get-ImageLayer).Id | Should -Contain $other.Layers[0].Id
    }

    It 'takes images from the pipeline' {
        @(Get-Image | Get-ImageLayer).Count | Should -Be 3
        @('base', 'other' | Get-ImageLayer).Count | Should -Be 2
        @([pscustomobject] @{ Image = 'other' } | Get-ImageLayer).Id | Should -Be $other.Layers[0].Id
    }

    It 'finds a layer by <How>' -ForEach @(
        @{ How = 'its id'; Call = { Get-ImageLayer -Id $image.Layers[0].Id } }
        @{ How = 'the beginning of its id'; Call = { Get-ImageLayer -Id $image.Layers[0].ShortId } }
        @{ How = 'an object'; Call = { $image.Layers[0] | Get-ImageLayer } }
        @{ How = 'a step of a history'; Call = { Get-ImageHistory base | Get-ImageLayer } }
    ) {
        (& $Call).Id | Should -Be $image.Layers[0].Id
    }

    It 'goes on after a layer that is not there' {
        $layers = @(Get-ImageLayer -Id nope, $image.Layers[0].Id -ErrorVariable failures -ErrorAction SilentlyContinue)
        $layers.Count | Should -Be 1
        $failures.FullyQualifiedErrorId | Should -Be 'LayerNotFound,LayerPS.Commands.GetImageLayerCommand'
        $failures[0].TargetObject | Should -Be nope
    }

    It 'tells an image that is not there' {
        { Get-ImageLayer nope -ErrorAction Stop } | Should -Throw -ErrorId 'ImageNotFound,*'
    }
}
