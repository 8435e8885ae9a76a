BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-Image base -FromCommand sh, cat, sleep, id, true, head, hostname, grep, readlink, wc, kill)
    $web = Invoke-Container base -Detach -Name web -Environment @{ A = '1'; B = '1' } -WorkingDirectory /work -- sleep 1000

    # The processes of the container on the host, by their command lines.
    function Get-ProcessOf($Container) {
        $group = @([IO.Directory]::GetDirectories('/sys/fs/cgroup') + '/sys/fs/cgroup').ForEach{
            "$_/layerps/$($Container.Id)/cgroup.procs"
        }.Where({ [IO.File]::Exists($_) }, 'First')
        [IO.File]::ReadAllLines($group[0]).ForEach{
            try { [IO.File]::ReadAllText("/proc/$_/cmdline").Replace("`0", ' ').Trim() } catch [IO.IOException] { }
        }
    }

    # Waits, for at most a minute, until the condition holds.
    function Wait-Until([scriptblock] $Condition) {
        $end = [DateTime]::UtcNow.AddSeconds(60)
        while (-not (& $Condition) -and [DateTime]::UtcNow -lt $end) { [Threading.Thread]::Sleep(20) }
        & $Condition
    }
}

AfterAll {
    Get-Container | Remove-Container -Force
    Remove-TestStore $folder
}

