# build.sh as a person at a shell meets it.
BeforeAll {
    $root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot))
    $script = [IO.Path]::Combine($root, 'build.sh')
    $module = [IO.Path]::Combine($root, 'artifacts', 'LayerPS')

    # From another folder than the project's.
    function Invoke-BuildScript([string[]] $Words) {
        $start = [Diagnostics.ProcessStartInfo]::new($script)
        foreach ($word in $Words) { $start.ArgumentList.Add($word) }
        $start.WorkingDirectory = '/'
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [Diagnostics.Process]::Start($start)
        $errors = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        @{ Output = $output; Error = $errors.Result; ExitCode = $process.ExitCode }
    }
}

Describe 'build.sh' {
    It 'names its tasks when it is given <Given>' -ForEach @(
        @{ Given = 'none'; Words = @(); Code = 2 }
        @{ Given = 'an unknown one'; Words = @('nonsense'); Code = 2 }
    ) {
        $run = Invoke-BuildScript $Words
        $run.ExitCode | Should -Be $Code
        $run.Output | Should -BeNullOrEmpty
        foreach ($task in 'build', 'test', 'test-vm', 'demo', 'bench', 'shell', 'package', 'clean') {
            $run.Error | Should -Match "(?m)^\s+$task\s"
        }
    }

    It 'names the task that it does not know' {
        (Invoke-BuildScript 'nonsense').Error | Should -BeLike "*Unknown task 'nonsense'*"
    }

    It 'says on standard output what it was asked for' {
        $run = Invoke-BuildScript '--help'
        $run.ExitCode | Should -Be 0
        $run.Output | Should -BeLike 'Usage:*'
        $run.Error | Should -BeNullOrEmpty
    }

    It 'leaves alone what is up to date, and says where the module is' {
        $before = [IO.Directory]::GetCreationTimeUtc($module)
        $run = Invoke-BuildScript 'build'
        $run.ExitCode | Should -Be 0
        $run.Output | Should -BeLike "*$module*"
        $run.Output | Should -Not -BeLike '*Building*'
        [IO.Directory]::GetCreationTimeUtc($module) | Should -Be $before
    }

    It 'refuses an option that the task does not have' {
        $run = Invoke-BuildScript 'build', '-NoSuchOption'
        $run.ExitCode | Should -Be 1
        $run.Error | Should -BeLike '*-NoSuchOption*'
    }
}
