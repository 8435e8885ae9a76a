BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $tree = New-TestTree $folder
}

AfterAll { Remove-TestStore $folder }

Describe 'Add-ImageTag' {
    BeforeEach { $image = New-Image base -FromDirectory $tree }
    AfterEach { Get-Image | Remove-Image }

    It 'adds names, and says nothing' {
        Add-ImageTag base tools/base:1.0, host.example:5000/base | Should -BeNullOrEmpty
        (Get-Image base).References | Should -Be base:latest, host.example:5000/base:latest, tools/base:1.0
        (Get-Image tools/base:1.0).Id | Should -Be $image.Id
    }

    It 'returns with -PassThru the image under each new name' {
        @(Add-ImageTag base a, b -PassThru).ForEach{ "$_" } | Should -Be a:latest, b:latest
    }

    It 'takes a tag alone for another tag of the same name' {
        $image | Add-ImageTag -Tag :1.0
        (Get-Image base:1.0).Id | Should -Be $image.Id
    }

    It 'takes the name from the image that had it' {
        $other = New-Image other -Scratch
        Add-ImageTag base other
        (Get-Image other).Id | Should -Be $image.Id
        (Get-Image -Dangling).Id | Should -Be $other.Id
    }

    It 'takes a block that makes a name of each image' {
        [void] (New-Image other -Scratch)
        Get-Image | Add-ImageTag -Tag { "copy/$($_.Name)" }
        @(Get-Image copy/*).ForEach{ "$_" } | Should -Be copy/base:latest, copy/other:latest
    }

    It 'takes rows' {
        [pscustomobject] @{ Image = 'base'; Tag = 'row:1' } | Add-ImageTag
        (Get-Image row:1).Id | Should -Be $image.Id
    }

    It 'does not take the tag of the image itself for a new name' {
        { Get-Image base | Add-ImageTag -ErrorAction Stop } | Should -Throw -ErrorId 'ImageReferenceInvalid,*'
        (Get-Image base).References | Should -Be base:latest
    }

    It 'makes a layer in the middle an image of its own' {
        $stack = New-TestStack stack $image (New-Image scrap -Scratch)
        Remove-TestReference base
        Get-Image -All | Where-Object Intermediate | Add-ImageTag -Tag middle
        (Get-Image middle).Layers.Id | Should -Be $stack.Layers[0].Id
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'Base' }
        @{ Name = 'a b' }
        @{ Name = 'a:b:c' }
        @{ Name = "base@sha256:$('0' * 64)" }
    ) {
        $failure = { Add-ImageTag base $Name -ErrorAction Stop } |
            Should -Throw -PassThru -ErrorId 'ImageReferenceInvalid,LayerPS.Commands.AddImageTagCommand'
        $failure.TargetObject | Should -Be $Name
    }

    It 'goes on after a name that is none, and after an image that is not there' {
        Add-ImageTag nope, base 'A', ok -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId -replace ',.*' | Should -Be ImageNotFound, ImageReferenceInvalid
        (Get-Image ok).Id | Should -Be $image.Id
    }

    It 'does nothing with -WhatIf' {
        Add-ImageTag base new -WhatIf -PassThru | Should -BeNullOrEmpty
        (Get-Image base).References | Should -Be base:latest
        Get-SessionText 'Add-ImageTag base new -WhatIf' | Should -BeLike "*Add the name 'new'*base:latest*"
    }

    It 'is Tag-Image as well' { (Get-Command Tag-Image).Definition | Should -Be Add-ImageTag }
}
