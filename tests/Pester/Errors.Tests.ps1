# What a person sees when something is wrong, and what a script can rely on.
BeforeDiscovery {
    $root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot))
    $page = [IO.File]::ReadAllLines([IO.Path]::Combine($root, 'docs', 'errors.md'))
    $rows = foreach ($line in $page.Where{ $_ -match '^\| `' }) {
        $cells = ($line.Trim('|', ' ') -split '(?<!\\)\|').ForEach{ $_.Trim().Replace('\|', '|') }
        @{ Id = $cells[0].Trim('`'); Category = $cells[1]; Message = $cells[2]; Action = $cells[3] }
    }
    $rows = @($rows)

    # What fails, and how: in a store that has the image base, the containers web, which runs, and db, which does not.
    $failures = @(
        @{ Code = 'Get-Container wbe'; Id = 'ContainerNotFound'; Message = "*'wbe'. Did you mean 'web'?" }
        @{ Code = 'Get-Image bsae'; Id = 'ImageNotFound'; Message = "*'bsae'. Did you mean 'base:latest'?" }
        @{ Code = 'Get-ContainerVolume dtaa'; Id = 'VolumeNotFound'; Message = "*Did you mean 'data'?*" }
        @{ Code = 'Get-ImageLayer -Id xyz'; Id = 'LayerNotFound'; Message = "*'xyz'*" }
        @{ Code = 'Get-ImageLayer -Id ""'; Id = 'LayerNotFound'; Message = "*''*" }
        @{ Code = 'Get-Container ""'; Id = 'ContainerNotFound'; Message = "*''*" }
        @{ Code = 'Start-Container base'; Id = 'ContainerNotFound'; Message = "'base' is an image, not a container." }
        @{ Code = 'Get-Image base | Start-Container'; Id = 'ContainerNotFound'; Message = "'base:latest' is an image*" }
        @{ Code = 'Remove-Container web'; Id = 'ContainerRunning'; Message = "*'web' is running*" }
        @{ Code = 'Suspend-Container db'; Id = 'ContainerNotRunning'; Message = "*'db' is created*" }
        @{ Code = 'Rename-Container db web'; Id = 'ContainerNameInUse'; Message = "*'web'*" }
        @{ Code = 'Rename-Container db /'; Id = 'ContainerNameInvalid'; Message = "*'/'*" }
        @{ Code = 'Remove-Image base'; Id = 'ImageInUse'; Message = "*'base:latest'*'web'*" }
        @{ Code = 'Remove-ContainerVolume data'; Id = 'VolumeInUse'; Message = "*'data'*'web'*" }
        @{ Code = 'Wait-Container web -Timeout 0.05'; Id = 'ContainerWaitTimeout'; Message = "*'web'*0.05*" }
        @{ Code = 'Copy-ContainerItem web:/nothing .'; Id = 'ContainerItemNotFound'; Message = "*'/nothing'*'web'*" }
        @{ Code = 'Invoke-Container base -Remove -- nothing'; Id = 'ContainerStartFailed'; Message = "*'nothing'*" }
        @{ Code = 'Test-ContainerHost overlai'; Id = 'HostCheckNotFound'; Message = "*'overlay'*" }
        @{ Code = 'Send-ContainerSignal web SIGFOO'; Id = 'ContainerOptionInvalid'; Message = "*'SIGFOO'*" }
    )
}

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
    $web = Start-TestContainer web -Volume data:/data
    [void] (New-Container base -Name db -- true)

    # Only the failures of the code, whatever else it writes.
    function Get-Failure([string] $Code) {
        @(& ([scriptblock]::Create($Code)) 2>&1 3>$null 6>$null).Where{ $_ -is [Management.Automation.ErrorRecord] }
    }

    function Get-Id($Failure) { $Failure.FullyQualifiedErrorId.Split(',')[0] }

    # Images of one layer each, so many that two of them and two of the layers begin with the same digit.
    function New-ManyImages {
        $tree = New-TestTree $folder
        foreach ($number in 1..17) {
            [IO.File]::WriteAllText("$tree/number", "$number")
            New-Image "many:$number" -FromDirectory $tree
        }
    }

    function Get-SharedDigit([string[]] $Id) {
        [string[]] $first = [Linq.Enumerable]::Order([string[]] $Id.ForEach{ $_.Substring(0, 1) })
        for ($at = 1; $at -lt $first.Count; $at++) { if ($first[$at] -eq $first[$at - 1]) { return $first[$at] } }
    }
}

