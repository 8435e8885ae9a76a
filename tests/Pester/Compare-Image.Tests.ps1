BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $tree = New-TestTree $folder
    $before = New-Image before -FromDirectory $tree
    [IO.File]::WriteAllText("$tree/a file", 'another')
    [IO.File]::Move("$tree/etc/hostname", "$tree/etc/hosts")
    & chmod 700 "$tree/etc"
    $after = New-Image after -FromDirectory $tree
    $more = [IO.Directory]::CreateDirectory("$folder/more/etc").Parent.FullName
    [IO.File]::WriteAllText("$more/etc/more", '12345')
    $stack = New-TestStack stack $before (New-Image more -FromDirectory $more)
}

AfterAll { Remove-TestStore $folder }

Describe 'Compare-Image' {
    It 'gives an object for each file that differs' {
        $changes = @(Compare-Image before after)
        $changes | Should -BeOfType ([LayerPS.ImageChange])
        $changes.ForEach{ "$($_.Kind) $($_.Path)" } | Should -Be 'Modified /a file', 'Modified /etc',
            'Deleted /etc/hostname', 'Added /etc/hosts'
        $file = $changes.Where{ $_.Path -eq '/a file' }
        $file.Size | Should -Be 7
        $file.Aspects.HasFlag([LayerPS.FileAspects]::Content) | Should -BeTrue
        $changes.Where{ $_.Path -eq '/etc' }.Aspects.HasFlag([LayerPS.FileAspects]::Mode) | Should -BeTrue
        $changes.Where{ $_.Path -eq '/etc' }.After.Mode | Should -Be 'UserExecute, UserWrite, UserRead'
        $changes[-1].Before | Should -BeNullOrEmpty
        $changes[-1].After.Size | Should -Be 5
    }

    It 'gives nothing for an image and itself' { Compare-Image before before | Should -BeNullOrEmpty }

    It 'gives the opposite the other way round' {
        $changes = @(Compare-Image after before)
        $changes.Where{ $_.Kind -eq 'Added' }.Path | Should -Be /etc/hostname
        $changes.Where{ $_.Kind -eq 'Deleted' }.Path | Should -Be /etc/hosts
    }

    It 'takes the other image from the pipeline, <How>' -ForEach @(
        @{ How = 'as an object'; Call = { $stack | Compare-Image before } }
        @{ How = 'by name'; Call = { 'stack' | Compare-Image before } }
        @{ How = 'by the property Image'; Call = { [pscustomobject] @{ Image = 'stack' } | Compare-Image before } }
        @{ How = 'by wildcard'; Call = { Compare-Image before sta* } }
    ) {
        @(& $Call).Where{ $_.Kind -eq 'Added' }.Path | Should -Be /etc/more
    }

    It 'compares a layer with the one below it' {
        $changes = @($stack.Layers[1] | Compare-Image)
        $changes.Where{ $_.Kind -ne 'Modified' }.ForEach{ "$($_.Kind) $($_.Path)" } | Should -Be 'Added /etc/more'
        @(Compare-Image -Layer $stack.Layers[0].Id).Path | Should -Be '/', '/a file', '/etc', '/etc/hostname'
    }

    It 'compares layers with one that is named' {
        @(Compare-Image -Layer $after.Layers[0] -ReferenceLayer $before.Layers[0].ShortId).Count |
            Should -Be @(Compare-Image before after).Count
        Get-ImageHistory before | Compare-Image -ReferenceLayer $before.Layers[0] | Should -BeNullOrEmpty
    }

    It 'takes all layers of an image from the pipeline' {
        @(Get-ImageLayer stack | Compare-Image).Where{ $_.Path -eq '/etc/more' }.Kind | Should -Be Added
    }

    It 'goes on after an image that is not there' {
        $changes = @('nope', 'stack' | Compare-Image before -ErrorVariable failures -ErrorAction SilentlyContinue)
        $changes.Where{ $_.Kind -eq 'Added' }.Path | Should -Be /etc/more
        $failures.FullyQualifiedErrorId | Should -Be 'ImageNotFound,LayerPS.Commands.CompareImageCommand'
        { Compare-Image nope before -ErrorAction Stop } | Should -Throw -ErrorId 'ImageNotFound,*'
    }
}
