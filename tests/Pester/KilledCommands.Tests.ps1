# kill -9 at any moment, and many sessions at once: the next command is right, and the store clean.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)

    function Stop-Hard($Process) {
        $Process.Kill()
        $Process.WaitForExit()
        $Process.Dispose()
    }

    # Ends the monitor of a container.
    function Stop-Monitor($Container) {
        $directory = [IO.Path]::GetDirectoryName($Container.MetadataPath)
        $state = [IO.File]::ReadAllText([IO.Path]::Combine($directory, 'state.json'))
        $number = [int] [regex]::Match($state, '"monitorPid":\s*(\d+)').Groups[1].Value
        Stop-Hard ([Diagnostics.Process]::GetProcessById($number))
    }

    # A process that has ended stays in the list until its parent has looked.
    function Test-Running([int] $Number) {
        $status = "/proc/$Number/status"
        try { [IO.File]::ReadAllText($status) -notmatch '(?m)^State:\s+[ZX]' }
        catch [IO.IOException] { $false }
    }

    # A shell that does what it is told, line by line, and says when it has done it.
    function Start-Worker {
        Start-TestShell ('while ($line = [Console]::In.ReadLine()) {
            try { & ([scriptblock]::Create($line)) } catch { "failed: $_" }
            "done" }')
    }

    # Has all workers do something at the same time, and returns what they say.
    function Invoke-Worker([string] $Script) {
        foreach ($worker in $workers) { $worker.StandardInput.WriteLine($Script.Replace('{me}', "$($worker.Id)")) }
        foreach ($worker in $workers) {
            while (($line = $worker.StandardOutput.ReadLine()) -ne 'done') { $line ?? $(throw $worker.StandardError.ReadToEnd()) }
        }
    }

    # What a store without work in progress and without half-made containers looks like.
    function Assert-CleanStore {
        [void] (Get-Image)
        Get-StagingCount | Should -Be 0
        $ids = [IO.Directory]::GetDirectories("$env:LAYERPS_ROOT/containers").ForEach{ [IO.Path]::GetFileName($_) }.
            Where{ $_ -ne 'names' }
        $containers = @(Get-Container -ErrorAction Stop)
        $ids.Count | Should -Be $containers.Count
        foreach ($id in $ids) { $containers.Id | Should -Contain $id }
        foreach ($container in $containers) {
            (Get-Container $container.Name).Id | Should -Be $container.Id
            if ($container.State -eq 'Running') { Test-Running $container.Pid | Should -BeTrue }
        }
    }

    function Get-CgroupCount([string] $Id) {
        [IO.Directory]::GetDirectories('/sys/fs/cgroup').Where{ [IO.Directory]::Exists("$_/layerps/$Id") }.Count
    }
}

AfterAll { Remove-TestStore $folder }

