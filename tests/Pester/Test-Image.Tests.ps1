BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $low = New-Image low -FromDirectory (New-TestTree $folder)
    $more = [IO.Directory]::CreateDirectory("$folder/more").FullName
    [IO.File]::WriteAllText("$more/file", '12345')
    $high = New-TestStack high $low (New-Image more -FromDirectory $more)
}

AfterAll { Remove-TestStore $folder }

Describe 'Test-Image' {
    It 'gives an object for the manifest, the configuration and each layer' {
        $results = @(Test-Image high)
        $results | Should -BeOfType ([LayerPS.ImageTestResult])
        $results.Part | Should -Be Manifest, Config, Layer, Layer
        $results.Valid | Should -Not -Contain $false
        $results.Image | Should -Be high:latest, high:latest, high:latest, high:latest
        $results[1].Id | Should -Be $high.Id
        $results[2, 3].Id | Should -Be $high.Layers.Id
        $results[3].Path | Should -Be ([IO.Path]::GetDirectoryName($high.Layers[1].Path))
    }

    It 'tests all images where none is named, and those of the pipeline' {
        @(Test-Image).Count | Should -Be 10
        @(Get-Image | Test-Image).Count | Should -Be 10
        @('low', 'high' | Test-Image).Count | Should -Be 7
        @([pscustomobject] @{ Name = 'low' } | Test-Image).Count | Should -Be 3
        @(Test-Image l*).Count | Should -Be 3
    }

    It 'tests layers' {
        $result = $high.Layers[1] | Test-Image
        $result.Id | Should -Be $high.Layers[1].Id
        $result.Image | Should -BeNullOrEmpty
        @(Get-ImageLayer high | Test-Image).Count | Should -Be 2
    }

    It 'says true with -Quiet' {
        Test-Image -Quiet | Should -BeTrue
        Test-Image high -Quiet | Should -BeOfType ([bool])
    }

    It 'goes on after an image that is not there' {
        @(Test-Image nope, low -ErrorVariable failures -ErrorAction SilentlyContinue).Count | Should -Be 3
        $failures.FullyQualifiedErrorId | Should -Be 'ImageNotFound,LayerPS.Commands.TestImageCommand'
        Test-Image nope, low -Quiet -ErrorAction Ignore | Should -BeFalse
    }

    Context 'of what is damaged' {
        BeforeAll {
            # The same length and the same time: only the digest can tell.
            $file = "$($high.Layers[1].Path)/file"
            & sh -c 'touch -r "$1" "$1.time"; printf 54321 > "$1"; touch -r "$1.time" "$1"; rm "$1.time"' sh $file
        }

        It 'says what is wrong with the layer, and that the others are right' {
            $results = @(Test-Image high, low)
            $results.Where{ -not $_.Valid }.Id | Should -Be $high.Layers[1].Id
            $problems = $results.Where{ -not $_.Valid }.Problems -join ' '
            $problems | Should -BeLike "*digest of its tar*$($high.Layers[1].DiffId)*"
            Test-Image high -Quiet | Should -BeFalse
            Test-Image low -Quiet | Should -BeTrue
        }

        It 'names the files' {
            [IO.File]::WriteAllText("$($high.Layers[1].Path)/file", 'longer than before')
            [IO.File]::WriteAllText("$($high.Layers[1].Path)/another", '')
            $problems = (Test-Image high).Problems
            @($problems -like "'/file' *Content*").Count | Should -Be 1
            @($problems -like "'/another' does not belong to it.").Count | Should -Be 1
        }

        It 'tests also an image whose configuration cannot be read' {
            [IO.File]::WriteAllText("$env:LAYERPS_ROOT/blobs/sha256/$($low.Id)", '{')
            (Test-Image low).Valid | Should -Be $true, $false
            @(Test-Image).Where{ -not $_.Valid }.Count | Should -Be 2
        }

        It 'leaves nothing behind' { Get-StagingCount | Should -Be 0 }
    }
}
