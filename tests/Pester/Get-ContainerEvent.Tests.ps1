BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)

    # The kinds of what happened to a container, as soon as there are that many.
    function Get-EventKind([string] $Container, [int] $Count) {
        Wait-Until { @(Get-ContainerEvent $Container).Count -ge $Count }
        (Get-ContainerEvent $Container).Kind
    }
}

AfterAll { Remove-TestStore $folder }

Describe 'Get-ContainerEvent' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'tells a life from its beginning to its end' {
        $container = New-Container base -Name life -- sh -c 'exit 3'
        [void] ($container | Start-Container -PassThru | Wait-Container)
        Get-EventKind life 3 | Should -Be Create, Start, Die
        Remove-Container life
        Get-EventKind life 4 | Should -Be Create, Start, Die, Destroy
        $events = @(Get-ContainerEvent life)
        $events | Should -BeOfType ([LayerPS.ContainerEvent])
        $events[2].ExitCode | Should -Be 3
        $events.Id | Should -Be (@($container.Id) * 4)
        $events[1].Image | Should -Be base:latest
        $events[0].Time | Should -BeOfType ([DateTimeOffset])
        $events[0].Time | Should -BeLessOrEqual $events[3].Time
    }

    It 'tells of a stop' {
        [void] (Start-TestContainer halted)
        Stop-Container halted -Force
        Get-EventKind halted 5 | Should -Be Create, Start, Kill, Die, Stop
        $events = @(Get-ContainerEvent halted)
        $events[2].Detail | Should -Be SIGKILL
        $events[3].ExitCode | Should -Be 137
    }

    It 'tells of a pause, a new name and a signal' {
        [void] (Start-TestContainer before)
        Suspend-Container before
        Resume-Container before
        Rename-Container before after
        Send-ContainerSignal after KILL
        [void] (Wait-Container after)
        Get-EventKind before 4 | Should -Be Create, Start, Pause, Unpause
        Get-EventKind after 3 | Should -Be Rename, Kill, Die
        (Get-ContainerEvent after)[0].Detail | Should -Be before
    }

    It 'tells of a start that failed' {
        New-Container base -Name broken -Command no-such | Start-Container -ErrorAction SilentlyContinue
        Get-EventKind broken 2 | Should -Be Create, Die
        (Get-ContainerEvent broken)[1].ExitCode | Should -Be 127
    }

    It 'takes containers as <How>' -ForEach @(
        @{ How = 'id'; Call = { Get-ContainerEvent -Id $container.Id } }
        @{ How = 'the beginning of an id'; Call = { Get-ContainerEvent $container.ShortId } }
        @{ How = 'wildcard'; Call = { Get-ContainerEvent se?n } }
        @{ How = 'object'; Call = { $container | Get-ContainerEvent } }
        @{ How = 'name in the pipeline'; Call = { 'seen' | Get-ContainerEvent } }
    ) {
        [void] (New-Container base -Name other -Command true)
        $container = New-Container base -Name seen -Command true
        $events = @(& $Call)
        $events[-1].Id | Should -Be $container.Id
        $events.Container | Where-Object { $_ -ne 'seen' } | Should -BeNullOrEmpty
        $events[-1].Kind | Should -Be Create
        Remove-Container seen
    }

    It 'begins where it is told' {
        [void] (New-Container base -Name old -Command true)
        $since = [DateTimeOffset]::UtcNow
        [void] (New-Container base -Name young -Command true)
        (Get-ContainerEvent -Since $since).Container | Should -Be young
    }

    It 'follows what happens' {
        $session = Start-TestSession 'Get-ContainerEvent follow* -Follow'
        try {
            [void] (New-Container base -Name followed -Command true)
            Wait-Until { $session.Output.Count -eq 1 }
            Remove-Container followed
            Wait-Until { $session.Output.Count -eq 2 }
            "$($session.Output)" | Should -Be 'Create followed Destroy followed'
        }
        finally {
            $session.Session.Stop()
            $session.Session.Dispose()
        }
    }

    It 'passes over lines that are none' {
        [void] (New-Container base -Name fine -Command true)
        [IO.File]::AppendAllText("$env:LAYERPS_ROOT/events", "{`"time`":`n")
        [void] (New-Container base -Name next -Command true)
        (Get-ContainerEvent fine, next -ErrorAction Stop).Container | Should -Be fine, next
    }
}
