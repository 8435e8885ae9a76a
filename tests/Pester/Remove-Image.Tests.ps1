BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $tree = New-TestTree $folder
}

AfterAll { Remove-TestStore $folder }

Describe 'Remove-Image' {
    BeforeEach {
        $low = New-Image low -FromDirectory $tree
        $scrap = New-Image scrap -Scratch
        $high = New-TestStack high $low $scrap
        $higher = New-TestStack higher $high $scrap
    }

    AfterEach {
        Get-Container | Remove-Container -Force
        Get-Image | Remove-Image
        @(Get-Image -All).Count | Should -Be 0
        foreach ($part in 'layers', 'staging') {
            [IO.Directory]::GetFileSystemEntries("$env:LAYERPS_ROOT/$part").Count | Should -Be 0
        }
    }

    It 'removes the top with the layer that nothing else uses, and says nothing' {
        Remove-Image higher | Should -BeNullOrEmpty
        { Get-Image higher -ErrorAction Stop } | Should -Throw -ErrorId 'ImageNotFound,*'
        [IO.Directory]::Exists($higher.Layers[2].Path) | Should -BeFalse
        [IO.Directory]::Exists($higher.Layers[1].Path) | Should -BeTrue
        (Get-Image high).Layers.Id | Should -Be $high.Layers.Id
    }

    It 'tells with -PassThru what went' {
        $removal = Remove-Image higher -PassThru
        $removal | Should -BeOfType ([LayerPS.ImageRemoval])
        $removal.Image | Should -Be higher:latest
        $removal.Untagged | Should -Be higher:latest
        $removal.Images | Should -Be $higher.Id
        $removal.Layers | Should -Be $higher.Layers[2].Id
        $removal.Size | Should -BeGreaterThan 0
    }

    It 'refuses what others stand on, and names them' {
        $failure = { Remove-Image low -ErrorAction Stop } |
            Should -Throw -PassThru -ErrorId 'ImageHasDependents,LayerPS.Commands.RemoveImageCommand'
        $failure.Exception.Message | Should -BeLike "*'low:latest'*'high:latest', 'higher:latest'*"
        $failure.CategoryInfo.Category | Should -Be InvalidOperation
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Force*'
        @(Get-Image).Count | Should -Be 4
    }

    It 'takes with -Force all that stand on it, top first' {
        $removal = Remove-Image low -Force -PassThru
        $removal.Images | Should -Be $higher.Id, $high.Id, $low.Id
        $removal.Layers | Should -Be $higher.Layers[2].Id, $high.Layers[1].Id, $low.Layers[0].Id
        @(Get-Image).ForEach{ "$_" } | Should -Be scrap:latest
    }

    It 'lists with -WhatIf exactly what -Force would take, and takes nothing' {
        $plan = Remove-Image low -Force -WhatIf -PassThru
        $text = Get-SessionText 'Remove-Image low -Force -WhatIf'
        @(Get-Image).Count | Should -Be 4
        foreach ($image in $low, $high, $higher) {
            $text | Should -BeLike "*$image*"
            $text | Should -BeLike "*Images:*$($image.ShortId)*"
            $text | Should -BeLike "*Layers:*$($image.Layers[-1].ShortId)*"
        }
        $done = Remove-Image low -Force -PassThru
        foreach ($property in 'Image', 'Untagged', 'Images', 'Layers', 'Containers', 'Size') {
            $done.$property | Should -Be $plan.$property
        }
    }

    It 'removes several in an order that works, whatever the order that they come in' {
        $removals = Get-Image low, high, higher | Remove-Image -PassThru
        $removals.Image | Should -Be higher:latest, high:latest, low:latest
    }

    It 'plans several as it would remove them' {
        $plans = Get-Image | Remove-Image -WhatIf -PassThru
        $done = Get-Image | Remove-Image -PassThru
        $plans.Image | Should -Be $done.Image
        $plans.Layers | Should -Be $done.Layers
        $plans.Size | Should -Be $done.Size
    }

    It 'takes just the name where an image has another one' {
        Add-ImageTag high other
        (Remove-Image other -PassThru).Untagged | Should -Be other:latest
        (Get-Image high).Id | Should -Be $high.Id
    }

    It 'takes from an image in the pipeline the name that it was got by' {
        Add-ImageTag higher keep
        (Get-Image higher | Remove-Image -PassThru).Images | Should -BeNullOrEmpty
        (Get-Image keep).References | Should -Be keep:latest
    }

    It 'takes all names that a wildcard matches' {
        Add-ImageTag higher old/a, old/b
        (Remove-Image old/* -PassThru).Untagged | Should -Be old/a:latest, old/b:latest
        (Get-Image higher).References | Should -Be higher:latest
        Add-ImageTag higher higher:1
        (Remove-Image higher* -PassThru).Images | Should -Be $higher.Id
    }

    It 'takes an image by its id with all its names' {
        Add-ImageTag higher other
        (Remove-Image $higher.ShortId -PassThru).Untagged | Should -Be higher:latest, other:latest
    }

    It 'takes a layer in the middle only with -Force, and what stands on it' {
        Remove-TestReference high
        $middle = Get-Image -All | Where-Object Id -EQ $high.Layers[1].Id
        { $middle | Remove-Image -ErrorAction Stop } | Should -Throw -ErrorId 'ImageHasDependents,*'
        ($middle | Remove-Image -Force -PassThru).Images | Should -Be $higher.Id
        [IO.Directory]::Exists($high.Layers[1].Path) | Should -BeFalse
    }

    It 'removes everything that is listed' {
        $removals = Get-Image -All | Remove-Image -PassThru
        $removals.Images.Count | Should -Be 4
    }

    It 'refuses while a container uses it, and names the container' {
        [void] (New-Container high -Name happy -- true)
        $failure = { Remove-Image high -ErrorAction Stop } | Should -Throw -PassThru -ErrorId 'ImageHasDependents,*'
        Remove-Image higher
        $failure = { Remove-Image high -ErrorAction Stop } | Should -Throw -PassThru -ErrorId 'ImageInUse,*'
        $failure.Exception.Message | Should -BeLike "*'happy'*"
        $failure.CategoryInfo.Category | Should -Be ResourceBusy
    }

    It 'leaves with -Force a container that does not run its layers' {
        $container = New-Container high -Name happy -- true
        $removal = Remove-Image low -Force -PassThru
        $removal.Containers | Should -Be happy
        (Get-ImageLayer -Id $container.Parent).Containers | Should -Be happy
        Remove-Container happy
        @(Get-ImageLayer -Id $low.Layers[0].Id, $high.Layers[1].Id).ForEach{ $_.Containers } | Should -BeNullOrEmpty
        # What is left belongs to nobody now; the same image made again has use for it.
        $low = New-Image low -FromDirectory $tree
        [void] (New-TestStack high $low (Get-Image scrap))
    }

    It 'goes on after one that is not there' {
        Remove-Image nope, higher -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Be 'ImageNotFound,LayerPS.Commands.RemoveImageCommand'
        @(Get-Image high*).ForEach{ "$_" } | Should -Be high:latest
    }

    It 'takes rows by the property <Property>' -ForEach @{ Property = 'Image' }, @{ Property = 'Name' } {
        [pscustomobject] @{ $Property = 'higher' } | Remove-Image
        @(Get-Image high*).Count | Should -Be 1
    }

    It 'takes objects that came from another session, by their ids' {
        Copy-Serialized $higher | Remove-Image
        @(Get-Image high*).Count | Should -Be 1
    }
}

Describe 'Remove-Image of what runs' {
    It 'refuses always, -Force or not' {
        [void] (New-Image base -FromCommand sh, sleep)
        [void] (Invoke-Container base -Name busy -Detach -- sleep 1000)
        try {
            foreach ($force in $false, $true) {
                $failure = { Remove-Image base -Force:$force -ErrorAction Stop } |
                    Should -Throw -PassThru -ErrorId 'ImageInUse,*'
                $failure.Exception.Message | Should -BeLike "*'busy'*"
            }
            { Remove-Image base -Force -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'ImageInUse,*'
            (Get-Container busy).State | Should -Be Running
        }
        finally { Remove-Container busy -Force }
        Remove-Image base
    }
}

Describe 'Remove-Image beside a session that makes containers' {
    It 'leaves every container that was made its layers' {
        $ready = "$folder/ready"
        $maker = "
            Import-Module '$([IO.Path]::Combine($modulePath, 'LayerPS.psd1'))'
            [IO.File]::WriteAllText('$ready', '')
            foreach (`$i in 1..200) { New-Container raced -ErrorAction Ignore -- true | Out-Null }"
        $start = [Diagnostics.ProcessStartInfo]::new(@(Get-Shell)[0])
        foreach ($word in @(Get-Shell).Where{ $_ -ne $start.FileName } + '-NoProfile', '-Command', $maker) {
            $start.ArgumentList.Add($word)
        }
        [void] (New-Image raced -FromDirectory $tree)
        $process = [Diagnostics.Process]::Start($start)
        while (-not [IO.File]::Exists($ready)) { [Threading.Thread]::Sleep(20) }
        $round = 0
        while (-not $process.HasExited) {
            Remove-Image raced -Force -ErrorAction Ignore
            [IO.File]::WriteAllText("$tree/round", "$((++$round))")
            [void] (New-Image raced -FromDirectory $tree)
        }
        $process.WaitForExit()
        $containers = @(Get-Container)
        $containers.Count | Should -BeGreaterThan 0
        foreach ($container in $containers) {
            [IO.File]::Exists("$((Get-ImageLayer -Id $container.Parent).Path)/a file") | Should -BeTrue
        }
        Repair-ContainerStorage | Should -BeNullOrEmpty
        $containers | Remove-Container
        Remove-Image raced
        [void] (Optimize-ContainerStorage)
        @(Get-ImageLayer).Count | Should -Be 0
    }
}
