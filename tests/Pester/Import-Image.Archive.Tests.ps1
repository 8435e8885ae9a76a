BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore

    # Packs files, given by name and content, into a tar, in the order of their names.
    function New-Archive([string] $Name, [Collections.IDictionary] $Files) {
        $directory = [IO.Directory]::CreateDirectory("$folder/$Name.d").FullName
        foreach ($file in $Files.GetEnumerator()) {
            $path = [IO.Path]::Combine($directory, $file.Key)
            [void] [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($path))
            [IO.File]::WriteAllBytes($path, $file.Value)
        }
        & tar -C $directory -cf "$folder/$Name" @([string[]] $Files.Keys)
        "$folder/$Name"
    }

    $layer = [IO.File]::ReadAllBytes((New-TestArchive $folder 'layer.tar'))

    function Get-Hex([byte[]] $Bytes) { [Convert]::ToHexStringLower([Security.Cryptography.SHA256]::HashData($Bytes)) }

    function Get-Utf8([string] $Text) { , [Text.Encoding]::UTF8.GetBytes($Text) }

    # An image of the platform in the form of docker: its configuration's bytes and those of the layer.
    function New-ImageParts([string] $Architecture) {
        $configuration = Get-Utf8 (
            "{`"architecture`":`"$Architecture`",`"os`":`"linux`",`"config`":{`"Cmd`":[`"/bin/sh`"]}," +
            "`"rootfs`":{`"type`":`"layers`",`"diff_ids`":[`"sha256:$(Get-Hex $layer)`"]}}")
        @{ Layer = $layer; Configuration = $configuration; Id = Get-Hex $configuration }
    }

    $parts = New-ImageParts amd64
    $manifest = "[{`"Config`":`"$($parts.Id).json`",`"RepoTags`":[`"a/tool:1`",`"tool:2`"],`"Layers`":[`"layer.tar`"]}]"
    $docker = New-Archive docker.tar ([ordered] @{
            'layer.tar' = $parts.Layer; "$($parts.Id).json" = $parts.Configuration; 'manifest.json' = Get-Utf8 $manifest
        })
}

AfterAll { Remove-TestStore $folder }

Describe 'Import-Image of an archive of images' {
    AfterEach { Get-Image | Remove-Image -Force }

    It 'gives the image with its id, names and layers' {
        $image = Import-Image $docker
        $image.Id | Should -Be $parts.Id
        $image.References | Should -Be a/tool:1, tool:2
        $image.Config.Cmd | Should -Be /bin/sh
        [IO.File]::ReadAllText("$($image.Layers[0].Path)/etc/hostname") | Should -Be "here`n"
    }

    It 'gives it another name' {
        (Import-Image $docker mine).References | Should -Be mine:latest
    }

    It 'refuses what is for root file systems' {
        Import-Image $docker -Command sh -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ImageOptionInvalid,*'
        @(Get-Image).Count | Should -Be 0
    }

    It 'refuses another platform than it has' {
        Import-Image $docker -Platform linux/s390x -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ImagePlatformNotFound,*'
        (Import-Image $docker -Platform linux/amd64).Architecture | Should -Be amd64
    }

    It 'makes several images of one archive, and goes on after one that is wrong' {
        $second = New-ImageParts arm64
        $both = New-Archive both.tar ([ordered] @{
                'layer.tar' = $parts.Layer; "$($parts.Id).json" = $parts.Configuration
                "$($second.Id).json" = $second.Configuration
                'manifest.json' = Get-Utf8 (
                    "[{`"Config`":`"$($parts.Id).json`",`"Layers`":[`"layer.tar`"]}," +
                    "{`"Config`":`"$($second.Id).json`",`"RepoTags`":[`"arm:1`"],`"Layers`":[`"layer.tar`"]}]")
            })
        $wrong = New-Archive wrong.tar ([ordered] @{
                "$($parts.Id).json" = $parts.Configuration; 'manifest.json' = Get-Utf8 $manifest
            })
        $images = @($wrong, $both | Import-Image -ErrorVariable failure -ErrorAction SilentlyContinue)
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ArchiveInvalid,*'
        $failure.Count | Should -Be 1
        $images.Architecture | Should -Be amd64, arm64
        @(Get-ImageLayer).Count | Should -Be 1
        Get-StagingCount | Should -Be 0
    }

    It 'takes the directory of an OCI layout, and its archive' {
        $image = "{`"schemaVersion`":2,`"config`":{`"mediaType`":`"application/vnd.oci.image.config.v1+json`"," +
        "`"digest`":`"sha256:$($parts.Id)`",`"size`":$($parts.Configuration.Length)}," +
        "`"layers`":[{`"mediaType`":`"application/vnd.oci.image.layer.v1.tar`"," +
        "`"digest`":`"sha256:$(Get-Hex $parts.Layer)`",`"size`":$($parts.Layer.Length)}]}"
        $digest = Get-Hex (Get-Utf8 $image)
        $archive = New-Archive oci.tar ([ordered] @{
                'oci-layout' = Get-Utf8 '{"imageLayoutVersion":"1.0.0"}'
                'index.json' = Get-Utf8 (
                    "{`"schemaVersion`":2,`"manifests`":[{`"mediaType`":`"application/vnd.oci.image.manifest.v1+json`"," +
                    "`"digest`":`"sha256:$digest`",`"size`":$($image.Length)," +
                    "`"annotations`":{`"org.opencontainers.image.ref.name`":`"oci:1`"}}]}")
                "blobs/sha256/$digest" = Get-Utf8 $image
                "blobs/sha256/$($parts.Id)" = $parts.Configuration
                "blobs/sha256/$(Get-Hex $parts.Layer)" = $parts.Layer
            })
        $fromDirectory = Import-Image "$archive.d"
        $fromArchive = Import-Image $archive
        "$fromDirectory" | Should -Be oci:1
        $fromArchive.Digest | Should -Be "sha256:$digest"
        $fromDirectory.Digest | Should -Be "sha256:$digest"
    }

    It 'takes what a docker before 1.10 wrote' {
        $id = '2' * 64
        $legacy = New-Archive legacy.tar ([ordered] @{
                "$id/VERSION" = Get-Utf8 '1.0'
                "$id/json" = Get-Utf8 "{`"id`":`"$id`",`"container_config`":{`"Cmd`":[`"make`",`"it`"]},`"config`":{`"Cmd`":[`"sh`"]}}"
                "$id/layer.tar" = $layer
                'repositories' = Get-Utf8 "{`"old`":{`"1`":`"$id`",`"2`":`"$id`"}}"
            })
        $image = Import-Image $legacy
        $image.References | Should -Be old:1, old:2
        $image.Config.Cmd | Should -Be sh
        (Get-ImageHistory $image).CreatedBy | Should -Be 'make it'
        $image.Layers[0].DiffId | Should -Be (Get-Hex $layer)

        $wrong = New-Archive circle.tar ([ordered] @{
                "$id/json" = Get-Utf8 "{`"id`":`"$id`",`"parent`":`"$id`"}"; "$id/layer.tar" = $layer
            })
        Import-Image $wrong -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'ArchiveInvalid,*'
        Get-StagingCount | Should -Be 0
    }

    It 'tells what it would do' {
        Import-Image $docker -WhatIf | Should -BeNullOrEmpty
        @(Get-Image).Count | Should -Be 0
    }

    It 'completes platforms' {
        $line = 'Import-Image x -Platform linux/arm6'
        ([System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)).CompletionMatches[0].CompletionText |
            Should -Be linux/arm64
    }
}
