BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $tree = New-TestTree $folder
}

AfterAll { Remove-TestStore $folder }

Describe 'New-Image of commands' {
    It 'has the usual commands where none are named' {
        $image = New-Image base
        $image.Name | Should -Be base
        $image.Tag | Should -Be latest
        $image.Config.Cmd | Should -Be /bin/sh
        foreach ($command in 'sh', 'ls', 'cat') { "$($image.Layers[0].Path)/usr/bin/$command" | Should -Exist }
    }

    It 'has the commands that are named, and only these' {
        $image = New-Image small -FromCommand sha256sum, ls
        "$($image.Layers[0].Path)/usr/bin/sha256sum" | Should -Exist
        "$($image.Layers[0].Path)/usr/bin/cat" | Should -Not -Exist
        $image.Config.Cmd | Should -BeLike */sha256sum
    }

    It 'names a command that is not there, and makes nothing' {
        $failure = { New-Image broken -FromCommand sh, no-such-command -ErrorAction Stop } |
            Should -Throw -PassThru -ErrorId 'ImageCommandNotFound,LayerPS.Commands.NewImageCommand'
        $failure.Exception.Message | Should -BeLike "*'no-such-command'*"
        $failure.TargetObject | Should -Be no-such-command
        Get-Image broken* | Should -BeNullOrEmpty
        Get-StagingCount | Should -Be 0
    }
}

