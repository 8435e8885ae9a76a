BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $base = New-TestBase -Environment @{ LANG = 'C' } -Label @{ of = 'image' } -StopSignal SIGINT
    $entry = New-Image entry -FromCommand sh -Entrypoint /bin/sh, -c -Command 'exit 0'
    [void] (New-Image empty -Scratch)
}

AfterAll { Remove-TestStore $folder }

Describe 'New-Container' {
    It 'puts a writable layer above the image, and starts nothing' {
        $container = New-Container base
        $container | Should -BeOfType ([LayerPS.Container])
        $container.State | Should -Be Created
        $container.Status | Should -Be Created
        $container.Pid | Should -BeNullOrEmpty
        $container.ExitCode | Should -BeNullOrEmpty
        $container.Id | Should -Match '^[0-9a-f]{64}$'
        $container.Name | Should -Match '^[a-z]+-[a-z]+'
        $container.Image | Should -Be base:latest
        $container.ImageId | Should -Be $base.Id
        $container.Parent | Should -Be $base.Layers[-1].Id
        $container.Command | Should -Be /bin/sh
        [IO.Directory]::GetFileSystemEntries($container.UpperPath).Count | Should -Be 0
        $container.MetadataPath | Should -FileContentMatch $base.Layers[-1].Id
        (Get-Container $container.Name).Id | Should -Be $container.Id
    }

    It 'takes the image as <How>' -ForEach @(
        @{ How = 'name'; Call = { New-Container base true } }
        @{ How = 'name:tag'; Call = { New-Container -Image base:latest -Command true } }
        @{ How = 'the beginning of an id'; Call = { New-Container $base.ShortId true } }
        @{ How = 'object'; Call = { New-Container $base true } }
        @{ How = 'name in the pipeline'; Call = { 'base' | New-Container -Command true } }
        @{ How = 'object in the pipeline'; Call = { $base | New-Container -Command true } }
        @{ How = 'object from another session'; Call = { Copy-Serialized $base | New-Container -Command true } }
        @{ How = 'property'; Call = { [pscustomobject] @{ Image = 'base' } | New-Container -Command true } }
        @{ How = 'property Id'; Call = { [pscustomobject] @{ Id = $base.Id } | New-Container -Command true } }
    ) {
        $container = & $Call
        $container.ImageId | Should -Be $base.Id
        $container.Command | Should -Be true
        $container.Name | Should -Not -Be base
    }

    It 'takes the command <How>' -ForEach @(
        @{ How = 'after --'; Call = { New-Container base -- ls -l '/a b' }; Words = 'ls', '-l', '/a b' }
        @{ How = 'after -- and a dash'; Call = { New-Container base -- sh -- -x }; Words = 'sh', '--', '-x' }
        @{ How = 'without --'; Call = { New-Container base ls / }; Words = 'ls', '/' }
        @{ How = 'with an array in it'; Call = { New-Container base -- ls @('-a', '-l') / }; Words = 'ls', '-a', '-l', '/' }
        @{ How = 'by name'; Call = { New-Container base -Command ls, -l }; Words = 'ls', '-l' }
        @{ How = 'with numbers'; Call = { New-Container base -- sleep 100 }; Words = 'sleep', '100' }
        @{ How = 'with nothing in it'; Call = { New-Container base -- ls '' $null }; Words = 'ls', '' }
        @{ How = 'as a property'; Words = 'ls', '-l'
            Call = { [pscustomobject] @{ Image = 'base'; Command = 'ls', '-l' } | New-Container }
        }
    ) {
        (& $Call).Command | Should -Be $Words
    }

    It 'gives the container what it is asked to run with' {
        $container = New-Container base -Name all -Entrypoint sh, -c -Command 'exit 0' -Environment 'A=1', 'LANG=de' `
            -WorkingDirectory /srv -User nobody -Hostname here -Label @{ k = 'v' } -StopSignal SIGUSR1 -StopTimeout 2.5 `
            -Network Host -Remove
        $container.Name | Should -Be all
        $config = $container.Config
        $config.Entrypoint | Should -Be sh, -c
        $config.Command | Should -Be 'exit 0'
        $config.Environment | Should -Contain A=1
        $config.Environment | Should -Contain LANG=de
        $config.Environment | Should -Not -Contain LANG=C
        $config.WorkingDirectory | Should -Be /srv
        $config.User | Should -Be nobody
        $config.Hostname | Should -Be here
        $config.Labels['k'] | Should -Be v
        $config.Labels['of'] | Should -Be image
        $config.StopSignal | Should -Be SIGUSR1
        $config.StopTimeout | Should -Be 2.5
        $config.Network | Should -Be Host
        $config.AutoRemove | Should -BeTrue
    }

    It 'takes from the image what it is not asked for' {
        $config = (New-Container base).Config
        $config.Environment | Should -Contain LANG=C
        $config.Labels['of'] | Should -Be image
        $config.StopSignal | Should -Be SIGINT
        $config.StopTimeout | Should -Be 10
        $config.Network | Should -Be None
        $config.AutoRemove | Should -BeFalse
    }

    It 'has the entrypoint <How>' -ForEach @(
        @{ How = 'of the image'; Arguments = @{}; Entrypoint = '/bin/sh', '-c'; Command = @('exit 0') }
        @{ How = 'of the image before another command'; Arguments = @{ Command = 'exit 1' }
            Entrypoint = '/bin/sh', '-c'; Command = @('exit 1')
        }
        @{ How = 'that was asked for'; Arguments = @{ Entrypoint = 'sh' }; Entrypoint = @('sh'); Command = @() }
        @{ How = 'taken away'; Arguments = @{ Entrypoint = ''; Command = 'sh' }; Entrypoint = @(); Command = @('sh') }
    ) {
        $container = New-Container $entry @Arguments
        $container.Entrypoint | Should -Be $Entrypoint
        $container.Command | Should -Be $Command
    }

    It 'makes a twin of <What>' -ForEach @(
        @{ What = 'a container'; Source = { Get-Container of-twins } }
        @{ What = 'a container from another session'; Source = { Copy-Serialized (Get-Container of-twins) } }
    ) {
        if (-not (Get-Container of-twin[s])) {
            [void] (New-Container base -Name of-twins -Label @{ k = 'v' } -User nobody -Environment A=1 -- ls -l)
        }
        $twin = & $Source | New-Container
        $twin.Name | Should -Not -Be of-twins
        $twin.ImageId | Should -Be $base.Id
        $twin.Command | Should -Be ls, -l
        $twin.Labels['k'] | Should -Be v
        $twin.Config.User | Should -Be nobody
        $twin.Config.Environment | Should -Contain A=1
        $twin.Config.Hostname | Should -Be $twin.ShortId
    }

    It 'keeps an open input and a terminal, and so does a twin unless it is asked not to' {
        $made = New-Container base -Interactive -Tty -- cat
        $made.Config.Interactive, $made.Config.Tty | Should -Be $true, $true
        $twin = $made | New-Container -Tty:$false
        $twin.Config.Interactive, $twin.Config.Tty | Should -Be $true, $false
        (New-Container base -- cat).Config.Interactive | Should -BeFalse
    }

    It 'makes a twin that differs where it is asked to' {
        $twin = New-Container base -Name model -Label @{ a = 1; b = 2 } -- ls |
            New-Container -Name copy -Label @{ b = 3 } -Command true
        $twin.Name | Should -Be copy
        $twin.Command | Should -Be true
        $twin.Labels['a'] | Should -Be 1
        $twin.Labels['b'] | Should -Be 3
    }

    It 'makes a container of each row, and goes on after a bad one' {
        $rows = [pscustomobject] @{ Image = 'base'; Name = 'row-1'; Command = 'true'; Label = @{ n = 1 } },
            [pscustomobject] @{ Image = 'nope'; Name = 'row-2' },
            [pscustomobject] @{ Image = 'base'; Name = 'row 3' },
            [pscustomobject] @{ Image = 'base'; Name = 'row-1' },
            [pscustomobject] @{ Image = 'base'; Name = 'row-5'; Hostname = 'five' }
        $made = @($rows | New-Container -ErrorVariable failures -ErrorAction SilentlyContinue)
        $made.Name | Should -Be row-1, row-5
        $made[0].Labels['n'] | Should -Be 1
        $made[1].Config.Hostname | Should -Be five
        $failures.FullyQualifiedErrorId -replace ',.*' |
            Should -Be ImageNotFound, ContainerNameInvalid, ContainerNameInUse
    }

    It 'tells <What>' -ForEach @(
        @{ What = 'an image that is not there'; Call = { New-Container bas }; Id = 'ImageNotFound'; Says = "*'base:latest'*" }
        @{ What = 'a wildcard'; Call = { New-Container b* }; Id = 'ImageReferenceInvalid'; Says = "*'b[*]'*" }
        @{ What = 'no command at all'; Call = { New-Container empty }; Id = 'ContainerCommandMissing'; Says = '*' }
        @{ What = 'a bad name'; Call = { New-Container base -Name '../x' }; Id = 'ContainerNameInvalid'; Says = "*'../x'*" }
        @{ What = 'docker''s --rm'; Call = { New-Container base --rm ls }; Id = 'ContainerCommandInvalid'; Says = '*-Remove*' }
        @{ What = 'docker''s -w'; Call = { New-Container base '-w' / }; Id = 'ContainerCommandInvalid'
            Says = '*-WorkingDirectory*'
        }
        @{ What = 'a mistyped parameter'; Call = { New-Container base -Hostnmae a }; Id = 'ContainerCommandInvalid'
            Says = '*-Hostname*'
        }
        @{ What = 'a bad host name'; Call = { New-Container base -Hostname 'a b' }; Id = 'ContainerOptionInvalid'
            Says = "*'a b'*"
        }
        @{ What = 'a relative directory'; Call = { New-Container base -WorkingDirectory srv }
            Id = 'ContainerOptionInvalid'; Says = "*'srv'*"
        }
        @{ What = 'a signal that is none'; Call = { New-Container base -StopSignal SIGTREM }
            Id = 'ContainerOptionInvalid'; Says = '*SIGTERM*'
        }
        @{ What = 'a time before now'; Call = { New-Container base -StopTimeout -1 }
            Id = 'ContainerOptionInvalid'; Says = '*-1*'
        }
        @{ What = 'a NUL character'; Call = { New-Container base -- ls "a`0b" }; Id = 'ContainerOptionInvalid'
            Says = '*a\0b*'
        }
    ) {
        $before = @(Get-Container).Count
        $failure = & $Call 2>&1
        $failure.FullyQualifiedErrorId | Should -Be "$Id,LayerPS.Commands.NewContainerCommand"
        $failure.Exception.Message | Should -BeLike $Says
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        @(Get-Container).Count | Should -Be $before
        Get-StagingCount | Should -Be 0
    }

    It 'takes no nothing for an image' {
        { New-Container $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'does nothing with -WhatIf, and says what it would' {
        $before = @(Get-Container).Count
        'base', 'empty' | New-Container -Command true -WhatIf | Should -BeNullOrEmpty
        @(Get-Container).Count | Should -Be $before
    }

    It 'is called Create-Container as well' {
        (Create-Container base -Name created).Name | Should -Be created
    }

    It 'completes <Line>' -ForEach @(
        @{ Line = 'New-Container b'; Completed = 'base:latest' }
        @{ Line = 'New-Container base -StopSignal usr'; Completed = 'SIGUSR1', 'SIGUSR2' }
        @{ Line = 'New-Container base -Network h'; Completed = 'Host' }
    ) {
        $completion = [Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null)
        $completion.CompletionMatches.CompletionText | Should -Be $Completed
    }
}