AfterAll { Remove-TestStore $folder }

Describe 'The table of errors' {
    It 'has a row in docs/errors.md for every error, and no other row' {
        $known = [Linq.Enumerable]::Order([string[]] @([LayerPS.EngineErrors]::All.Keys))
        $told = [Linq.Enumerable]::Order([string[]] @($rows.Id))
        $told -join "`n" | Should -Be ($known -join "`n")
    } -TestCases @{ rows = $rows }

    It '<Id> is what the page says' -ForEach $rows {
        $row = [LayerPS.EngineErrors]::All[$Id]
        $Category | Should -Be "$($row.Class)"
        $Action | Should -BeExactly $row.RecommendedAction
        $Message | Should -Match '\w.*[.,:]'
        [enum]::IsDefined([Management.Automation.ErrorCategory], $Category) | Should -BeTrue
        $Id | Should -MatchExactly '^(Container|Image|Build|Dockerfile|Layer|Volume|Archive|Output|Store|Seccomp|Host|Path|Engine)[A-Z]'
    }
}

Describe 'A failure' {
    It 'is one record with its id, a category, a target and a way out: <Code>' -ForEach $failures {
        $failure = @(Get-Failure $Code)
        $failure.Count | Should -Be 1
        Get-Id $failure[0] | Should -Be $Id
        "$($failure[0])" | Should -BeLike $Message
        "$($failure[0].CategoryInfo.Category)" | Should -Be "$([LayerPS.EngineErrors]::All[$Id].Class)"
        $failure[0].TargetObject | Should -Not -Be $null
        $failure[0].ErrorDetails.RecommendedAction | Should -Match '\w+\b.*'
        "$($failure[0])" | Should -Not -Match '\n\s+at |Exception'
    }

    It 'names those that a few digits may mean' {
        $images = New-ManyImages
        $digit = Get-SharedDigit $images.Id
        $failure = @(Get-Failure "Get-Image $digit")[0]
        Get-Id $failure | Should -Be ImageNameAmbiguous
        "$failure" | Should -Match "^\d+ images have an id that begins with '$digit': .*many:\d+ \($digit[0-9a-f]{11}\)"

        $digit = Get-SharedDigit $images.ForEach{ $_.Layers[0].Id }
        $failure = @(Get-Failure "Get-ImageLayer -Id $digit")[0]
        Get-Id $failure | Should -Be LayerIdAmbiguous
        "$failure" | Should -Match "^\d+ layers have an id that begins with '$digit': $digit[0-9a-f]{11}, $digit[0-9a-f]{11}"

        $containers = 1..17 | ForEach-Object { New-Container base -Name "many-$_" -- true }
        $digit = Get-SharedDigit $containers.Id
        $failure = @(Get-Failure "Get-Container $digit")[0]
        Get-Id $failure | Should -Be ContainerNameAmbiguous
        "$failure" | Should -Match "^\d+ containers have an id that begins with '$digit': .*many-\d+ \($digit[0-9a-f]{11}\)"
    }

    It 'of a value of the wrong type is PowerShell''s own, and names the parameter' {
        $thrown = { Set-Container web -Memory much } | Should -Throw -PassThru
        $thrown.FullyQualifiedErrorId | Should -BeLike '*,LayerPS.Commands.SetContainerCommand'
        "$thrown" | Should -BeLike "*'Memory'*'much'*"
        $thrown = { Get-Container -State Asleep } | Should -Throw -PassThru
        "$thrown" | Should -BeLike '*Created, Running, Paused, Restarting, Exited*'
    }

    It 'that nobody foresaw says so, without a stack trace' {
        $store = $env:LAYERPS_ROOT
        try {
            $env:LAYERPS_ROOT = [IO.Path]::Combine($folder, 'file')
            [IO.File]::WriteAllText($env:LAYERPS_ROOT, '')
            $thrown = { Get-Container } | Should -Throw -PassThru
            "$thrown" | Should -Not -Match '\n\s+at '
            $thrown.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }
        finally { $env:LAYERPS_ROOT = $store }
    }

    It 'is shown to a person without a stack trace' {
        $shell = Start-TestShell 'Get-Container wbe; Remove-Container web'
        $text = $shell.StandardError.ReadToEnd() + $shell.StandardOutput.ReadToEnd()
        $shell.WaitForExit()
        $text | Should -BeLike "*Did you mean 'web'?*"
        $text | Should -BeLike "*'web' is running*"
        $text | Should -Not -Match '(?m)^\s+at [\w.]+\('
    }

    It 'of one who is not root names the way to become root' {
        $program, [string[]] $words = Get-Shell
        $module = [IO.Path]::Combine($modulePath, 'LayerPS.psd1')
        foreach ($file in @($module, $program) + $words) {
            & setpriv --reuid=65534 --regid=65534 --clear-groups test -r $file
            if ($LASTEXITCODE -ne 0) {
                Set-ItResult -Skipped -Because "nobody but root may read '$file'"
                return
            }
        }
        $script = "Import-Module '$($module.Replace("'", "''"))'
            try { Get-Container } catch { `$_.FullyQualifiedErrorId; `$_.ErrorDetails.RecommendedAction }"
        $said = & env HOME=/nonexistent setpriv --reuid=65534 --regid=65534 --clear-groups $program @words -NoProfile -Command $script
        $said | Should -Contain 'HostNotRoot,LayerPS.Commands.GetContainerCommand'
        $said | Should -Contain 'Run pwsh as root: sudo pwsh.'
    }
}

