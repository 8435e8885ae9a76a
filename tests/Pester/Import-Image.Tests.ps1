BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $plain = New-TestArchive $folder
    $packed = New-TestArchive $folder 'packed.tar.gz' '-z'
    $odd = New-TestArchive $folder '[odd] name.tar'
    $text = [IO.Path]::Combine($folder, 'text.tar')
    [IO.File]::WriteAllText($text, 'this is no archive ' * 100)
}

AfterAll { Remove-TestStore $folder }

Describe 'Import-Image' {
    It 'makes an image of <What>' -ForEach @(
        @{ What = 'a plain archive'; Archive = { $plain } }
        @{ What = 'a packed archive'; Archive = { $packed } }
    ) {
        $image = Import-Image (& $Archive) small -Command /bin/sh, -l -Environment @{ A = 1 } -User web
        "$image" | Should -Be small:latest
        $image.Config.Cmd | Should -Be /bin/sh, -l
        $image.Config.Env | Should -Be A=1
        $image.Config.User | Should -Be web
        [IO.File]::ReadAllText("$($image.Layers[0].Path)/etc/hostname") | Should -Be "here`n"
        [IO.File]::ReadAllText("$($image.Layers[0].Path)/a file") | Should -Be content
    }

    It 'stores the same content once' {
        $images = @($plain, $packed | Import-Image)
        $images.Count | Should -Be 2
        $images[0].Layers[0].Id | Should -Be $images[1].Layers[0].Id
    }

    It 'takes wildcards' {
        $pattern = [Management.Automation.WildcardPattern]::Escape($folder) + '/*.tar.gz'
        @(Import-Image $pattern -Name wild).Count | Should -Be 1
        Import-Image ($pattern -replace 'gz$', 'nothing') -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'takes a literal path' {
        (Import-Image -LiteralPath $odd -Name odd).Size | Should -Be 12
        Import-Image $odd -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'takes a path from the session''s location' {
        $location = $ExecutionContext.SessionState.Path
        [void] $location.PushCurrentLocation('tests')
        try {
            [void] $location.SetLocation([Management.Automation.WildcardPattern]::Escape($folder))
            (Import-Image ./packed.tar.gz relative).Size | Should -Be 12
        }
        finally { [void] $location.PopLocation('tests') }
    }

    It 'takes files from the pipeline, whose own names are not the images''' {
        $images = @([IO.FileInfo] $plain, [IO.FileInfo] $odd | Import-Image -Command sh)
        $images.Count | Should -Be 2
        @($images | Where-Object Name) | Should -BeNullOrEmpty
        $images[1].Config.Cmd | Should -Be sh
    }

    It 'takes files as Get-ChildItem gives them, and not their owners' -Tag Pwsh {
        $images = @(Get-ChildItem -LiteralPath $folder -Filter *.gz | Import-Image)
        $images.Count | Should -Be 1
        $images[0].Name | Should -BeNullOrEmpty
        $images[0].Config.User | Should -BeNullOrEmpty
    }

    It 'names images by a script block' {
        $image = [IO.FileInfo] $packed | Import-Image -Name { $_.Name -replace '\..*' }
        "$image" | Should -Be packed:latest
    }

    It 'makes an image from each object that has its parameters as properties' {
        $rows = [pscustomobject] @{ Path = $plain; Name = 'one'; Command = 'sh', '-l' },
            [pscustomobject] @{ LiteralPath = $odd; Name = 'two:2'; Label = 'a=b' }
        $images = @($rows | Import-Image)
        $images.ForEach{ "$_" } | Should -Be one:latest, two:2
        $images[0].Config.Cmd | Should -Be sh, -l
        $images[1].Config.Labels['a'] | Should -Be b
    }

    It 'tells <What>' -ForEach @(
        @{ What = 'a file that is not there'; Path = { "$folder/no.tar" }; Id = 'ImageSourceNotFound' }
        @{ What = 'a directory'; Path = { "$folder/tree" }; Id = 'ImageSourceNotFound' }
        @{ What = 'what is no archive'; Path = { $text }; Id = 'ArchiveInvalid' }
        @{ What = 'a path of another provider'; Path = { 'env:PATH' }; Id = 'PathNotFileSystem' }
        @{ What = 'a wildcard in a directory that is not there'; Path = { '/no/such/*.tar' }; Id = 'PathNotFound' }
    ) {
        Import-Image (& $Path) broken -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures.FullyQualifiedErrorId | Should -Be "$Id,LayerPS.Commands.ImportImageCommand"
        Get-Image broken* | Should -BeNullOrEmpty
        Get-StagingCount | Should -Be 0
    }

    It 'goes on after an archive that cannot be imported' {
        $images = @('/no/such.tar', $plain, $text, $packed |
                Import-Image -ErrorVariable failures -ErrorAction SilentlyContinue)
        $images.Count | Should -Be 2
        $failures.FullyQualifiedErrorId -replace ',.*' | Should -Be ImageSourceNotFound, ArchiveInvalid
        $failures[1].CategoryInfo.Category | Should -Be InvalidData
    }

    It 'does nothing with -WhatIf' {
        $before = [IO.File]::ReadAllText("$env:LAYERPS_ROOT/references.json")
        $plain, $packed | Import-Image -Name whatif -WhatIf | Should -BeNullOrEmpty
        [IO.File]::ReadAllText("$env:LAYERPS_ROOT/references.json") | Should -Be $before
    }
}

Describe 'A long import' {
    BeforeAll {
        # Runs in a session of its own, so that its streams can be seen and it can be stopped.
        function Start-Import([string] $Path) {
            $session = [powershell]::Create([initialsessionstate]::CreateDefault2())
            [void] $session.AddScript('Import-Module $args[0]; Import-Image -LiteralPath $args[1] -Name long').
                AddArgument([IO.Path]::Combine($modulePath, 'LayerPS.psd1')).AddArgument($Path)
            @{ Session = $session; Run = $session.BeginInvoke() }
        }

        # How many descriptors of this process are that file.
        function Get-OpenCount([string] $Path) {
            @([IO.Directory]::GetFiles('/proc/self/fd') | ForEach-Object { [IO.FileInfo]::new($_).LinkTarget } |
                    Where-Object { $_ -eq $Path }).Count
        }

        # Waits for what another thread or process will have done in a moment.
        function Wait-Until([scriptblock] $Condition) {
            $limit = [DateTime]::UtcNow.AddSeconds(20)
            while (-not (& $Condition)) {
                [DateTime]::UtcNow | Should -BeLessThan $limit
                [Threading.Thread]::Sleep(20)
            }
        }
    }

    It 'tells how far it is, in bytes and percent' {
        # What cannot be packed well takes bzip2 its time.
        [IO.Directory]::CreateDirectory("$folder/large")
        [IO.File]::WriteAllBytes("$folder/large/noise", [Security.Cryptography.RandomNumberGenerator]::GetBytes(5MB))
        & tar -C "$folder/large" -cjf "$folder/large.tar.bz2" .
        $import = Start-Import "$folder/large.tar.bz2"
        $images = $import.Session.EndInvoke($import.Run)
        $images[0].Size | Should -Be 5MB
        $progress = $import.Session.Streams.Progress.Where{ $_.Activity -like '*large.tar.bz2*' }
        $progress.Count | Should -BeGreaterThan 1
        $progress[0].StatusDescription | Should -Match '^[\d.]+ [kM]?B of [\d.]+ MB$'
        $progress[0].PercentComplete | Should -BeGreaterThan 0
        $progress[0].PercentComplete | Should -BeLessThan 101
        $progress[-1].RecordType | Should -Be Completed
        $import.Session.Dispose()
    }

    It 'stops in the middle, and leaves nothing' {
        # An archive that never ends, at a pace: the same file again and again.
        $pipe = "$folder/endless.tar"
        & mkfifo $pipe
        [IO.File]::WriteAllBytes("$folder/noise", [byte[]]::new(64KB))
        & sh -c 'tar -C "$1" -cf - noise | head -c 66048 >"$1/entry"' sh $folder
        $code = 'exec >"$1"; while cat "$2" 2>/dev/null; do sleep 0.05; done'
        $writer = [Diagnostics.Process]::Start('sh', [string[]] ('-c', $code, 'sh', $pipe, "$folder/entry"))
        $import = Start-Import $pipe
        Wait-Until { $import.Session.Streams.Progress.Count -gt 0 }
        Get-StagingCount | Should -BeGreaterThan 0

        $import.Session.Stop()
        $import.Session.InvocationStateInfo.State | Should -Be Stopped
        $import.Session.Streams.Error.Count | Should -Be 0
        Get-StagingCount | Should -Be 0
        Get-Image long* | ForEach-Object Size | Should -Not -Contain 0
        $writer.WaitForExit(10000) | Should -BeTrue
        $import.Session.Dispose()
    }

    It 'stops even where nothing comes' {
        $pipe = "$folder/silent.tar"
        & mkfifo $pipe
        # Held open here, so that the import can open it, and reads.
        $silence = [IO.File]::Open($pipe, 'Open', 'ReadWrite', 'ReadWrite')
        $import = Start-Import $pipe
        Wait-Until { (Get-OpenCount $pipe) -eq 2 }
        $import.Session.Stop()
        $import.Session.InvocationStateInfo.State | Should -Be Stopped
        $silence.Dispose()
        Wait-Until { (Get-StagingCount) -eq 0 }
        $import.Session.Dispose()
    }
}
