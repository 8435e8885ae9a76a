BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
    $dockerfile = [IO.Path]::Combine($folder, 'Dockerfile')
    [IO.File]::WriteAllText($dockerfile, @'
FROM base
HEALTHCHECK --interval=200ms --timeout=9s --start-period=2s --retries=2 CMD test -e /well || { echo ill; exit 1; }
CMD ["sleep", "1000"]
'@)
    [void] (Build-Image $folder checked)

    function Get-Test($Container) { $Container.Config.HealthCheck.Test -join '|' }
}

AfterAll { Remove-TestStore $folder }

Describe 'The health command of a container' {
    AfterEach { Get-Container | Remove-Container -Force }

    It 'is none where nothing is said' {
        $container = Start-TestContainer one
        $container.Config.HealthCheck | Should -BeNullOrEmpty
        $container.Health | Should -Be None
        $container.HealthLog.Count | Should -Be 0
        [IO.File]::Exists([IO.Path]::Combine([IO.Path]::GetDirectoryName($container.MetadataPath), 'health.json')) |
            Should -BeFalse
    }

    It 'tells that the container is well' {
        $container = Start-TestContainer one -HealthCommand 'echo fine' -HealthInterval 0.1
        $container.Health | Should -Be Starting
        $exit = $container | Wait-Container -Condition Healthy -Timeout 60
        $exit.ExitCode | Should -BeNullOrEmpty
        $now = Get-Container one
        $now.Health | Should -Be Healthy
        $now.Status | Should -BeLike 'Up * (healthy)'
        $now.HealthLog[-1] | Should -BeOfType ([LayerPS.HealthCheckResult])
        $now.HealthLog[-1].ExitCode | Should -Be 0
        $now.HealthLog[-1].Output | Should -Be "fine`n"
        @(Get-Container).Where{ $_.Health -eq 'Healthy' }.Name | Should -Be one
        $events = @(Get-ContainerEvent one).Where{ $_.Kind -eq 'HealthStatus' }
        $events.Detail | Should -Be Healthy
    }

    It 'tells that it is not' {
        $container = Start-TestContainer one -HealthCommand sh, -c, 'echo ill; exit 4' -HealthInterval 0.1 -HealthRetries 2
        Get-Test $container | Should -Be 'CMD|sh|-c|echo ill; exit 4'
        Wait-Until { $container.Refresh().Health -eq 'Unhealthy' }
        $now = $container.Refresh()
        $now.HealthFailures | Should -BeGreaterOrEqual 2
        $now.HealthLog[0].ExitCode | Should -Be 4
        $now.Status | Should -BeLike 'Up * (unhealthy)'
        Stop-Container one -Force
        $container.Refresh().Health | Should -Be None
        $container.Refresh().HealthLog[0].Output | Should -Be "ill`n"
        $failure = Wait-Container one -Condition Healthy 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerNotRunning,LayerPS.Commands.WaitContainerCommand'
    }

    It 'comes from the image' {
        $container = Invoke-Container checked -Detach -Name one -HealthStartPeriod 0
        $check = $container.Config.HealthCheck
        Get-Test $container | Should -Be 'CMD-SHELL|test -e /well || { echo ill; exit 1; }'
        $check.Interval.TotalSeconds | Should -Be 0.2
        $check.Timeout.TotalSeconds | Should -Be 9
        $check.StartPeriod.TotalSeconds | Should -Be 0
        $check.Retries | Should -Be 2
        Wait-Until { $container.Refresh().Health -eq 'Unhealthy' }
        [IO.File]::WriteAllText("/proc/$($container.Pid)/root/well", '')
        Wait-Until { $container.Refresh().Health -eq 'Healthy' }
    }

    It 'can be another one than the image''s, or none' {
        Get-Test (New-Container checked -HealthCommand true) | Should -Be 'CMD-SHELL|true'
        $without = New-Container checked -NoHealthCheck
        $without.Config.HealthCheck | Should -BeNullOrEmpty
        ($without | New-Container -Name twin).Config.HealthCheck | Should -BeNullOrEmpty
        $failure = New-Container checked -NoHealthCheck -HealthCommand true 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerOptionInvalid,LayerPS.Commands.NewContainerCommand'
    }

    It 'is a property in the pipeline, and goes to a twin' {
        $container = [pscustomobject] @{
            Image = 'base'; Name = 'one'; Command = 'true'; HealthCommand = 'look'; HealthInterval = '1m30s'
            HealthTimeout = '2'; HealthRetries = '4'; HealthStartPeriod = [TimeSpan]::FromMinutes(1); HealthStartInterval = 3
        } | New-Container
        foreach ($made in $container, ($container | New-Container -Name two)) {
            Get-Test $made | Should -Be 'CMD-SHELL|look'
            $check = $made.Config.HealthCheck
            $check.Interval, $check.Timeout, $check.StartPeriod, $check.StartInterval | ForEach-Object TotalSeconds |
                Should -Be 90, 2, 60, 3
            $check.Retries | Should -Be 4
        }
        ($container | New-Container -HealthRetries 5).Config.HealthCheck.Interval.TotalSeconds | Should -Be 90
    }

    It 'is the one of an image that is made of the container' {
        $container = New-Container base -Name one -HealthCommand true -HealthInterval 3 -Command sleep, 1000
        $config = (Checkpoint-Container one made).Config
        $config.Healthcheck.Test -join '|' | Should -Be 'CMD-SHELL|true'
        $config.Healthcheck.Interval.TotalSeconds | Should -Be 3
        Get-Test (New-Container made) | Should -Be (Get-Test $container)
    }

    It 'is refused where it cannot be: <Name>' -ForEach @(
        @{ Name = 'an interval of nothing'; Options = @{ HealthCommand = 'true'; HealthInterval = 0 } }
        @{ Name = 'no retries'; Options = @{ HealthCommand = 'true'; HealthRetries = 0 } }
        @{ Name = 'a time without a command'; Options = @{ HealthTimeout = 1 } }
        @{ Name = 'a time before'; Options = @{ HealthCommand = 'true'; HealthStartPeriod = -1 } }
    ) {
        $failure = New-Container base @Options -Command true 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerOptionInvalid,LayerPS.Commands.NewContainerCommand'
        @(Get-Container).Count | Should -Be 0
    }
}
