BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
}

AfterAll { Remove-TestStore $folder }

Describe 'Checkpoint-Container' {
    AfterEach {
        Get-Container | Remove-Container -Force
        Get-Image | Where-Object { $_.Name -ne 'base' } | Remove-Image -Force
    }

    It 'makes an image of what the container has written' {
        $container = New-Container base -Name one -- sh -c 'echo here > /made; rm /usr/bin/seq'
        $container | Start-Container -PassThru | Wait-Container | Out-Null
        $image = Checkpoint-Container one site:1 -Author Ann -Message 'a step'
        $image | Should -BeOfType LayerPS.Image
        "$image" | Should -Be site:1
        $image.Author | Should -Be Ann
        $image.Layers.Count | Should -Be 2
        $image.Layers[1].Parent | Should -Be $image.Layers[0].Id
        $image.Parent | Should -Be (Get-Image base).Digest
        $step = @(Get-ImageHistory site:1)[0]
        $step.Comment | Should -Be 'a step'
        $step.CreatedBy | Should -BeLike 'sh -c *'
        Invoke-Container site:1 -Remove -- cat /made | Should -Be here
        Invoke-Container site:1 -Remove -- sh -c 'ls /usr/bin/seq' 6>$null
        $LASTEXITCODE | Should -Not -Be 0
        Get-StagingCount | Should -Be 0
    }

    It 'takes a container as <How>' -ForEach @(
        @{ How = 'name'; Call = { Checkpoint-Container one } }
        @{ How = 'object in the pipeline'; Call = { $container | Checkpoint-Container } }
        @{ How = 'object from another session'; Call = { Copy-Serialized $container | Checkpoint-Container } }
        @{ How = 'property Container'; Call = { [pscustomobject] @{ Container = 'one' } | Checkpoint-Container } }
        @{ How = 'the alias'; Call = { Commit-Container one } }
    ) {
        $container = New-Container base -Name one -- true
        $image = & $Call
        $image.Name | Should -BeNullOrEmpty
        $image.Config.Cmd | Should -Be true
    }

    It 'changes what the image''s containers do by <How>' -ForEach @(
        @{ How = 'a hashtable'; Change = @{
                Cmd = 'sh', '-c', 'echo $A-$B'; Env = @{ A = '1'; B = '2 3' }; WorkingDir = '/usr'; User = '1:2'
                Label = @{ who = 'me' }; ExposedPort = '80/tcp'; Volume = '/v'; StopSignal = 'SIGINT'
            }
        }
        @{ How = 'a Dockerfile''s words'; Change = 'CMD ["sh", "-c", "echo $A-$B"]', 'ENV A=1 B="2 3"', 'WORKDIR /usr',
            'USER 1:2', 'LABEL who=me', 'EXPOSE 80/tcp', 'VOLUME ["/v"]', 'STOPSIGNAL SIGINT'
        }
    ) {
        [void] (New-Container base -Name one -- true)
        $config = (Checkpoint-Container one site -Change $Change).Config
        Invoke-Container site -Remove | Should -Be '1-2 3'
        $config.WorkingDir | Should -Be /usr
        $config.User | Should -Be 1:2
        $config.Labels['who'] | Should -Be me
        $config.ExposedPorts | Should -Be 80/tcp
        $config.Volumes | Should -Be /v
        $config.StopSignal | Should -Be SIGINT
    }

    It 'says what can be changed when something else is asked for' {
        [void] (New-Container base -Name one -- true)
        { Checkpoint-Container one -Change @{ Colour = 'red' } } | Should -Throw '*Colour*Cmd*'
        { Checkpoint-Container one -Change 'RUN true' } | Should -Throw '*RUN*Cmd*'
        { Checkpoint-Container one -Change 'CMD' } | Should -Throw "*'CMD'*"
    }

    It 'pauses a running container only meanwhile' {
        $container = Start-TestContainer one
        [void] (Checkpoint-Container one)
        [void] (Checkpoint-Container one -NoPause)
        (Get-Container one).State | Should -Be Running
        Complete-TestContainer $container
        ($container | Wait-Container).ExitCode | Should -Be 0
    }

    It 'leaves a paused one paused' {
        [void] (Start-TestContainer one)
        Suspend-Container one
        [void] (Checkpoint-Container one)
        (Get-Container one).State | Should -Be Paused
    }

    It 'refuses a name that is none, and makes nothing' {
        [void] (New-Container base -Name one -- true)
        (Checkpoint-Container one 'Not a name' 2>&1).FullyQualifiedErrorId |
            Should -Be 'ImageReferenceInvalid,LayerPS.Commands.CheckpointContainerCommand'
        @(Get-Image).Count | Should -Be 1
    }

    It 'does nothing with -WhatIf' {
        [void] (New-Container base -Name one -- true)
        Checkpoint-Container one site -WhatIf | Should -BeNullOrEmpty
        @(Get-Image).Count | Should -Be 1
    }
}
