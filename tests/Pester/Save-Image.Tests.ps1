BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    New-TestBase
    New-Image tools -FromCommand true
    $target = [IO.Directory]::CreateDirectory("$folder/target").FullName
    $archive = "$target/saved.tar"

    # The names in a tar.
    function Get-ArchiveName([string] $Path) { & tar -tf $Path }

    # Does something with an empty store of its own, where nothing of the other is.
    function Invoke-InOtherStore([scriptblock] $Script) {
        $first = $env:LAYERPS_ROOT
        $other = New-TestStore
        try { & $Script }
        finally {
            Remove-TestStore $other
            $env:LAYERPS_ROOT = $first
        }
    }
}

AfterAll { Remove-TestStore $folder }

Describe 'Save-Image' {
    AfterEach { foreach ($file in [IO.Directory]::GetFiles($target)) { [IO.File]::Delete($file) } }

    It 'saves an image that is the same where it is imported: <Format>, <Compression>' -ForEach @(
        foreach ($format in 'Combined', 'Oci', 'Docker') {
            foreach ($compression in 'None', 'Gzip', 'Zstd') { @{ Format = $format; Compression = $compression } }
        }
    ) {
        $image = Get-Image base
        Save-Image base $archive -Format $Format -Compression $Compression | Should -BeNullOrEmpty
        Invoke-InOtherStore {
            $again = Import-Image $archive
            "$again" | Should -Be base:latest
            $again.Id | Should -Be $image.Id
            $again.Layers[0].Id | Should -Be $image.Layers[0].Id
            Invoke-Container base -Remove -Command sh, -c, 'echo it runs' | Should -Be 'it runs'
        }
    }

    It 'saves the name that an image was told or got by, all names of a list, and none for an id' {
        Add-ImageTag base second:1
        Add-ImageTag base second:2
        $id = (Get-Image base).Id
        $ways = @(
            @{ Save = { Save-Image second:1 $archive }; Names = 'second:1' }
            @{ Save = { Save-Image second:1, base $archive }; Names = 'base:latest', 'second:1' }
            @{ Save = { Get-Image second:1 | Save-Image -Path $archive }; Names = 'second:1' }
            @{ Save = { Get-Image second:* | Save-Image -Path $archive }; Names = 'second:1', 'second:2' }
            @{ Save = { Get-Image | Where-Object Id -EQ $id | Save-Image -Path $archive }
                Names = 'base:latest', 'second:1', 'second:2'
            }
            @{ Save = { Save-Image $id $archive }; Names = @() }
            @{ Save = { Save-Image $id.Substring(0, 12) $archive -Format Docker }; Names = @() }
        )
        try {
            foreach ($way in $ways) {
                & $way.Save
                Invoke-InOtherStore { @((Import-Image $archive).References) | Should -Be $way.Names -Because $way.Save }
            }
        }
        finally { Remove-ImageTag second:1, second:2 }
    }

    It 'saves images from the pipeline into one archive' {
        Get-Image | Save-Image -Path $archive
        Invoke-InOtherStore {
            @(Import-Image $archive).ForEach{ "$_" } | Should -Be base:latest, tools:latest
        }
    }

    It 'has what docker, and what OCI tools look for' {
        Save-Image base $archive
        $names = Get-ArchiveName $archive
        foreach ($name in 'manifest.json', 'repositories', 'index.json', 'oci-layout') { $names | Should -Contain $name }
        Save-Image base $archive -Format Oci
        Get-ArchiveName $archive | Should -Not -Contain manifest.json
        Save-Image base $archive -Format Docker
        $names = Get-ArchiveName $archive
        $names | Should -Not -Contain oci-layout
        $layer = (Get-Image base).Layers[0].Id
        foreach ($name in 'VERSION', 'json', 'layer.tar') { $names | Should -Contain "$layer/$name" }
    }

    It 'writes a layout on disk' {
        $directory = Save-Image base "$folder/layout" -Directory -PassThru
        $directory | Should -BeOfType ([IO.DirectoryInfo])
        [IO.File]::Exists("$folder/layout/blobs/sha256/$((Get-Image base).Id)") | Should -BeTrue
        (Import-Image "$folder/layout").Id | Should -Be (Get-Image base).Id
    }

    It 'returns the file with -PassThru' {
        $file = Save-Image tools $archive -PassThru
        $file | Should -BeOfType ([IO.FileInfo])
        $file.FullName | Should -Be $archive
    }

    It 'replaces a file, but not with -NoClobber' {
        [IO.File]::WriteAllText($archive, 'before')
        Save-Image tools $archive -NoClobber -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'OutputExists,*'
        [IO.File]::ReadAllText($archive) | Should -Be before
        Save-Image tools $archive
        Get-ArchiveName $archive | Should -Contain index.json
        [IO.Directory]::GetFileSystemEntries($target).Count | Should -Be 1
    }

    It 'does nothing with -WhatIf' {
        Save-Image tools $archive -WhatIf
        [IO.File]::Exists($archive) | Should -BeFalse
    }

    It 'names the cmdlet for containers' {
        $container = New-Container tools -Name box
        $container | Save-Image -Path $archive -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ImageOptionInvalid,*'
        $failure[0].ErrorDetails.RecommendedAction | Should -BeLike '*Export-Container*'
        [IO.File]::Exists($archive) | Should -BeFalse
    }

    It 'tells an image that is not there, and writes nothing' {
        Save-Image nothing $archive -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ImageNotFound,*'
        [IO.File]::Exists($archive) | Should -BeFalse
    }
}
