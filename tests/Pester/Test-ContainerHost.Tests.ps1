BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    $checks = @(Test-ContainerHost)

    # A PowerShell without rights, and what it answers.
    function Invoke-WithoutRights([string] $Code) {
        $program = [Environment]::ProcessPath
        $isDotNet = [IO.Path]::GetFileName($program) -eq 'dotnet'
        [string[]] $assembly = if ($isDotNet) { [Environment]::GetCommandLineArgs()[0] }
        $text = "Import-Module '$modulePath/LayerPS.psd1'; `$env:LAYERPS_ROOT = '$env:LAYERPS_ROOT'; $Code"
        & setpriv --bounding-set=-all --reuid 0 --regid 0 --clear-groups $program @assembly -NoProfile -Command $text
    }
}

AfterAll { Remove-TestStore $folder }

Describe 'Test-ContainerHost' {
    It 'gives one object for each check' {
        $checks.Count | Should -BeGreaterThan 25
        $checks[0] | Should -BeOfType ([LayerPS.HostCheck])
        @([Linq.Enumerable]::Distinct([string[]] $checks.Name)).Count | Should -Be $checks.Count
        foreach ($check in $checks) {
            $check.Value | Should -Not -BeNullOrEmpty
            $check.Purpose | Should -Not -BeNullOrEmpty
        }
    }

    It 'passes where containers run' {
        $failed = @($checks | Where-Object Status -EQ Failed)
        $failed.ForEach{ "$($_.Name): $($_.Value)" } | Should -BeNullOrEmpty
        Test-ContainerHost -Quiet | Should -BeTrue
    }

    It 'names a remedy exactly where something is missing' {
        foreach ($check in $checks) { [bool] $check.Remedy | Should -Be ($check.Status -ne 'Passed') }
    }

    It 'leaves nothing behind, and makes no store' {
        [IO.Directory]::GetFileSystemEntries($folder) | Should -BeNullOrEmpty
        [IO.Directory]::GetDirectories('/sys/fs/cgroup', 'layerps-check-*', 'AllDirectories') | Should -BeNullOrEmpty
    }

    It 'works in a store that is there' {
        [void] (New-Image one -Scratch)
        (Test-ContainerHost overlay).Status | Should -Be Passed
        Get-StagingCount | Should -Be 0
    }

    It 'finds the facts' {
        $release = [IO.File]::ReadAllText('/proc/sys/kernel/osrelease').Trim()
        (Test-ContainerHost kernel-version).Value | Should -Be $release
        (Test-ContainerHost store-writable).Value | Should -Be $env:LAYERPS_ROOT
        (Test-ContainerHost runtime).Value | Should -Match '^layerps-runtime version \d'
    }

    It 'makes only the checks that are named' {
        @(Test-ContainerHost NAMESPACE-*, pidfd).Name | Should -Contain namespace-pid
        @(Test-ContainerHost namespace-*, pidfd).Count | Should -Be 8
        @('pidfd', 'openat2' | Test-ContainerHost).Name | Should -Be pidfd, openat2
        @($checks[0] | Test-ContainerHost).Name | Should -Be $checks[0].Name
        @(Test-ContainerHost nothing-*).Count | Should -Be 0
    }

    It 'has a check for each wall and each limit' {
        foreach ($name in 'seccomp', 'libseccomp', 'seccomp-profile', 'capability-bounding', 'close-range', 'openat2',
            'cgroup-devices', 'cgroup-memory', 'cgroup-swap', 'cgroup-cpu', 'cgroup-cpu-quota', 'cgroup-cpuset', 'cgroup-pids',
            'cgroup-io', 'cgroup-io-weight', 'limit-open-files') {
            $checks.Name | Should -Contain $name
        }
        (Test-ContainerHost seccomp-profile).Value | Should -Match '^\d{3,} instructions$'
    }

    It 'tells which capabilities the session cannot hand on' {
        $said = Invoke-WithoutRights '(Test-ContainerHost capability-bounding).Value'
        $said | Should -Match '^without CAP_CHOWN, '
    }

    It 'goes on after a name that no check has' {
        $found = @(Test-ContainerHost namespace-pit, pidfd -ErrorVariable failures -ErrorAction SilentlyContinue)
        $found.Name | Should -Be pidfd
        $failures.FullyQualifiedErrorId | Should -Be 'HostCheckNotFound,LayerPS.Commands.TestContainerHostCommand'
        $failures[0].Exception.Message | Should -Match 'namespace-pid'
    }

    It 'fails, and needs no right, where rights are missing' {
        $lines = @(Invoke-WithoutRights 'Test-ContainerHost | ForEach-Object { "$($_.Status) $($_.Name) $($_.Value)" }')
        $lines.Count | Should -Be $checks.Count
        @($lines -match '^Failed capabilities .*CAP_SYS_ADMIN').Count | Should -Be 1
        @($lines -match '^Failed namespace-mount .*errno 1').Count | Should -Be 1
        @($lines -match '^Failed overlay ').Count | Should -Be 1
        Invoke-WithoutRights 'Test-ContainerHost -Quiet' | Should -Be False
    }

    It 'tells that the runtime is missing' {
        $env:LAYERPS_RUNTIME = '/nowhere/layerps-runtime'
        try { $check = Test-ContainerHost runtime }
        finally { $env:LAYERPS_RUNTIME = $null }
        $check.Status | Should -Be Failed
        $check.Value | Should -Match '/nowhere/'
        $check.Remedy | Should -Match 'Install'
    }

    It 'completes the names of checks' {
        $typed = 'Test-ContainerHost namespace-p'
        $found = [Management.Automation.CommandCompletion]::CompleteInput($typed, $typed.Length, $null)
        $found.CompletionMatches.CompletionText | Should -Be namespace-pid
    }

    It 'survives serialization' {
        (Copy-Serialized $checks[0]).Name | Should -Be $checks[0].Name
    }
}
