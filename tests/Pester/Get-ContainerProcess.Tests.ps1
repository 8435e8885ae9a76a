BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-Image base -FromCommand sh, sleep, true)
    $web = Invoke-Container base -Detach -Name web -- sleep 1000
}

AfterAll {
    Get-Container | Remove-Container -Force
    Remove-TestStore $folder
}

Describe 'Get-ContainerProcess' {
    It 'gives the processes, those of further commands among them' {
        Invoke-ContainerCommand web -Detach -User 1000 -- sleep 2000
        $processes = @(Get-ContainerProcess web)
        $processes | Should -BeOfType ([LayerPS.ContainerProcess])
        $processes.Count | Should -Be 2
        $processes[0].Container, $processes[0].Pid, $processes[0].ContainerPid, $processes[0].Uid | Should -Be web, $web.Pid, 1, 0
        $processes[0].Command | Should -Be 'sleep 1000'
        $processes[1].Command, $processes[1].Uid | Should -Be 'sleep 2000', 1000
        $processes[1].ContainerPid | Should -BeGreaterThan 1
        [IO.File]::ReadAllText("/proc/$($processes[1].Pid)/cmdline") | Should -Be "sleep`02000`0"
        $processes[0].Memory | Should -BeGreaterThan 0
    }

    It 'takes objects of the pipeline, and goes on after one that does not run' {
        $idle = New-Container base -Name idle -- true
        $found = $idle, $web | Get-ContainerProcess -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Command | Should -Contain 'sleep 1000'
        $failures.FullyQualifiedErrorId | Should -BeLike 'ContainerNotRunning,*'
    }
}
