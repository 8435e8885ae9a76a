BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
    $talker = New-Container base -Name talker -- sh -c 'echo one; sleep 0.05; echo two >&2; sleep 0.05; echo "th  ree"; printf rest'
    [void] ($talker | Start-Container -PassThru | Wait-Container)
    [void] (New-Container base -Name quiet -- true)
}

AfterAll { Remove-TestStore $folder }

Describe 'Get-ContainerLog' {
    It 'gives each line with its time and stream' {
        $lines = @(Get-ContainerLog talker)
        $lines | Should -BeOfType ([LayerPS.ContainerLogEntry])
        $lines.Text | Should -Be one, two, 'th  ree', rest
        $lines.Stream | Should -Be StandardOutput, StandardError, StandardOutput, StandardOutput
        $lines.Container | Should -Be talker, talker, talker, talker
        $now = $talker.Refresh()
        foreach ($line in $lines) {
            $line.Time | Should -BeGreaterOrEqual $now.Started.AddSeconds(-1)
            $line.Time | Should -BeLessOrEqual $now.Finished
        }
        "$($lines[2])" | Should -Be 'th  ree'
    }

    It 'takes a container as <How>' -ForEach @(
        @{ How = 'id'; Call = { Get-ContainerLog -Id $talker.Id } }
        @{ How = 'wildcard'; Call = { Get-ContainerLog t*r } }
        @{ How = 'object'; Call = { $talker | Get-ContainerLog } }
        @{ How = 'object from another session'; Call = { Copy-Serialized $talker | Get-ContainerLog } }
        @{ How = 'name in the pipeline'; Call = { 'talker' | Get-ContainerLog } }
        @{ How = 'property Name'; Call = { [pscustomobject] @{ Name = 'talker' } | Get-ContainerLog } }
        @{ How = 'the end of its run'; Call = { Wait-Container talker | Get-ContainerLog } }
    ) {
        @(& $Call).Count | Should -Be 4
    }

    It 'gives the last <Tail> lines' -ForEach @(
        @{ Tail = 0; Texts = @() }
        @{ Tail = 2; Texts = 'th  ree', 'rest' }
        @{ Tail = 100; Texts = 'one', 'two', 'th  ree', 'rest' }
    ) {
        @(Get-ContainerLog talker -Tail $Tail).ForEach{ $_.Text } | Should -Be $Texts
    }

    It 'gives what was written since a time' {
        $second = @(Get-ContainerLog talker)[1]
        @(Get-ContainerLog talker -Since $second.Time).Text | Should -Be two, 'th  ree', rest
        @(Get-ContainerLog talker -Since $second.Time -Tail 1).Text | Should -Be rest
        @(Get-ContainerLog talker -Since $second.Time.LocalDateTime).Text | Should -Be two, 'th  ree', rest
        Get-ContainerLog talker -Since ([DateTimeOffset]::Now.AddDays(1)) | Should -BeNullOrEmpty
    }

    It 'gives nothing of a container that said nothing' {
        Get-ContainerLog quiet -ErrorAction Stop | Should -BeNullOrEmpty
        Get-ContainerLog quiet -Follow -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'goes on after a container that is not there' {
        $lines = @('nope', 'talker' | Get-ContainerLog -ErrorVariable failures -ErrorAction SilentlyContinue)
        $lines.Count | Should -Be 4
        $failures.FullyQualifiedErrorId | Should -Be 'ContainerNotFound,LayerPS.Commands.GetContainerLogCommand'
        { Get-ContainerLog talker -Tail -1 } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'passes over what is no log line' {
        $container = New-Container base
        [IO.File]::WriteAllText($container.LogPath, "`nnonsense`n2026-01-02T03:04:05Z stdout F text`n2026-01-02T03:04:05Z stdin F x`n2026-01")
        ($container | Get-ContainerLog).Text | Should -Be text
    }

    It 'keeps the lines of all runs' {
        $container = New-Container base -- sh -c 'echo run'
        1..2 | ForEach-Object { $container | Start-Container -PassThru | Wait-Container } | Out-Null
        ($container | Get-ContainerLog).Text | Should -Be run, run
    }
}

Describe 'A log with -LogSize and -LogCount' {
    BeforeAll {
        # The files of a container's log, the youngest first.
        function Get-Part($Container) {
            [IO.Directory]::GetFiles([IO.Path]::GetDirectoryName($Container.LogPath), 'log*').ForEach{ [IO.FileInfo]::new($_) }
        }

        function Complete-Run($Container) { [void] ($Container | Start-Container -PassThru | Wait-Container) }
    }

    It 'keeps <Count> files of the size at most, and what is in them is read as one' -ForEach @(
        @{ Count = 1 }
        @{ Count = 3 }
    ) {
        $container = New-Container base -LogSize 64KB -LogCount $Count -Command seq, 9000
        Complete-Run $container
        $parts = @(Get-Part $container)
        $parts.Count | Should -Be $Count
        foreach ($part in $parts) {
            $part.Length | Should -BeGreaterThan 0
            $part.Length | Should -BeLessOrEqual 64KB
        }
        $texts = @(($container | Get-ContainerLog).Text)
        $texts | Should -Be @((9001 - $texts.Count)..9000)
        @($container | Get-ContainerLog -Tail 400).Text | Should -Be @($texts[-400..-1])
    }

    It 'is one file without end where the size is 0' {
        $container = New-Container base -LogSize 0 -LogCount 2 -Command seq, 3000
        Complete-Run $container
        @(Get-Part $container).Count | Should -Be 1
        @($container | Get-ContainerLog).Count | Should -Be 3000
    }

    It 'takes sizes as docker writes them and as columns, and a twin has the same' {
        $container = [pscustomobject] @{ Image = 'base'; LogSize = '16k'; LogCount = '4' } | New-Container
        foreach ($made in $container, ($container | New-Container)) {
            $made.Config.LogSize | Should -Be 16384
            $made.Config.LogCount | Should -Be 4
        }
        (New-Container base).Config.LogSize | Should -Be 10MB
        (New-Container base).Config.LogCount | Should -Be 3
    }

    It 'is refused where it cannot be: <Options.Keys> <Options.Values>' -ForEach @(
        @{ Options = @{ LogSize = -1 } }
        @{ Options = @{ LogCount = 0 } }
    ) {
        $failure = New-Container base @Options 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerOptionInvalid,LayerPS.Commands.NewContainerCommand'
    }
}

Describe 'Get-ContainerLog -Follow' {
    It 'goes on until the containers have ended, several side by side' {
        $script = 'echo first; until [ -e /end ]; do sleep 0.02; done; echo last'
        $containers = 'a', 'b' | ForEach-Object { New-Container base -Name $_ -- sh -c $script } | Start-Container -PassThru
        $run = Start-TestSession 'Get-ContainerLog a, b -Follow'
        Wait-Until { $run.Output.Count -ge 2 }
        $run.Run.IsCompleted | Should -BeFalse
        foreach ($container in $containers) { Complete-TestContainer $container }
        Wait-Until { $run.Run.IsCompleted }
        $run.Output.Count | Should -Be 4
        $run.Output.Where{ $_.Container -eq 'a' }.Text | Should -Be first, last
        $run.Output.Where{ $_.Container -eq 'b' }.Text | Should -Be first, last
        $run.Session.Dispose()
    }

    It 'gives nothing of the past with -Tail 0' {
        $container = New-Container base -- sh -c 'echo past; until [ -e /end ]; do sleep 0.02; done; echo future' |
            Start-Container -PassThru
        Wait-Until { @($container | Get-ContainerLog).Count -eq 1 }
        $run = Start-TestSession 'Get-ContainerLog $args[0] -Follow -Tail 0' $container.Id
        Wait-Until { $run.Session.InvocationStateInfo.State -eq 'Running' }
        # The follower has to have looked once: what is written after that is new to it.
        Wait-Until { @([IO.Directory]::GetFiles('/proc/self/fd').Where{ "$([IO.FileInfo]::new($_).LinkTarget)" -like "*$($container.Id)/log" }).Count -gt 0 }
        Complete-TestContainer $container
        Wait-Until { $run.Run.IsCompleted }
        $run.Output.Text | Should -Be future
        $run.Session.Dispose()
    }

    It 'stops when it is told to, and the container goes on' {
        $container = Start-TestContainer endless
        $run = Start-TestSession 'Get-ContainerLog endless -Follow'
        Wait-Until { $run.Session.InvocationStateInfo.State -eq 'Running' }
        $run.Session.Stop()
        $run.Session.InvocationStateInfo.State | Should -Be Stopped
        $container.Refresh().State | Should -Be Running
        $run.Session.Dispose()
    }
}
