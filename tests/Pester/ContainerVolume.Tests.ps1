BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
    $tree = New-TestTree $folder
    [void] [IO.Directory]::CreateDirectory("$tree/data")
    [IO.File]::WriteAllText("$tree/data/seed", 'from the image')
    [IO.File]::SetUnixFileMode("$tree/data/seed", [IO.UnixFileMode] 'UserRead, UserWrite')
}

AfterAll {
    Get-Container | Remove-Container -Force
    Remove-TestStore $folder
}

Describe 'Volumes' {
    AfterEach {
        Get-Container | Remove-Container -Force
        Get-ContainerVolume | Remove-ContainerVolume
    }

    It 'are made, got by name, wildcard and object, and removed' {
        $made = @(New-ContainerVolume one, two -Label @{ team = 'ops' })
        $made.Name | Should -Be one, two
        $made[0].Labels['team'] | Should -Be ops
        [IO.Directory]::Exists($made[0].Path) | Should -BeTrue
        @(Get-ContainerVolume).Count | Should -Be 2
        (Get-ContainerVolume t*).Name | Should -Be two
        ($made[0] | Get-ContainerVolume).Name | Should -Be one
        $made | Remove-ContainerVolume -WhatIf
        @(Get-ContainerVolume).Count | Should -Be 2
        $made | Remove-ContainerVolume
        Get-ContainerVolume | Should -BeNullOrEmpty
        [IO.Directory]::Exists($made[0].Path) | Should -BeFalse
    }

    It 'refuse <What>' -ForEach @(
        @{ What = 'a wrong name'; Call = { New-ContainerVolume 'a b' }; Id = 'VolumeNameInvalid' }
        @{ What = 'a name that climbs'; Call = { New-ContainerVolume '..' }; Id = 'VolumeNameInvalid' }
        @{ What = 'a name that is taken'; Call = { New-ContainerVolume there }; Id = 'VolumeNameInUse' }
        @{ What = 'to be got where there is none'; Call = { Get-ContainerVolume ther }; Id = 'VolumeNotFound' }
        @{ What = 'to be removed where there is none'; Call = { Remove-ContainerVolume none }; Id = 'VolumeNotFound' }
    ) {
        [void] (New-ContainerVolume there)
        & { $ErrorActionPreference = 'SilentlyContinue'; & $Call } 2>&1 | Out-Null
        $failure = $Error[0]
        $failure.FullyQualifiedErrorId -replace ',.*' | Should -Be $Id
    }

    It 'keep what a container wrote, for the next one and on the host' {
        Invoke-Container base -Remove -Volume journal:/var/journal -- sh -c 'echo kept > /var/journal/page'
        $volume = Get-ContainerVolume journal
        [IO.File]::ReadAllText("$($volume.Path)/page") | Should -Be "kept`n"
        Invoke-Container base -Remove -Volume journal:/j:ro -- sh -c 'cat /j/page; echo no > /j/page 2>/dev/null || echo refused' |
            Should -Be kept, refused
    }

    It 'are filled with what the image has, once' {
        [void] (New-Image seeded -FromDirectory $tree)
        [void] (New-Container seeded -Name first -Volume filled:/data -Command none)
        $volume = Get-ContainerVolume filled
        [IO.File]::ReadAllText("$($volume.Path)/seed") | Should -Be 'from the image'
        [IO.File]::GetUnixFileMode("$($volume.Path)/seed") | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite')
        [IO.File]::WriteAllText("$($volume.Path)/seed", 'changed')
        [void] (New-Container seeded -Volume filled:/data -Command none)
        [IO.File]::ReadAllText("$($volume.Path)/seed") | Should -Be changed
    }

    It 'of the image are made without a name, and go with -Volume or -Remove' {
        [void] (New-Image claims -FromCommand sh, touch -Volume /claimed)
        $container = New-Container claims -- sh -c 'touch /claimed/file'
        $container.Mounts.Destination | Should -Be /claimed
        $container | Start-Container -PassThru | Wait-Container | Out-Null
        $volume = Get-ContainerVolume
        $volume.IsAnonymous | Should -BeTrue
        $volume.Containers | Should -Be $container.Name
        [IO.File]::Exists("$($volume.Path)/file") | Should -BeTrue
        [IO.File]::Exists("$($container.UpperPath)/claimed/file") | Should -BeFalse
        $container | Remove-Container
        (Get-ContainerVolume).Name | Should -Be $volume.Name
        $volume | Remove-ContainerVolume
        New-Container claims -Name short -Command sh | Remove-Container -Volume
        Get-ContainerVolume | Should -BeNullOrEmpty
    }

    It 'that a container has are not removed' {
        [void] (New-Container base -Name user -Volume busy:/busy)
        Remove-ContainerVolume busy -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -BeLike 'VolumeInUse,*'
        "$failures" | Should -BeLike "*'user'*"
        (Get-ContainerVolume busy).Containers | Should -Be user
    }

    It 'of a failed New-Container do not stay when they have no name' {
        [void] (New-Container base -Name taken)
        New-Container base -Name taken -Volume /mine -ErrorAction SilentlyContinue
        Get-ContainerVolume | Should -BeNullOrEmpty
    }
}

