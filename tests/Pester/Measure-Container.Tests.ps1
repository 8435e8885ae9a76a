BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-Image base -FromCommand sh, sleep, true, dd, rm)
    $idle = Invoke-Container base -Detach -Name idle -- sleep 1000
    $busy = Invoke-Container base -Detach -Name busy -- sh -c 'sleep 1000 & while :; do :; done'
}

AfterAll {
    Get-Container | Remove-Container -Force
    Remove-TestStore $folder
}

Describe 'Measure-Container' {
    It 'measures all that run' {
        [void] (New-Container base -Name created -Command true)
        $found = @(Measure-Container -Interval 0.3)
        $found | Should -BeOfType ([LayerPS.ContainerStatistics])
        $found.Container | Should -Be busy, idle
        $found.Id | Should -Be $busy.Id, $idle.Id
        $found[0].Pids, $found[1].Pids | Should -Be 2, 1
        $found[0].CpuPercent | Should -BeGreaterThan $found[1].CpuPercent
        $found[0].Cpu | Should -BeGreaterThan $found[1].Cpu
        Remove-Container created
    }

    It 'counts the memory as the kernel does' {
        $one = Measure-Container busy -Interval 0.1
        $one.MemoryUsage | Should -BeGreaterThan 0
        $one.MemoryLimit | Should -BeGreaterThan $one.Memory
        $one.MemoryPercent | Should -Be (100.0 * $one.MemoryUsage / $one.MemoryLimit)
        $total = [IO.File]::ReadAllLines('/proc/meminfo')[0] -replace '\D'
        $one.MemoryLimit | Should -Be (1024 * [long]$total)
    }

    It 'has no network but its own' {
        $one = Measure-Container idle -Interval 0.1
        $one.NetworkReceived, $one.NetworkSent | Should -Be 0, 0
        [void] (Invoke-Container base -Detach -Name open -Network Host -- sleep 1000)
        (Measure-Container open -Interval 0.1).NetworkReceived | Should -BeNullOrEmpty
        Remove-Container open -Force
    }

    It 'takes containers as <How>' -ForEach @(
        @{ How = 'wildcard'; Call = { Measure-Container id* -Interval 0.1 } }
        @{ How = 'id'; Call = { Measure-Container -Id $idle.Id -Interval 0.1 } }
        @{ How = 'object'; Call = { $idle | Measure-Container -Interval 0.1 } }
        @{ How = 'name in the pipeline'; Call = { 'idle' | Measure-Container -Interval 0.1 } }
        @{ How = 'property'; Call = { [pscustomobject]@{ Name = 'idle' } | Measure-Container -Interval 0.1 } }
    ) {
        (& $Call).Container | Should -Be idle
    }

    It 'measures nothing for an empty pipeline' {
        Get-Container none* | Measure-Container -Interval 0.1 | Should -BeNullOrEmpty
        Measure-Container none* -Interval 0.1 | Should -BeNullOrEmpty
    }

    It 'goes on after one that does not run' {
        [void] (New-Container base -Name created -Command true)
        $found = 'created', 'missing', 'idle' |
            Measure-Container -Interval 0.1 -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Container | Should -Be idle
        $failures.FullyQualifiedErrorId -replace ',.*' | Should -Be ContainerNotRunning, ContainerNotFound
        Remove-Container created
    }

    It 'refuses an interval that is none' {
        { Measure-Container idle -Interval 0 -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerOptionInvalid,*'
        { Measure-Container idle -Interval ([double]::NaN) -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerOptionInvalid,*'
    }

    It 'goes on until the containers end' {
        [void] (Invoke-Container base -Detach -Name short -- sleep 1000)
        $session = Start-TestSession 'Measure-Container short, idle -Continuous -Interval 0.1 | ForEach-Object Container'
        try {
            Wait-Until { $session.Output.Count -ge 4 }
            $session.Output[0], $session.Output[1] | Should -Be idle, short
            Remove-Container short -Force
            $before = $session.Output.Count
            Wait-Until { $session.Output.Count -ge $before + 4 }
            $session.Output[$before + 2], $session.Output[$before + 3] | Should -Be idle, idle
            $session.Run.IsCompleted | Should -BeFalse
        }
        finally {
            $session.Session.Stop()
            $session.Session.Dispose()
        }
    }

    It 'goes on no longer than they run' {
        [void] (Invoke-Container base -Detach -Name last -- sleep 1000)
        $session = Start-TestSession 'Measure-Container last -Continuous -Interval 0.1'
        Wait-Until { $session.Output.Count -gt 0 }
        Remove-Container last -Force
        Wait-Until { $session.Run.IsCompleted }
        $session.Session.Dispose()
    }

    It 'takes in what is started meanwhile' {
        $session = Start-TestSession 'Measure-Container -Continuous -Interval 0.1 | ForEach-Object Container'
        try {
            Wait-Until { $session.Output.Count -gt 0 }
            [void] (Invoke-Container base -Detach -Name late -- sleep 1000)
            Wait-Until { $session.Output -contains 'late' }
        }
        finally {
            $session.Session.Stop()
            $session.Session.Dispose()
            Remove-Container late -Force
        }
    }

    It 'measures one that is paused' {
        Suspend-Container busy
        (Measure-Container busy -Interval 0.2).CpuPercent | Should -BeLessThan 5
        Resume-Container busy
    }
}
