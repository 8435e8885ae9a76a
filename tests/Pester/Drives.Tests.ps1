BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $tree = New-TestTree $folder
    [IO.File]::WriteAllText("$tree/etc/gone", 'x')
    [IO.File]::WriteAllText("$tree/odd:100%\name", 'odd')
    [void] [IO.File]::CreateSymbolicLink("$tree/link", 'etc')
    [void] [IO.File]::CreateSymbolicLink("$tree/out", '/../../../etc/hostname')
    $base = New-Image base -FromDirectory $tree
    [void] (Add-ImageTag base localhost:5000/org/app:1)
    [void] (Add-ImageTag base org:app)
    $context = [IO.Directory]::CreateDirectory("$folder/context").FullName
    [IO.File]::WriteAllText("$context/new", "first`nsecond`n")
    [IO.File]::WriteAllText("$context/Dockerfile", "FROM base`nCOPY new /etc/new`n")
    $built = Build-Image -Path $context -Name org/app:2

    $items = $ExecutionContext.InvokeProvider.Item
    $children = $ExecutionContext.InvokeProvider.ChildItem
    function Get-Names([string] $Path) { @($ExecutionContext.InvokeProvider.ChildItem.GetNames($Path, 'ReturnMatchingContainers', $false)) }
    function Get-Lines([string] $Path) {
        $reader = $ExecutionContext.InvokeProvider.Content.GetReader($Path)[0]
        try { $reader.Read(0) } finally { $reader.Close() }
    }
}

AfterAll { Remove-TestStore $folder }

Describe 'The drive Image:' {
    It 'has the parts of names as levels, and an image where a tag is' {
        Get-Names 'Image:/' | Should -Be base, localhost%3A5000, org
        Get-Names 'Image:/org' | Should -Be app
        Get-Names 'Image:/localhost%3A5000/org/app' | Should -Be '1'
        $image = $items.Get('Image:/localhost%3A5000/org/app/1')[0]
        $image | Should -BeOfType LayerPS.Image
        $image.Id | Should -Be $base.Id
        $image.PSIsContainer | Should -BeTrue
    }

    It 'has a level that is a tag of one image and a part of the name of another' {
        Get-Names 'Image:/org/app' | Should -Be files, layers, '2'
        $items.Get('Image:/org/app')[0].Id | Should -Be $base.Id
        $items.Get('Image:/org/app/2')[0].Id | Should -Be $built.Id
    }

    It 'has the files of an image, whatever layer they are in' {
        Get-Names 'Image:/org/app/2/files/etc' | Should -Be gone, hostname, new
        Get-Lines 'Image:/org/app/2/files/etc/new' | Should -Be first, second
        Get-Lines 'Image:/org/app/2/files/etc/hostname' | Should -Be here
        $file = $items.Get('Image:/org/app/2/files/etc/new')[0]
        $file | Should -BeOfType LayerPS.FileItem
        $file.Length | Should -Be 13
        $file.PSIsContainer | Should -BeFalse
        $file.PSChildName | Should -Be new
    }

    It 'has each layer alone, the lowest first' {
        Get-Names 'Image:/org/app/2/layers' | Should -Be '0', '1'
        Get-Names 'Image:/org/app/2/layers/1/etc' | Should -Be new
        $items.Get('Image:/org/app/2/layers/0')[0].Id | Should -Be $base.Layers[0].Id
        $items.Exists('Image:/org/app/2/layers/0/etc/new') | Should -BeFalse
    }

    It 'writes names that a path cannot have as a URI does' {
        $name = 'odd%3A100%25%5Cname'
        Get-Names 'Image:/base/latest/files' | Should -Contain $name
        $items.Get("Image:/base/latest/files/$name")[0].Name | Should -BeExactly 'odd:100%\name'
        Get-Lines "Image:/base/latest/files/$name" | Should -Be odd
    }

    It 'follows links inside, and none out of the image' {
        $link = $items.Get('Image:/base/latest/files/link')[0]
        $link.Type | Should -Be SymbolicLink
        $link.Target | Should -Be etc
        Get-Lines 'Image:/base/latest/files/link/hostname' | Should -Be here
        Get-Lines 'Image:/base/latest/files/out' | Should -Be here
    }

    It 'is walked to the end, without going into links' {
        $all = $children.Get('Image:/base/latest/files', $true)
        ($all.Path | Where-Object { $_ -like '*hostname' }) | Should -Be '/etc/hostname'
        $all.Count | Should -Be 7
    }

    It 'has nothing where nothing is' {
        foreach ($path in 'Image:/nope', 'Image:/base/nope', 'Image:/base/latest/files/nope', 'Image:/base/latest/files/etc/hostname/x') {
            $items.Exists($path) | Should -BeFalse
        }
        { $items.Get('Image:/nope') } | Should -Throw
    }

    It 'is not written' {
        { $ExecutionContext.InvokeProvider.Content.GetWriter('Image:/base/latest/files/etc/hostname') } |
            Should -Throw '*cannot be written*'
        Get-Lines 'Image:/base/latest/files/etc/hostname' | Should -Be here
    }

    It 'is gone into' {
        Push-Location Image:/org/app/2/files/etc
        try { (Resolve-Path new).Path | Should -BeLike '*new' } finally { Pop-Location }
        (Get-ChildItem Image:\org\app\2\files -Recurse).Name | Should -Contain new
        Get-Content Image:\org\app\2\files\etc\new | Should -Be first, second
        [string]::new([char[]] (Get-Content Image:\org\app\2\files\etc\new -AsByteStream)) | Should -Be "first`nsecond`n"
        Get-Content Image:\org\app\2\files\etc\new -Raw | Should -Be "first`nsecond`n"
        Test-Path Image:\org\app\2\files\etc\old | Should -BeFalse
    } -Tag Pwsh
}

Describe 'The drive Container:' {
    It 'has the files of a container that has never run, and what it has written since' {
        [void] (New-Image tools -FromCommand sh, sleep, touch)
        $container = New-Container tools -Name web -- sh -c 'echo inside > /said; exec sleep 1000'
        $items.Exists('Container:/web/said') | Should -BeFalse
        Start-Container $container
        Wait-Until { $items.Exists('Container:/web/said') }
        Get-Lines 'Container:/web/said' | Should -Be inside
        $items.Get('Container:/web')[0] | Should -BeOfType LayerPS.Container
        $items.Exists('Container:/web/proc/1/status') | Should -BeTrue
        Stop-Container $container -Force
        Get-Lines 'Container:/web/said' | Should -Be inside
        Get-Names 'Container:/' | Should -Be web
        Remove-Container $container
        $items.Exists('Container:/web') | Should -BeFalse
    }
}
