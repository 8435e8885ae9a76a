BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
    $three = New-Container base -Name three -- sh -c 'exit 3'
    [void] ($three | Start-Container -PassThru | Wait-Container)

    # Whoever waits has a lock on this, so that the container stays until its end has been seen.
    function Test-Watched($Container) {
        @([IO.Directory]::GetFiles('/proc/self/fd').Where{
                "$([IO.FileInfo]::new($_).LinkTarget)" -like "*$($Container.Id)/readers.lock" }).Count -gt 0
    }
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
        Wait-Until { Test-Watched $container }
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

    It 'waits for the next end, though the container has ended or is not started yet' {
        $container = New-Container base -Name next -- sh -c 'exit 4'
        $run = Start-TestSession 'Wait-Container next, three -Condition NextExit'
        Wait-Until { Test-Watched $container }
        $run.Output.Count | Should -Be 0
        Start-Container next
        Wait-Until { $run.Output.Count -eq 1 }
        $run.Output[0].Container | Should -Be next
        $run.Output[0].ExitCode | Should -Be 4
        $run.Run.IsCompleted | Should -BeFalse
        Start-Container three
        Wait-Until { $run.Run.IsCompleted }
        $run.Output[1].ExitCode | Should -Be 3
        $run.Session.Dispose()
    }

    It 'tells the next end of one that its policy starts again' {
        $container = Start-TestContainer again -RestartPolicy Always
        $run = Start-TestSession 'Wait-Container again -Condition NextExit'
        Wait-Until { Test-Watched $container }
        Send-ContainerSignal again -Signal KILL
        Wait-Until { $run.Run.IsCompleted }
        $run.Output[0].ExitCode | Should -Be 137
        Remove-Container again -Force
        $run.Session.Dispose()
    }

    It 'waits for the removal of one that <Way>' -ForEach @(
        @{
            Way = 'is removed'; Make = { Start-TestContainer leaving }
            Gone = { Remove-Container leaving -Force }; ExitCode = 137
        }
        @{
            Way = 'removes itself'; Make = { Start-TestContainer leaving -Remove }
            Gone = { Complete-TestContainer $container }; ExitCode = 0
        }
    ) {
        $container = & $Make
        $run = Start-TestSession 'Wait-Container leaving -Condition Removed'
        Wait-Until { Test-Watched $container }
        & $Gone
        Wait-Until { $run.Run.IsCompleted }
        $run.Output[0].ExitCode | Should -Be $ExitCode
        [IO.File]::Exists($container.MetadataPath) | Should -BeFalse
        $run.Session.Dispose()
    }

    It 'tells what has not come about when the time is over: <Condition>' -ForEach @(
        @{ Condition = 'NextExit'; Said = "*'three' has not ended after 0.05 seconds*" }
        @{ Condition = 'Removed'; Said = "*'three' has not been removed after 0.05 seconds*" }
    ) {
        $failure = Wait-Container three -Condition $Condition -Timeout 0.05 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerWaitTimeout,LayerPS.Commands.WaitContainerCommand'
        $failure.Exception.Message | Should -BeLike $Said
    }
}
