BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $tree = New-TestTree $folder
}

AfterAll { Remove-TestStore $folder }

Describe 'Remove-ImageTag' {
    BeforeEach {
        $image = New-Image base -FromDirectory $tree
        Add-ImageTag base old/a, old/b
    }
    AfterEach { Get-Image | Remove-Image }

    It 'takes a name away, and says nothing' {
        Remove-ImageTag old/a | Should -BeNullOrEmpty
        (Get-Image base).References | Should -Be base:latest, old/b:latest
    }

    It 'leaves an image that lost its last name' {
        $left = Remove-ImageTag base, old/a, old/b -PassThru
        $left[-1].References | Should -BeNullOrEmpty
        (Get-Image -Dangling).Id | Should -Be $image.Id
    }

    It 'takes all names that a wildcard matches, of an object those that it was got by' {
        Get-Image old/* | Remove-ImageTag
        (Get-Image base).References | Should -Be base:latest
    }

    It 'takes all names of an image by its id' {
        Remove-ImageTag $image.ShortId
        (Get-Image $image.Id).References | Should -BeNullOrEmpty
    }

    It 'takes all names of the images of a list' {
        Get-Image | Remove-ImageTag
        (Get-Image -Dangling).Id | Should -Be $image.Id
        Get-Image | Remove-ImageTag -ErrorAction Stop
    }

    It 'leaves a name alone that has become another image' {
        $stale = Get-Image old/a
        $other = New-Image old/a -Scratch
        { $stale | Remove-ImageTag -ErrorAction Stop } | Should -Throw -ErrorId 'ImageNotFound,*'
        (Get-Image old/a).Id | Should -Be $other.Id
    }

    It 'goes on after a name that no image has' {
        Remove-ImageTag nope, old/a -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Be 'ImageNotFound,LayerPS.Commands.RemoveImageTagCommand'
        (Get-Image base).References | Should -Be base:latest, old/b:latest
    }

    It 'does nothing with -WhatIf' {
        Remove-ImageTag old/* -WhatIf -PassThru | Should -BeNullOrEmpty
        (Get-Image base).References.Count | Should -Be 3
        Get-SessionText 'Remove-ImageTag old/* -WhatIf' | Should -BeLike "*'old/a:latest', 'old/b:latest'*"
    }

    It 'is Untag-Image as well' { (Get-Command Untag-Image).Definition | Should -Be Remove-ImageTag }
}
