BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $base = New-Image base -FromCommand sh, ls -Label @{ who = 'me' } -StopSignal SIGINT
    $tool = New-Image tools/hash:1.0 -FromCommand sha256sum
    $unnamed = New-Image -Scratch
}

AfterAll { Remove-TestStore $folder }

Describe 'Get-Image' {
    It 'gives every image, sorted by name, those without one by their digest' {
        $images = @(Get-Image)
        $images.Count | Should -Be 3
        $images | Should -BeOfType ([LayerPS.Image])
        $images.Where{ $_.Name }.ForEach{ "$_" } | Should -Be 'base:latest', 'tools/hash:1.0'
        $images.Id | Should -Contain $unnamed.Id
    }

    It 'finds an image by <How>' -ForEach @(
        @{ How = 'name'; What = { 'base' } }
        @{ How = 'name:tag'; What = { 'base:latest' } }
        @{ How = 'path and tag'; What = { 'tools/hash:1.0' } ; Expected = { $tool } }
        @{ How = 'id'; What = { $base.Id } }
        @{ How = 'the beginning of an id'; What = { $base.ShortId } }
        @{ How = 'digest'; What = { $base.Digest } }
        @{ How = 'name@digest'; What = { "base@$($base.Digest)" } }
        @{ How = 'object'; What = { $base } }
        @{ How = 'object without a name'; What = { $unnamed }; Expected = { $unnamed } }
    ) {
        $wanted = if ($Expected) { & $Expected } else { $base }
        (Get-Image (& $What)).Id | Should -Be $wanted.Id
        (Get-Image -Name (& $What)).Id | Should -Be $wanted.Id
        ((& $What) | Get-Image).Id | Should -Be $wanted.Id
    }

    It 'finds images by the property <Property>' -ForEach @(
        @{ Property = 'Image'; Value = { 'base' } }
        @{ Property = 'Name'; Value = { 'base' } }
        @{ Property = 'Id'; Value = { $base.Id } }
    ) {
        $row = [pscustomobject] @{ Other = 1; $Property = & $Value }
        ($row | Get-Image).Id | Should -Be $base.Id
    }

    It 'finds the image of an object that came from another session' {
        $copy = Copy-Serialized $base
        $copy.PSObject.TypeNames | Should -Contain 'Deserialized.LayerPS.Image'
        ($copy | Get-Image).Id | Should -Be $base.Id
    }

    It 'matches <Pattern>' -ForEach @(
        @{ Pattern = '*'; Names = 'base:latest', 'tools/hash:1.0' }
        @{ Pattern = 'B*'; Names = @('base:latest') }
        @{ Pattern = 'tools/*'; Names = @('tools/hash:1.0') }
        @{ Pattern = '*:1.?'; Names = @('tools/hash:1.0') }
        @{ Pattern = '[a-c]ase'; Names = @('base:latest') }
        @{ Pattern = 'nothing*'; Names = @() }
    ) {
        @(Get-Image $Pattern -ErrorAction Stop).ForEach{ "$_" } | Should -Be $Names
    }

    It 'takes several at once, and goes on after one that is not there' {
        $found = @(Get-Image bas, tools*, base -ErrorVariable failures -ErrorAction SilentlyContinue)
        $found.ForEach{ "$_" } | Should -Be 'tools/hash:1.0', 'base:latest'
        $failures.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'ImageNotFound,LayerPS.Commands.GetImageCommand'
        $failures[0].CategoryInfo.Category | Should -Be ObjectNotFound
        $failures[0].TargetObject | Should -Be bas
        $failures[0].Exception.Message | Should -BeLike "*'bas'*'base:latest'*"
        $failures[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'goes on in the pipeline after one that is not there' {
        $found = @('nope', 'base', '', 'Base!' | Get-Image -ErrorVariable failures -ErrorAction SilentlyContinue)
        $found.Id | Should -Be $base.Id
        $failures.FullyQualifiedErrorId -replace ',.*' |
            Should -Be 'ImageNotFound', 'ImageReferenceInvalid', 'ImageReferenceInvalid'
    }

    It 'does not take nothing for everything' {
        { Get-Image $null -ErrorAction Stop } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'tells that the beginning of an id is not clear' {
        # Of 17 ids, two begin with the same digit.
        foreach ($i in 1..14) { [void] (New-Image -Scratch -Label @{ i = $i }) }
        $counts = @{}
        foreach ($image in Get-Image) { $counts[$image.Id.Substring(0, 1)]++ }
        $digit = $counts.Keys.Where({ $counts[$_] -gt 1 }, 'First')
        { Get-Image "$digit" -ErrorAction Stop } | Should -Throw -ErrorId 'ImageNameAmbiguous*'
    }

    It 'gives times as times and sizes as bytes' {
        $image = Get-Image base
        $image.Created | Should -BeOfType ([DateTimeOffset])
        $image.Size | Should -BeOfType ([long])
        $image.Size | Should -BeGreaterThan ([IO.FileInfo]::new('/bin/sh').Length)
        $image.Config.Labels['who'] | Should -Be me
        $image.Config.StopSignal | Should -Be SIGINT
    }

    It 'ends once where the store cannot be used' {
        [IO.File]::WriteAllText("$env:LAYERPS_ROOT/version", '99')
        try {
            { 'a', 'b' | Get-Image } | Should -Throw -ErrorId 'StoreVersionUnsupported,LayerPS.Commands.GetImageCommand'
        }
        finally { [IO.File]::WriteAllText("$env:LAYERPS_ROOT/version", '1') }
    }

    It 'says what the system refused, by an id and without a stack trace' {
        $store = $env:LAYERPS_ROOT
        $env:LAYERPS_ROOT = '/dev/null/store'
        try {
            $failure = { Get-Image } | Should -Throw -PassThru -ErrorId 'HostCallFailed,*'
            $failure.ErrorDetails.Message | Should -BeLike '*/dev/null*'
            $failure.ErrorDetails.Message | Should -Not -BeLike '*   at *'
        }
        finally { $env:LAYERPS_ROOT = $store }
    }

    It 'completes <Word>' -ForEach @(
        @{ Word = 'ba'; Completed = 'base:latest' }
        @{ Word = "'too"; Completed = "'tools/hash:1.0'" }
        @{ Word = '"too'; Completed = '"tools/hash:1.0"' }
        @{ Word = 'zzz'; Completed = $null }
    ) {
        $line = "Get-Image $Word"
        $completion = [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
        $completion.CompletionMatches.Where{ $_.ResultType -eq 'ParameterValue' }.CompletionText | Should -Be $Completed
    }

    It 'streams: the first image is there before the last one is read' {
        # The last image's manifest is gone, so reading that one fails; the others have been given by then.
        $doomed = New-Image zzz -FromCommand true
        [IO.File]::Delete("$env:LAYERPS_ROOT/blobs/sha256/$($doomed.Digest.Substring(7))")
        $found = @(Get-Image -ErrorVariable failures -ErrorAction SilentlyContinue)
        $found.Name | Should -Contain base
        $failures.FullyQualifiedErrorId | Should -BeLike 'StoreCorrupt,*'
    }
}

Describe 'Get-Image of what has no name' {
    BeforeAll {
        $env:LAYERPS_ROOT = [IO.Path]::Combine($folder, 'second store')
        $low = New-Image low -FromDirectory (New-TestTree $folder)
        $high = New-TestStack high $low (New-Image scrap -Scratch)
        $lost = New-Image scrap -Scratch -Label @{ again = 'yes' }
        Remove-TestReference low
    }

    It 'shows with -All every read-only layer, those in the middle as images that end there' {
        $all = @(Get-Image -All)
        $all.Where{ -not $_.Intermediate }.Count | Should -Be 3
        $middle = $all.Where{ $_.Intermediate }
        $middle.Id | Should -Be $low.Layers[0].Id
        $middle.Layers.Count | Should -Be 1
        (Get-Image $middle.ShortId).Id | Should -Be $middle.Id
    }

    It 'shows with -Dangling what has lost its name, and nothing else' {
        $dangling = @(Get-Image -Dangling)
        $dangling.Count | Should -Be 1
        $dangling.Layers.Id | Should -Be $lost.Layers[0].Id
        $dangling.References | Should -BeNullOrEmpty
        $dangling.Id | Should -Not -Be $lost.Id
    }

    It 'takes -All, -Dangling and names one at a time' {
        { Get-Image -All -Dangling } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        { Get-Image -Image high -All } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }

    It 'shows the others where one cannot be read, and tells of that one' {
        [IO.File]::WriteAllText("$env:LAYERPS_ROOT/blobs/sha256/$($lost.Id)", '{')
        $found = @(Get-Image -ErrorVariable failures -ErrorAction SilentlyContinue)
        $found.Id | Should -Contain $high.Id
        $failures.FullyQualifiedErrorId | Should -Be 'StoreCorrupt,LayerPS.Commands.GetImageCommand'
    }
}