Describe 'Invoke-ContainerCommand' {
    It 'writes standard output as lines, standard error as information, and sets $LASTEXITCODE' {
        $output = Invoke-ContainerCommand web -InformationVariable said -ErrorVariable failures -- sh -c 'echo one; echo careful >&2; printf two; exit 3' 6> $null
        $output | Should -Be one, two
        "$said" | Should -Be careful
        $said[0].Tags | Should -Contain stderr
        $failures | Should -BeNullOrEmpty
        $LASTEXITCODE | Should -Be 3
        Invoke-ContainerCommand web -- true
        $LASTEXITCODE | Should -Be 0
    }

    It 'is in the namespaces and the cgroup of the container' {
        foreach ($kind in 'mnt', 'pid', 'uts', 'ipc', 'net', 'cgroup') {
            $inside = [IO.File]::ResolveLinkTarget("/proc/$($web.Pid)/ns/$kind", $false).Name
            Invoke-ContainerCommand web -- readlink "/proc/self/ns/$kind" | Should -Be $inside
        }
        # Every line ends with the path below the container's own.
        Invoke-ContainerCommand web -- cat /proc/self/cgroup | ForEach-Object { $_ | Should -BeLike '*:/' }
        Invoke-ContainerCommand web -- hostname | Should -Be $web.ShortId
    }

    It 'has the rights of the container, no more' {
        $expected = [IO.File]::ReadAllLines("/proc/$($web.Pid)/status").Where{ $_ -match '^(Cap|NoNewPrivs|Uid|Gid)' }
        Invoke-ContainerCommand web -- grep -E '^(Cap|NoNewPrivs|Uid|Gid)' /proc/self/status | Should -Be $expected
    }

    It 'has the environment and the directory of the container, and what was asked for' {
        Invoke-ContainerCommand web -- sh -c 'echo $A $B $HOME $PWD' | Should -Be '1 1 /root /work'
        Invoke-ContainerCommand web -Environment @{ B = '2' }, 'C=3' -WorkingDirectory /new/place -- sh -c 'echo $A $B $C $PWD' |
            Should -Be '1 2 3 /new/place'
        Invoke-ContainerCommand web -User 1000:1001 -- sh -c 'id -u; id -g; grep CapEff /proc/self/status' |
            Should -Be 1000, 1001, "CapEff:`t0000000000000000"
    }

    It 'reads text from the pipeline, line by line' {
        'one', 'two wörds', 3 | Invoke-ContainerCommand web -- cat | Should -Be one, 'two wörds', 3
        1..50000 | Invoke-ContainerCommand web -- wc -l | Should -Be 50000
        1..50000 | Invoke-ContainerCommand web -- cat | ForEach-Object { $count++ }
        $count | Should -Be 50000
        @() | Invoke-ContainerCommand web -- wc -c | Should -Be 0
        Invoke-ContainerCommand web -InputObject text -- cat | Should -Be text
        Invoke-ContainerCommand web -- wc -c | Should -Be 0
    }

    It 'reads bytes as they are' {
        [byte[]] (0, 255, 13, 65) | Invoke-ContainerCommand web -- wc -c | Should -Be 4
        , [byte[]] (0x61, 0x0a) | Invoke-ContainerCommand web -- cat | Should -Be a
    }

    It 'ends when the command reads no more' {
        1..100000 | Invoke-ContainerCommand web -- head -n 1 | Should -Be 1
        $LASTEXITCODE | Should -Be 0
    }

    It 'gives the command a terminal of the container by -Tty' {
        $said = Invoke-ContainerCommand web -Tty -- sh -c '[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && readlink /proc/self/fd/0; echo careful >&2; echo $TERM; exit 3'
        $said | Should -Be /dev/pts/0, careful, xterm
        $LASTEXITCODE | Should -Be 3
        # The one before may still have /dev/pts/0.
        Invoke-ContainerCommand web -Tty -User 1000 -- sh -c 'echo mine > $(readlink /proc/self/fd/0)' | Should -Be mine
        Invoke-ContainerCommand web -- sh -c '[ -t 0 ] || [ -t 1 ] || echo none' | Should -Be none
    }

    It 'types what comes through the pipeline into the terminal' {
        # What it answers stands behind its prompt, or not: that depends on who of the two was first.
        $seen = 'echo $((40 + 2))' | Invoke-ContainerCommand web -Tty -- sh
        $seen -join "`n" | Should -Match '(?m)^(# )?42$'
        # Nothing more to say is Ctrl+D for it.
        Invoke-ContainerCommand web -Tty -- cat | Should -BeNullOrEmpty
        (Invoke-ContainerCommand web -Tty -PassThru -- sh -c 'echo a; echo b >&2').Output | Should -Be a, b
    }

    It 'takes a container as <How>' -ForEach @(
        @{ How = 'name'; Call = { Invoke-ContainerCommand web -- hostname } }
        @{ How = 'id'; Call = { Invoke-ContainerCommand -Id $web.Id -Command hostname } }
        @{ How = 'object'; Call = { Invoke-ContainerCommand $web -- hostname } }
        @{ How = 'object in the pipeline'; Call = { $web | Invoke-ContainerCommand -Command hostname } }
        @{ How = 'name in the pipeline'; Call = { 'web' | Invoke-ContainerCommand -Command hostname } }
        @{ How = 'wildcard'; Call = { Invoke-ContainerCommand we? -- hostname } }
        @{ How = 'property Name'; Call = { [pscustomobject] @{ Name = 'web' } | Invoke-ContainerCommand -Command hostname } }
        @{ How = 'object from another session'; Call = { Copy-Serialized $web | Invoke-ContainerCommand -Command hostname } }
    ) {
        & $Call | Should -Be $web.ShortId
    }

    It 'writes a result by -PassThru' {
        $result = Invoke-ContainerCommand web -PassThru -- sh -c 'echo a; echo b; echo c >&2; exit 4'
        $result | Should -BeOfType ([LayerPS.CommandResult])
        $result.Container, $result.ExitCode | Should -Be web, 4
        $result.Output | Should -Be a, b
        $result.Error | Should -Be c
        $result.Duration | Should -BeGreaterThan ([TimeSpan]::Zero)
        ('x' | Invoke-ContainerCommand web -PassThru -- cat).Output | Should -Be x
    }

    It 'makes another exit code an error by -ErrorOnExitCode' {
        { Invoke-ContainerCommand web -ErrorOnExitCode -ErrorAction Stop -- sh -c 'exit 9' } |
            Should -Throw -ErrorId 'ContainerExitCode,*' -ExpectedMessage '*web*9*'
        $LASTEXITCODE | Should -Be 9
        Invoke-ContainerCommand web -- sh -c 'kill -9 $$'
        $LASTEXITCODE | Should -Be 137
    }

    It 'says that a command <What>' -ForEach @(
        @{ What = 'is missing'; Command = 'nope'; Code = 127; Message = "*'nope' is not in the container*" }
        @{ What = 'is a directory'; Command = '/etc'; Code = 126; Message = '*is a directory*' }
    ) {
        $failure = { Invoke-ContainerCommand web -ErrorAction Stop -Command $Command } |
            Should -Throw -PassThru -ErrorId 'ContainerCommandFailed,*'
        $failure.Exception.Message | Should -BeLike $Message
        $LASTEXITCODE | Should -Be $Code
    }

    It 'refuses a container that does not run, and goes on' {
        [void] (New-Container base -Name idle -- true)
        $output = 'idle', 'nope', 'web' | Invoke-ContainerCommand -Command hostname -ErrorVariable failures -ErrorAction SilentlyContinue
        $output | Should -Be $web.ShortId
        $failures.FullyQualifiedErrorId -replace ',.*' | Should -Be ContainerNotRunning, ContainerNotFound
    }

    It 'lets a command go on by -Detach' {
        Invoke-ContainerCommand web -Detach -- sleep 2001 | Should -BeNullOrEmpty
        $LASTEXITCODE | Should -Be 0
        Wait-Until { (Get-ProcessOf $web) -contains 'sleep 2001' } | Should -BeTrue
        { Invoke-ContainerCommand web -Detach -ErrorAction Stop -- nope } | Should -Throw -ErrorId 'ContainerCommandFailed,*'
    }

    It 'does not wait for what a command leaves behind' {
        Invoke-ContainerCommand web -- sh -c 'sleep 2002 & echo done' | Should -Be done
        Wait-Until { (Get-ProcessOf $web) -contains 'sleep 2002' } | Should -BeTrue
    }

    It 'does nothing by -WhatIf' {
        Invoke-ContainerCommand web -WhatIf -- sh -c 'echo x > /whatif' 6> $null
        [IO.File]::Exists("$($web.UpperPath)/whatif") | Should -BeFalse
    }

    It 'ends the command and its children when the pipeline is stopped' {
        $session = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try {
            [void] $session.AddScript("Import-Module '$modulePath/LayerPS.psd1'; Invoke-ContainerCommand web -- sh -c 'sleep 2003 & trap : TERM; while :; do sleep 2004; done'")
            $run = $session.BeginInvoke()
            Wait-Until { (Get-ProcessOf $web) -contains 'sleep 2004' } | Should -BeTrue
            $session.Stop()
            Wait-Until { -not ((Get-ProcessOf $web) -match 'sleep 200[34]') } | Should -BeTrue
            $web.Refresh().State | Should -Be Running
        }
        finally { $session.Dispose() }
    }

    It 'ends the command when nobody wants its output any more' -Tag Pwsh {
        Invoke-ContainerCommand web -- sh -c 'while :; do echo 2005; done' | Select-Object -First 2 | Should -Be 2005, 2005
        Wait-Until { -not ((Get-ProcessOf $web) -match '2005') } | Should -BeTrue
    }

    It 'ends the command when its session is killed' {
        $shell = [Environment]::ProcessPath
        $script = "Import-Module '$modulePath/LayerPS.psd1'; Invoke-ContainerCommand web -- sleep 2006"
        # Where the host is a program of dotnet's, its own file comes first.
        $first = [Environment]::GetCommandLineArgs()[0]
        $arguments = @(if ([IO.Path]::GetFileNameWithoutExtension($shell) -eq 'dotnet') { $first }) + '-NoProfile', '-Command', $script
        $process = [Diagnostics.Process]::Start($shell, [string[]] $arguments)
        try {
            Wait-Until { (Get-ProcessOf $web) -contains 'sleep 2006' } | Should -BeTrue
            $process.Kill()
            $process.WaitForExit()
            Wait-Until { (Get-ProcessOf $web) -notcontains 'sleep 2006' } | Should -BeTrue
        }
        finally { $process.Dispose() }
    }

    It 'suggests what was meant by a dash word of docker' {
        { Invoke-ContainerCommand web -u 1 -ErrorAction Stop hostname } | Should -Not -Throw
        { Invoke-ContainerCommand web '-x' -ErrorAction Stop } | Should -Throw -ErrorId 'ContainerCommandInvalid,*'
    }
}