Describe 'A session that is killed' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'between New and Start loses nothing' {
        $shell = Start-TestShell '(New-Container base -Name made -- sleep 100).Id; [Threading.Thread]::Sleep(60000)'
        $id = $shell.StandardOutput.ReadLine()
        Stop-Hard $shell
        Assert-CleanStore
        (Get-Container made).Id | Should -Be $id
        (Start-Container made -PassThru).State | Should -Be Running
    }

    It 'while a container runs leaves it running, and its end is recorded' {
        $shell = Start-TestShell "Invoke-Container base -Name alive -Command sh, -c, 'echo up; until [ -e /end ]; do sleep 0.02; done; echo down; exit 7'"
        $shell.StandardOutput.ReadLine() | Should -Be up
        Stop-Hard $shell
        Assert-CleanStore
        $container = Get-Container alive
        $container.State | Should -Be Running
        Complete-TestContainer $container
        (Wait-Container alive).ExitCode | Should -Be 7
        (Get-ContainerLog alive).Text | Should -Be up, down
    }

    It 'in the middle of New, Start and Remove loses the one in flight' {
        $loop = '"ready"; while ($true) { New-Container base -Name loop -- sleep 100 | Start-Container; Remove-Container loop -Force }'
        foreach ($moment in 40, 170) {
            $shell = Start-TestShell $loop
            $shell.StandardOutput.ReadLine() | Should -Be ready
            [Threading.Thread]::Sleep($moment)
            Stop-Hard $shell
            Assert-CleanStore
            Get-Container | Remove-Container -Force
            (New-Container base -Name loop -- sleep 100 | Start-Container -PassThru).State | Should -Be Running
            Remove-Container loop -Force
            Assert-CleanStore
        }
    }

    It 'in the middle of a stop leaves the container as it is' {
        $container = New-Container base -Name deaf -Command sh, -c, 'trap "" TERM; touch /up; while :; do sleep 0.05; done' |
            Start-Container -PassThru
        Wait-Until { [IO.File]::Exists("/proc/$($container.Pid)/root/up") }
        $shell = Start-TestShell "'ready'; Stop-Container deaf -Timeout 1000"
        $shell.StandardOutput.ReadLine() | Should -Be ready
        Wait-Until { @(Get-ContainerEvent deaf).Kind -contains 'Kill' }
        Stop-Hard $shell
        Assert-CleanStore
        (Get-Container deaf).State | Should -Be Running
        (Stop-Container deaf -Force -PassThru).ExitCode | Should -Be 137
        Remove-Container deaf -ErrorAction Stop
        Get-CgroupCount $container.Id | Should -Be 0
    }

    It 'in the middle of an import leaves no image and no layer' {
        $archive = New-TestArchive $folder
        $pipe = "$folder/half.tar"
        & mkfifo $pipe
        $layers = @(Get-ImageLayer).Count
        $shell = Start-TestShell "'ready'; Import-Image '$($pipe.Replace("'", "''"))' half"
        $shell.StandardOutput.ReadLine() | Should -Be ready

        # Half of an archive, and then nothing more.
        $bytes = [IO.File]::ReadAllBytes($archive)
        $writer = [IO.FileStream]::new($pipe, 'Open', 'Write')
        $writer.Write($bytes, 0, 1024)
        $writer.Flush()
        Wait-Until { (Get-StagingCount) -gt 0 }
        Stop-Hard $shell
        $writer.Dispose()

        Get-StagingCount | Should -BeGreaterThan 0
        Get-Image hal[f] | Should -BeNullOrEmpty
        Assert-CleanStore
        @(Get-ImageLayer).Count | Should -Be $layers
        (Import-Image $archive half).Size | Should -Be 12
    }
}

Describe 'A monitor that is killed' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'takes its container with it, and the next command knows' {
        $container = Start-TestContainer watched
        Stop-Monitor $container
        $now = Get-Container watched
        $now.State | Should -Be Exited
        $now.ExitCode | Should -BeNullOrEmpty
        $now.ExitReason | Should -Be Lost
        $now.Status | Should -BeLike 'Exited (unknown)*'
        Test-Running $container.Pid | Should -BeFalse
        Get-CgroupCount $container.Id | Should -Be 0
        Assert-CleanStore
        ($now | Start-Container -PassThru).State | Should -Be Running
    }

    It 'is told to those who wait and to those who follow' {
        $container = New-Container base -Name heard -- sh -c 'echo up; exec sleep 100' | Start-Container -PassThru
        $wait = Start-TestSession 'Wait-Container heard'
        $follow = Start-TestSession 'Get-ContainerLog heard -Follow'
        Wait-Until { $follow.Output.Count -eq 1 -and $wait.Session.InvocationStateInfo.State -eq 'Running' }
        Stop-Monitor $container
        Wait-Until { $wait.Run.IsCompleted -and $follow.Run.IsCompleted }
        $wait.Output[0].ExitReason | Should -Be Lost
        $wait.Session.Streams.Error.Count | Should -Be 0
        $follow.Session.Streams.Error.Count | Should -Be 0
        $wait.Session.Dispose()
        $follow.Session.Dispose()
    }

    It 'is an error of the command that ran it' {
        $run = Start-TestSession 'Invoke-Container base -Name front -Command sh, -c, "echo up; exec sleep 100"; $LASTEXITCODE'
        Wait-Until { $run.Output.Count -eq 1 }
        Stop-Monitor (Get-Container front)
        Wait-Until { $run.Run.IsCompleted }
        $run.Session.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'ContainerLost,*'
        $run.Output[1] | Should -Be 125
        $run.Session.Dispose()
    }

    It 'with -Remove leaves a container that can be removed' {
        $container = Start-TestContainer brief -Remove
        Stop-Monitor $container
        (Get-Container brief).State | Should -Be Exited
        Remove-Container brief -ErrorAction Stop
        Assert-CleanStore
    }
}

