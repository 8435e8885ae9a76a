BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
    $made = New-Container base -Name web-1 -Label @{ k = 'v' } -- ls
    $running = Start-TestContainer web-2
    $ended = New-Container base -Name db -- sh -c 'exit 3' | Start-Container -PassThru
    [void] ($ended | Wait-Container)
}

AfterAll { Remove-TestStore $folder }

Describe 'Get-Container' {
    It 'gives every container, the youngest first' {
        $containers = @(Get-Container)
        $containers | Should -BeOfType ([LayerPS.Container])
        $containers.Name | Should -Be db, web-2, web-1
    }

    It 'finds a container by <How>' -ForEach @(
        @{ How = 'name'; What = { 'web-1' } }
        @{ How = 'id'; What = { $made.Id } }
        @{ How = 'the beginning of an id'; What = { $made.ShortId } }
        @{ How = 'object'; What = { $made } }
        @{ How = 'object from another session'; What = { Copy-Serialized $made } }
    ) {
        (& $What | Get-Container).Id | Should -Be $made.Id
        if ($How -notlike '*session') {
            (Get-Container (& $What)).Id | Should -Be $made.Id
            (Get-Container -Name (& $What)).Id | Should -Be $made.Id
        }
    }

    It 'finds a container by the property <Property>' -ForEach @(
        @{ Property = 'Container'; Value = { 'web-1' } }
        @{ Property = 'Name'; Value = { 'web-1' } }
        @{ Property = 'Id'; Value = { $made.Id } }
    ) {
        ([pscustomobject] @{ Other = 1; $Property = & $Value } | Get-Container).Id | Should -Be $made.Id
    }

    It 'matches <Pattern>' -ForEach @(
        @{ Pattern = '*'; Names = 'db', 'web-2', 'web-1' }
        @{ Pattern = 'WEB*'; Names = 'web-2', 'web-1' }
        @{ Pattern = 'web-[13]'; Names = @('web-1') }
        @{ Pattern = 'd?'; Names = @('db') }
        @{ Pattern = 'nothing*'; Names = @() }
    ) {
        @(Get-Container $Pattern -ErrorAction Stop).ForEach{ $_.Name } | Should -Be $Names
    }

    It 'gives those in the states <States>' -ForEach @(
        @{ States = 'Running'; Names = @('web-2') }
        @{ States = 'Created', 'Exited'; Names = 'db', 'web-1' }
        @{ States = 'Paused'; Names = @() }
    ) {
        @(Get-Container -State $States).ForEach{ $_.Name } | Should -Be $Names
        @('web-1', 'web-2', 'db' | Get-Container -State $States).Count | Should -Be $Names.Count
    }

    It 'tells where each is in its life' {
        $now = Get-Container web-2
        $now.State | Should -Be Running
        $now.Pid | Should -Be $running.Pid
        $now.Status | Should -Match '^Up \d+ seconds?$'
        $now.ExitCode | Should -BeNullOrEmpty
        $now.Finished | Should -BeNullOrEmpty
        $now = Get-Container db
        $now.State | Should -Be Exited
        $now.ExitCode | Should -BeOfType ([int])
        $now.ExitCode | Should -Be 3
        $now.ExitReason | Should -Be Exited
        $now.Status | Should -BeLike 'Exited (3) * ago'
        $now.Finished | Should -BeGreaterThan $now.Started
        $now.Started | Should -BeGreaterThan $now.Created
        $now.Pid | Should -BeNullOrEmpty
    }

    It 'takes several at once, and goes on after one that is not there' {
        $found = @(Get-Container web-3, w*1, db, '' -ErrorVariable failures -ErrorAction SilentlyContinue)
        $found.Name | Should -Be web-1, db
        $failures.FullyQualifiedErrorId |
            Should -Be (@('ContainerNotFound,LayerPS.Commands.GetContainerCommand') * 2)
        $failures[0].CategoryInfo.Category | Should -Be ObjectNotFound
        $failures[0].TargetObject | Should -Be web-3
        $failures[0].Exception.Message | Should -BeLike "*'web-3'*'web-*'*"
    }

    It 'goes on in the pipeline after one that was removed' {
        $gone = New-Container base
        $gone | Remove-Container
        $found = @($gone, $made | Get-Container -ErrorVariable failures -ErrorAction SilentlyContinue)
        $found.Id | Should -Be $made.Id
        $failures[0].Exception.Message | Should -BeLike "*'$($gone.Name)'*removed*"
    }

    It 'tells that the beginning of an id is not clear' {
        # Of 17 ids, two begin with the same digit.
        $more = 1..14 | ForEach-Object { New-Container base }
        $counts = @{}
        foreach ($container in Get-Container) { $counts[$container.Id.Substring(0, 1)]++ }
        $digit = $counts.Keys.Where({ $counts[$_] -gt 1 }, 'First')
        $failure = Get-Container "$digit" 2>&1
        $failure.FullyQualifiedErrorId | Should -BeLike 'ContainerNameAmbiguous,*'
        $failure.CategoryInfo.Category | Should -Be InvalidArgument
        $more | Remove-Container
    }

    It 'tells of a record that cannot be read, and the way out works' {
        $broken = New-Container base -Name broken
        [IO.File]::WriteAllText($broken.MetadataPath, '{')
        $failure = Get-Container broken 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'StoreCorrupt,LayerPS.Commands.GetContainerCommand'
        $failure.Exception.Message | Should -BeLike "*'$($broken.MetadataPath)'*"
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Remove-Container*'
        $found = @(Get-Container -ErrorVariable failures -ErrorAction SilentlyContinue)
        $found.Name | Should -Be db, web-2, web-1
        $failures.FullyQualifiedErrorId | Should -BeLike 'StoreCorrupt,*'
        Remove-Container $broken.ShortId -Force
        Get-Container -ErrorAction Stop | ForEach-Object Name | Should -Not -Contain broken
    }

    It 'takes no nothing for everything' {
        { Get-Container $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        { Get-Container -State bogus } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage*'
    }

    It 'completes <Line>' -ForEach @(
        @{ Line = 'Get-Container we'; Completed = 'web-2', 'web-1' }
        @{ Line = 'Get-Container "d'; Completed = '"db"' }
        @{ Line = 'Get-Container -State Ru'; Completed = 'Running' }
    ) {
        $completion = [Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null)
        $completion.CompletionMatches.Where{ $_.ResultType -eq 'ParameterValue' }.CompletionText | Should -Be $Completed
    }

    It 'gives objects that keep their values on the way through another session' {
        $copy = Copy-Serialized (Get-Container db)
        $copy.State | Should -Be Exited
        $copy.ExitCode | Should -Be 3
        $copy.Command | Should -Be sh, -c, 'exit 3'
        (Copy-Serialized $made).Labels['k'] | Should -Be v
    }
}