Describe 'The pipeline' {
    It 'goes on after a failure' {
        $all = @('web', 'wbe', 'db' | Get-Container 2>&1)
        $all.Count | Should -Be 3
        $all[0].Name | Should -Be web
        Get-Id $all[1] | Should -Be ContainerNotFound
        $all[2].Name | Should -Be db
    }

    It 'ends at the first one with -ErrorAction Stop, and with the preference' {
        $seen = [Collections.Generic.List[string]]::new()
        { 'web', 'wbe', 'db' | Get-Container -ErrorAction Stop | ForEach-Object { $seen.Add($_.Name) } } |
            Should -Throw -ErrorId 'ContainerNotFound,LayerPS.Commands.GetContainerCommand'
        $seen -join ' ' | Should -Be web
        {
            $ErrorActionPreference = 'Stop'
            Get-Container wbe
            $seen.Add('after')
        } | Should -Throw -ErrorId 'ContainerNotFound,LayerPS.Commands.GetContainerCommand'
        $seen -join ' ' | Should -Be web
    }

    It 'keeps silent with SilentlyContinue, and forgets with Ignore' {
        $ErrorActionPreference = 'Continue'
        $found = Get-Container wbe, web -ErrorAction SilentlyContinue -ErrorVariable mine 2>&1
        $found.Name | Should -Be web
        @($mine).Count | Should -Be 1
        Get-Id $mine[0] | Should -Be ContainerNotFound

        $before = $global:Error.Count
        $found = Get-Container wbe, web -ErrorAction Ignore 2>&1
        $found.Name | Should -Be web
        $global:Error.Count | Should -Be $before
    }

    It 'says with $? whether all went well' {
        $null = Get-Container web 2>&1
        $? | Should -BeTrue
        $null = Get-Container wbe 2>&1
        $? | Should -BeFalse
    }
}