Describe 'Several sessions at once' {
    BeforeAll { $workers = 1..3 | ForEach-Object { Start-Worker } }

    AfterAll {
        foreach ($worker in $workers) {
            $worker.StandardInput.Close()
            $worker.WaitForExit()
            $worker.Dispose()
        }
    }

    AfterEach { Get-Container | Remove-Container -Force }

    It 'make and start 51 containers' {
        $script = '1..17 | ForEach-Object { New-Container base -Name "fleet-{me}-$_" -Command sleep, 100 } | Start-Container'
        Invoke-Worker $script | Should -BeNullOrEmpty
        $running = @(Get-Container fleet-* -State Running)
        $running.Count | Should -Be 51
        @([Linq.Enumerable]::Distinct([int[]] $running.Pid)).Count | Should -Be 51
        foreach ($container in $running) {
            [IO.File]::ReadAllText("/proc/$($container.Pid)/root/etc/hostname").Trim() | Should -Be $container.ShortId
        }
        $ends = @($running | Stop-Container -Force -PassThru | Wait-Container)
        $ends.Where{ $_.ExitCode -eq 137 }.Count | Should -Be 51
        $running | Remove-Container -ErrorAction Stop
        Get-Container | Should -BeNullOrEmpty
        foreach ($container in $running) { Get-CgroupCount $container.Id | Should -Be 0 }
        Assert-CleanStore
    }

    It 'race for a start: one wins, and the others are told' {
        1..10 | ForEach-Object { [void] (New-Container base -Name "race-$_" -- sleep 100) }
        $ids = @(Invoke-Worker ('1..10 | ForEach-Object { Start-Container "race-$_" -PassThru 2>&1 } | ' +
                    'ForEach-Object { $_.FullyQualifiedErrorId ?? $_.Name }'))
        $ids.Count | Should -Be 30
        $ids.Where{ $_ -like 'race-*' }.Count | Should -Be 10
        $ids.Where{ $_ -like 'ContainerRunning,*' }.Count | Should -Be 20
        @(Get-Container -State Running).Count | Should -Be 10
    }

    It 'race for a name: one wins, and the others are told' {
        $ids = @(Invoke-Worker ('1..20 | ForEach-Object { New-Container base -Name "name-$_" 2>&1 } | ' +
                    'ForEach-Object { $_.FullyQualifiedErrorId ?? $_.Name }'))
        $ids.Where{ $_ -like 'name-*' }.Count | Should -Be 20
        $ids.Where{ $_ -like 'ContainerNameInUse,*' }.Count | Should -Be 40
        @(Get-Container).Count | Should -Be 20
        Assert-CleanStore
    }

    It 'race for a removal: one wins, and the others are told' {
        1..10 | ForEach-Object { [void] (New-Container base -Name "gone-$_" -- sleep 100 | Start-Container) }
        $ids = @(Invoke-Worker ('1..10 | ForEach-Object { Remove-Container "gone-$_" -Force 2>&1 } | ' +
                    'ForEach-Object { $_.FullyQualifiedErrorId }'))
        $ids.Count | Should -Be 20
        $ids.Where{ $_ -notlike 'ContainerNotFound,*' } | Should -BeNullOrEmpty
        Get-Container | Should -BeNullOrEmpty
        Assert-CleanStore
    }
}