Describe 'Mounts' {
    AfterEach { Get-Container | Remove-Container -Force -Volume }

    It 'of the host are seen inside, at <Given>' -ForEach @(
        @{ Given = 'an absolute path'; Source = { $tree } }
        @{ Given = 'a path from the session''s location'; Source = { './tree' } }
    ) {
        $location = $ExecutionContext.SessionState.Path
        [void] $location.PushCurrentLocation('tests')
        try {
            [void] $location.SetLocation([Management.Automation.WildcardPattern]::Escape($folder))
            Invoke-Container base -Remove -Volume "$(& $Source):/seen" -- cat '/seen/a file' | Should -Be content
        }
        finally { [void] $location.PopLocation('tests') }
        [IO.Directory]::Exists("$tree/data") | Should -BeTrue
    }

    It 'in memory are gone with the container, and keep to their size' {
        $code = 'seq 20000 > /scratch/small && echo fits; seq 1000000 > /scratch/large 2>/dev/null || echo full'
        $container = New-Container base -TmpFs /scratch:size=1m -- sh -c $code
        $container | Start-Container -PassThru | Wait-Container | Out-Null
        @(Get-ContainerLog $container).ForEach{ $_.Text } | Should -Be fits, full
        [IO.Directory]::GetFileSystemEntries("$($container.UpperPath)/scratch").Count | Should -Be 0
    }

    It 'leave a read-only root alone' {
        $code = 'touch /no 2>/dev/null || echo root; touch /tmp/yes && echo tmp; touch /v/yes && echo volume'
        Invoke-Container base -Remove -ReadOnly -TmpFs /tmp -Volume /v -- sh -c $code | Should -Be root, tmp, volume
    }

    It 'refuse <What>' -ForEach @(
        @{ What = 'a host path that is not there'; Options = @{ Volume = '/no/such:/x' }; Text = "*/no/such*" }
        @{ What = 'a relative destination'; Options = @{ Volume = 'v:x' }; Text = "*'x'*" }
        @{ What = 'a destination that climbs'; Options = @{ Volume = 'v:/a/../proc' }; Text = "*'..'*" }
        @{ What = 'the root'; Options = @{ Volume = '/tmp:/' }; Text = "*'/'*" }
        @{ What = '/proc'; Options = @{ TmpFs = '/proc/x' }; Text = '*/proc/x*' }
        @{ What = 'two on one place'; Options = @{ Volume = 'a:/x', 'b:/x/' }; Text = "*'/x'*" }
        @{ What = 'an unknown option'; Options = @{ Volume = 'a:/x:z' }; Text = "*'z'*" }
        @{ What = 'an unknown tmpfs option'; Options = @{ TmpFs = '/x:big' }; Text = "*'big'*" }
        @{ What = 'a wrong volume name'; Options = @{ Volume = '-a:/x' }; Text = "*'-a'*"; Id = 'VolumeNameInvalid' }
    ) {
        New-Container base @Options -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $wanted = if ($Id) { $Id } else { 'ContainerOptionInvalid' }
        $failures.FullyQualifiedErrorId | Should -BeLike "$wanted,*"
        "$failures" | Should -BeLike $Text
        Get-Container | Should -BeNullOrEmpty
    }

    It 'go on to a twin, with a volume of its own for one without a name' {
        $first = New-Container base -Name first -Volume shared:/s, /own -TmpFs /t
        $twin = $first | New-Container -Name second
        $twin.Mounts.Destination | Should -Be $first.Mounts.Destination
        $twin.Mounts[0].Source | Should -Be shared
        $twin.Mounts[1].Source | Should -Not -Be $first.Mounts[1].Source
        $twin.Mounts[1].IsAnonymous | Should -BeTrue
    }
}

Describe 'Hosts and environment files' {
    It 'lands hosts in /etc/hosts' {
        $lines = Invoke-Container base -Remove -AddHost db=192.0.2.7, six:2001:db8::1 -- cat /etc/hosts
        $lines | Should -Contain "192.0.2.7`tdb"
        $lines | Should -Contain "2001:db8::1`tsix"
    }

    It 'refuses the host <Given>' -ForEach @(@{ Given = 'db' }, @{ Given = 'db=here' }, @{ Given = 'a b=192.0.2.1' }) {
        New-Container base -AddHost $Given -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -BeLike 'ContainerOptionInvalid,*'
        "$failures" | Should -BeLike "*'$Given'*"
    }

    It 'takes variables of files, under those that are typed' {
        $file = "$folder/all.env"
        [IO.File]::WriteAllText($file, "# words`n`nA=of the file`nB='as is'`n  LAYERPS_ROOT`nNOT_THERE_AT_ALL`n")
        $container = New-Container base -EnvironmentFile $file -Environment A=typed
        $container.Config.Environment | Should -Contain A=typed
        $container.Config.Environment | Should -Contain "B='as is'"
        $container.Config.Environment | Should -Contain "LAYERPS_ROOT=$env:LAYERPS_ROOT"
        $container.Config.Environment -match 'NOT_THERE' | Should -BeNullOrEmpty
        $container | Remove-Container
    }

    It 'names the line of a file that is wrong' {
        [IO.File]::WriteAllText("$folder/wrong.env", "A=1`nB C=2`n")
        New-Container base -EnvironmentFile "$folder/wrong.env" -ErrorVariable failures -ErrorAction SilentlyContinue
        "$failures" | Should -BeLike '*wrong.env:2*'
        New-Container base -EnvironmentFile "$folder/none.env" -ErrorVariable failures -ErrorAction SilentlyContinue
        "$failures" | Should -BeLike '*none.env*'
    }
}
