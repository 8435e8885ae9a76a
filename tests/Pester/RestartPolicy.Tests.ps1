BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
}

AfterAll { Remove-TestStore $folder }

Describe 'The restart policy of a container' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'is No where nothing is said' {
        $container = New-Container base -Command true
        $container.RestartPolicy | Should -Be No
        $container.RestartCount | Should -Be 0
    }

    It 'has it started again as often as it says' {
        $container = Invoke-Container base -Detach -RestartPolicy OnFailure:2 -- sh -c 'echo x; exit 4'
        ($container | Wait-Container).ExitCode | Should -Be 4
        $container.Refresh().RestartCount | Should -Be 2
        ($container | Get-ContainerLog).Text | Should -Be x, x, x
    }

    It 'has all of its output come to who runs it in the foreground' {
        Invoke-Container base -RestartPolicy on-failure:1 -- sh -c 'echo x; exit 4' | Should -Be x, x
        $LASTEXITCODE | Should -Be 4
    }

    It 'ends with a stop' {
        $container = Start-TestContainer one -RestartPolicy Always
        Complete-TestContainer $container
        Wait-Until { $container.Refresh().RestartCount -gt 2 }
        (Stop-Container one -Force -PassThru).State | Should -Be Exited
        $container.Refresh().State | Should -Be Exited
    }

    It 'is a property in the pipeline, and goes to a twin' {
        $container = [pscustomobject] @{ Image = 'base'; Name = 'one'; Command = 'true'; RestartPolicy = 'unless-stopped' } |
            New-Container
        $container.RestartPolicy | Should -Be UnlessStopped
        ($container | New-Container -Name two).RestartPolicy | Should -Be UnlessStopped
    }

    It 'is refused where it is none' {
        $failure = New-Container base -RestartPolicy sometimes -Command true 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerOptionInvalid,LayerPS.Commands.NewContainerCommand'
        $failure = Invoke-Container base -RestartPolicy Always -Remove -- true 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerOptionInvalid,LayerPS.Commands.InvokeContainerCommand'
    }

    It 'completes' {
        $line = 'New-Container base -RestartPolicy u'
        $completion = [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
        $completion.CompletionMatches.CompletionText | Should -Be UnlessStopped
    }
}
