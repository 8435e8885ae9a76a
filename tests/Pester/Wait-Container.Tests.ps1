BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
    $three = New-Container base -Name three -- sh -c 'exit 3'
    [void] ($three | Start-Container -PassThru | Wait-Container)
}

AfterAll { Remove-TestStore $folder }

Describe 'Wait-Container' {
    It 'tells how a container has ended' {
        $exit = Wait-Container three
        $exit | Should -BeOfType ([LayerPS.ContainerExit])
        $exit.Container | Should -Be three
        $exit.Id | Should -Be $three.Id
        $exit.ExitCode | Should -Be 3
        $exit.Signal | Should -Be 0
        $exit.ExitReason | Should -Be Exited
        $exit.Finished | Should -Be $three.Refresh().Finished
        $exit.Error | Should -BeNullOrEmpty
    }

    It 'takes a container as <How>' -ForEach @(
        @{ How = 'id'; Call = { Wait-Container -Id $three.Id } }
        @{ How = 'the beginning of an id'; Call = { Wait-Container $three.ShortId } }
        @{ How = 'wildcard'; Call = { Wait-Container thr* } }
        @{ How = 'object in the pipeline'; Call = { $three | Wait-Container } }
        @{ How = 'name in the pipeline'; Call = { 'three' | Wait-Container } }
        @{ How = 'object from another session'; Call = { Copy-Serialized $three | Wait-Container } }
        @{ How = 'property Name'; Call = { [pscustomobject] @{ Name = 'three' } | Wait-Container } }
        @{ How = 'end of a run'; Call = { Wait-Container three | Wait-Container } }
        @{ How = 'end of a run from another session'; Call = { Copy-Serialized (Wait-Container three) | Wait-Container } }
    ) {
        (& $Call).ExitCode | Should -Be 3
    }

    It 'tells the signal that ended it' {
        $container = Start-TestContainer killed
        Stop-Container killed -Force
        $exit = $container | Wait-Container
        $exit.ExitCode | Should -Be 137
        $exit.Signal | Should -Be 9
        $exit.ExitReason | Should -Be Signaled
    }

    It 'tells why one could not be started' {
        $container = New-Container base no-such
        Start-Container $container -ErrorAction SilentlyContinue
        $exit = $container | Wait-Container
        $exit.ExitCode | Should -Be 127
        $exit.ExitReason | Should -Be StartFailed
        $exit.Error | Should -BeLike "*'no-such'*"
    }

    It 'does not wait for one that never ran' {
        $exit = New-Container base | Wait-Container
        $exit.ExitCode | Should -BeNullOrEmpty
        $exit.ExitReason | Should -Be None
    }

    It 'waits for several at once, and gives each when it has ended' {
        $first = Start-TestContainer first
        $second = Start-TestContainer second
        $run = Start-TestSession 'Wait-Container first, second'
        Wait-Until { $run.Session.InvocationStateInfo.State -eq 'Running' }
        Complete-TestContainer $second
        Wait-Until { $run.Output.Count -eq 1 }
        $run.Output[0].Container | Should -Be second
        $run.Run.IsCompleted | Should -BeFalse
        Complete-TestContainer $first
        Wait-Until { $run.Run.IsCompleted }
        $run.Output[1].Container | Should -Be first
        $run.Session.Dispose()
    }

    It 'tells that one still runs when the time is over, and lets it run' {
        $container = Start-TestContainer endless
        $failure = Wait-Container endless -Timeout 0.1 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerWaitTimeout,LayerPS.Commands.WaitContainerCommand'
        $failure.CategoryInfo.Category | Should -Be OperationTimeout
        $failure.Exception.Message | Should -BeLike "*'endless'*0.1*"
        $container.Refresh().State | Should -Be Running
        Remove-Container endless -Force
    }

    It 'tells of one that removes itself how it ended' {
        $container = Start-TestContainer brief -Remove
        $run = Start-TestSession 'Wait-Container brief'
        # Whoever waits has a lock on this, so that the container stays until it has been seen.
        Wait-Until { @([IO.Directory]::GetFiles('/proc/self/fd').Where{ "$([IO.FileInfo]::new($_).LinkTarget)" -like "*$($container.Id)/readers.lock" }).Count -gt 0 }
        Complete-TestContainer $container
        Wait-Until { $run.Run.IsCompleted }
        $run.Output[0].ExitCode | Should -Be 0
        Wait-Until { -not (Get-Container brie[f]) }
        $run.Session.Dispose()
    }

    It 'goes on after a container that is not there' {
        $exits = @('nope', '', 'three' | Wait-Container -ErrorVariable failures -ErrorAction SilentlyContinue)
        $exits.ExitCode | Should -Be 3
        $failures.FullyQualifiedErrorId | Should -Be (@('ContainerNotFound,LayerPS.Commands.WaitContainerCommand') * 2)
        Wait-Container nothing* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'stops when it is told to, and the container goes on' {
        $container = Start-TestContainer waited
        $run = Start-TestSession 'Wait-Container waited'
        Wait-Until { $run.Session.InvocationStateInfo.State -eq 'Running' }
        $run.Session.Stop()
        $run.Session.InvocationStateInfo.State | Should -Be Stopped
        $container.Refresh().State | Should -Be Running
        $run.Session.Dispose()
    }
}