Describe 'New-Image of a directory' {
    It 'has its files' {
        $image = New-Image site -FromDirectory $tree
        [IO.File]::ReadAllText("$($image.Layers[0].Path)/etc/hostname") | Should -Be "here`n"
        $image.Size | Should -Be ("here`n" + 'content').Length
    }

    It 'takes a path from the session''s location' {
        $location = $ExecutionContext.SessionState.Path
        [void] $location.PushCurrentLocation('tests')
        try {
            [void] $location.SetLocation([Management.Automation.WildcardPattern]::Escape($folder))
            (New-Image relative -FromDirectory ./tree).Size | Should -Be 12
        }
        finally { [void] $location.PopLocation('tests') }
    }

    It 'takes directories from the pipeline, and their names' {
        $image = [IO.DirectoryInfo]::new($tree) | New-Image
        "$image" | Should -Be tree:latest
        $image.Size | Should -Be 12
    }

    It 'tells <What>' -ForEach @(
        @{ What = 'a path that is not there'; Path = '/no/such/directory'; Id = 'ImageSourceNotFound' }
        @{ What = 'a file'; Path = '/etc/passwd'; Id = 'ImageSourceNotFound' }
        @{ What = 'a path of another provider'; Path = 'env:PATH'; Id = 'PathNotFileSystem' }
        @{ What = 'a drive that is not there'; Path = 'nodrive:x'; Id = 'DriveNotFound' }
        @{ What = 'the store itself'; Path = { $env:LAYERPS_ROOT }; Id = 'ImageSourceInvalid' }
    ) {
        $directory = if ($Path -is [scriptblock]) { & $Path } else { $Path }
        New-Image x -FromDirectory $directory -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Be "$Id,LayerPS.Commands.NewImageCommand"
    }

    It 'warns of what it cannot take' {
        $socket = [Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
        $socket.Bind([Net.Sockets.UnixDomainSocketEndPoint]::new("$tree/a.sock"))
        try { New-Image x -FromDirectory $tree -WarningVariable warnings -WarningAction SilentlyContinue }
        finally { $socket.Dispose(); [IO.File]::Delete("$tree/a.sock") }
        "$warnings" | Should -BeLike '*a.sock*'
    }
}

Describe 'New-Image of nothing' {
    It 'has a layer without files' {
        $image = New-Image empty:1 -Scratch
        $image.Layers.Count | Should -Be 1
        $image.Size | Should -Be 0
        [IO.Directory]::GetFileSystemEntries($image.Layers[0].Path).Count | Should -Be 0
    }

    It 'goes with no other source' {
        { New-Image x -Scratch -FromDirectory $tree } | Should -Throw -ErrorId 'AmbiguousParameterSet*'
    }
}

Describe 'New-Image' {
    It 'gives the image what its containers run with' {
        $config = (New-Image configured -Scratch -Command /bin/a, 'b c' -Entrypoint /bin/e -Environment 'A=1', 'B=x=y' `
                -WorkingDirectory /srv -User web:1000 -Label 'k=v' -ExposedPort 80, 53/udp -Volume /data `
                -StopSignal SIGUSR1).Config
        $config.Cmd | Should -Be /bin/a, 'b c'
        $config.Entrypoint | Should -Be /bin/e
        $config.Env | Should -Be 'A=1', 'B=x=y'
        $config.WorkingDir | Should -Be /srv
        $config.User | Should -Be web:1000
        $config.Labels['k'] | Should -Be v
        $config.ExposedPorts | Should -Be 53/udp, 80
        $config.Volumes | Should -Be /data
        $config.StopSignal | Should -Be SIGUSR1
    }

    It 'takes environment and labels as hashtables' {
        $image = New-Image tables -Scratch -Environment @{ B = 2; A = 'x y' } -Label @{ 'a.b' = $true; c = $null }
        $image.Config.Env | Should -Be 'A=x y', 'B=2'
        $image.Config.Labels['a.b'] | Should -Be True
        $image.Config.Labels['c'] | Should -Be ''
    }

    It 'keeps the order of an ordered dictionary' {
        (New-Image x -Scratch -Environment ([ordered] @{ B = 2; A = 1 })).Config.Env | Should -Be 'B=2', 'A=1'
    }

    It 'refuses <Pair> as a variable' -ForEach @(
        @{ Pair = 'A' }
        @{ Pair = '=x' }
    ) {
        { New-Image x -Scratch -Environment $Pair } | Should -Throw "*'$Pair' is not of the form KEY=VALUE*"
    }

    It 'makes an image from each object that has its parameters as properties' {
        $rows = [pscustomobject] @{ Name = 'one'; FromCommand = 'sh'; Command = 'sh', '-l'; Label = @{ a = 1 } },
            [pscustomobject] @{ Name = 'Two'; FromCommand = 'ls' },
            [pscustomobject] @{ Name = 'three'; FromDirectory = $tree; WorkingDirectory = '/etc' }
        $images = @($rows | New-Image -ErrorVariable failures -ErrorAction SilentlyContinue)
        $images.Name | Should -Be one, three
        $images[0].Config.Cmd | Should -Be sh, -l
        $images[0].Config.Labels['a'] | Should -Be 1
        $images[1].Config.WorkingDir | Should -Be /etc
        $failures.FullyQualifiedErrorId | Should -Be 'ImageReferenceInvalid,LayerPS.Commands.NewImageCommand'
    }

    It 'takes the name from the image that had it' {
        $former = New-Image taken -Scratch
        $next = New-Image taken -FromCommand true
        (Get-Image taken).Id | Should -Be $next.Id
        (Get-Image $former.Id).Name | Should -BeNullOrEmpty
    }

    It 'makes an image without a name' {
        $image = New-Image -FromCommand false
        $image.Name | Should -BeNullOrEmpty
        $image.References.Count | Should -Be 0
        (Get-Image $image.ShortId).Id | Should -Be $image.Id
    }

    It 'does nothing with -WhatIf' {
        $before = [IO.File]::ReadAllText("$env:LAYERPS_ROOT/references.json")
        New-Image whatif -WhatIf | Should -BeNullOrEmpty
        New-Image whatif -FromDirectory $tree -WhatIf | Should -BeNullOrEmpty
        New-Image whatif -Scratch -WhatIf | Should -BeNullOrEmpty
        [IO.File]::ReadAllText("$env:LAYERPS_ROOT/references.json") | Should -Be $before
    }

    It 'completes signals' {
        $line = 'New-Image x -StopSignal SIGUS'
        $completion = [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
        $completion.CompletionMatches.CompletionText | Should -Be SIGUSR1, SIGUSR2
    }
}
