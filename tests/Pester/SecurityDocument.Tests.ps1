# docs/security.md and about_LayerPS_Security: that what they say of LayerPS is so, in a container that runs.
BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-Image base -FromCommand sh, date, id, ls, sleep)
    $text = [IO.File]::ReadAllText([IO.Path]::Combine($root, 'docs', 'security.md'))

    # The second column of the table of defaults, by its first.
    $said = @{}
    foreach ($line in $text.Substring($text.IndexOf('| wall |')).Split("`n")) {
        $cells = $line.Split('|').ForEach{ $_.Trim() }
        if ($cells.Count -eq 6) { $said[$cells[1]] = $cells[2] }
    }

    $box = Invoke-Container base -Detach -Name box -- sleep 1000
    $status = [IO.File]::ReadAllText("/proc/$($box.Pid)/status")
    $mounts = [IO.File]::ReadAllLines("/proc/$($box.Pid)/mounts").ForEach{ , $_.Split(' ') }
    $plan = [IO.File]::ReadAllText([IO.Path]::Combine([IO.Path]::GetDirectoryName($box.UpperPath), 'config.json'))
    function Get-ListOf([string] $Name) {
        [string[]] $list = [regex]::Match($plan, "`"$Name`":\[(.*?)\]").Groups[1].Value.Split(',').ForEach{ $_.Trim('"') }
        [Array]::Sort($list, [StringComparer]::Ordinal)
        $list -join ' '
    }
}

AfterAll { Remove-TestStore $folder }

Describe 'docs/security.md says of a container' {
    It 'which capabilities root has, and another user' {
        $names = [string[]] [LayerPS.ContainerCollection]::CapabilityNames
        $mask = [Convert]::ToUInt64([regex]::Match($status, 'CapBnd:\s*([0-9a-f]+)').Groups[1].Value, 16)
        $held = for ($number = 0; $number -lt $names.Count; $number++) {
            if ($mask -band ([ulong] 1 -shl $number)) { $names[$number] -replace '^CAP_' }
        }
        [string[]] $listed = $said['capabilities of root'].Split(' ')
        [Linq.Enumerable]::Order([string[]] $held) -join ' ' | Should -Be ([Linq.Enumerable]::Order($listed) -join ' ')
        $said['capabilities of another user'] | Should -Be none
        Invoke-ContainerCommand box -User 1000 -- sh -c 'while read -r line; do echo "$line"; done < /proc/self/status' |
            Where-Object { $_ -match '^CapEff' } | Should -Match '\t0+$'
    }

    It 'that its calls are filtered, and that programs may have more rights than who executes them' {
        $said['filter of system calls'] | Should -Be 'a list of what is allowed'
        $status | Should -Match 'Seccomp:\s*2'
        $said['no-new-privileges'] | Should -Be off
        $status | Should -Match 'NoNewPrivs:\s*0'
    }

    It 'which namespaces are its own' {
        $own = foreach ($kind in 'cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts') {
            if ([IO.FileInfo]::new("/proc/$($box.Pid)/ns/$kind").LinkTarget -ne [IO.FileInfo]::new("/proc/self/ns/$kind").LinkTarget) { $kind }
        }
        $own -join ' ' | Should -Be $said['namespaces of its own']
        $said['root in it is'] | Should -Be 'root of the machine'
        [regex]::Match($status, 'Uid:\s*(\d+)').Groups[1].Value | Should -Be 0
    }

    It 'what is hidden, and what is read-only' {
        Get-ListOf maskedPaths | Should -Be $said['hidden paths']
        Get-ListOf readonlyPaths | Should -Be $said['read-only paths']
        foreach ($path in $said['hidden paths'].Split(' ').Where{ [IO.Path]::Exists($_) }) {
            $mounts.Where{ $_[1] -eq $path }.Count | Should -Be 1 -Because $path
        }
        foreach ($path in $said['read-only paths'].Split(' ').Where{ [IO.Path]::Exists($_) }) {
            $mounts.Where{ $_[1] -eq $path }[0][3] | Should -Match '^ro,' -Because $path
        }
        $said['/sys'] | Should -Be read-only
        $mounts.Where{ $_[1] -eq '/sys' }[0][3] | Should -Match '^ro,'
        $said['/sys/fs/cgroup'] | Should -Be 'not there'
        $mounts.Where{ $_[1] -like '/sys/fs/cgroup*' }.Count | Should -Be 0
    }

    It 'which devices it has' {
        Invoke-ContainerCommand box -- sh -c 'cd /dev; for i in *; do [ -c "$i" ] && [ ! -L "$i" ] && printf "%s " "$i"; done; echo' |
            Should -Be "$($said['devices']) "
        $said['nodes of other devices'] | Should -Be 'cannot be made'
    }

    It 'that no limit is set, but those that are' {
        foreach ($wall in 'number of processes', 'memory') { $said[$wall] | Should -Be 'no limit' }
        $measured = Measure-Container box -Interval 0.1
        $measured.PidsLimit | Should -BeNullOrEmpty
        $said['open files'] | Should -Match '^1024,'
        [IO.File]::ReadAllText("/proc/$($box.Pid)/limits") | Should -Match 'Max open files +1024 '
        $said['/dev/shm'] | Should -Be '64 MB'
        $mounts.Where{ $_[1] -eq '/dev/shm' }[0][3] | Should -Match 'size=65536k'
        $said['size of the log'] | Should -Be '30 MB'
        $said['network'] | Should -Be none
        @([IO.File]::ReadAllLines("/proc/$($box.Pid)/net/dev").Where{ $_ -match ':' }).Count | Should -Be 1
    }

    It 'nothing of parameters that there are not' {
        $parameters = (Get-Command New-Container).Parameters.Keys
        foreach ($match in [regex]::Matches($text, '`-([A-Z][A-Za-z]+)')) { $match.Groups[1].Value | Should -BeIn $parameters }
    }
}

Describe 'about_LayerPS_Security' {
    BeforeAll { $topic = [IO.File]::ReadAllText([IO.Path]::Combine($modulePath, 'en-US', 'about_LayerPS_Security.help.txt')) }

    It 'names parameters that there are' {
        $parameters = (Get-Command New-Container).Parameters.Keys + (Get-Command Invoke-Container).Parameters.Keys
        foreach ($match in [regex]::Matches($topic, '(?<=[\s,])-([A-Z][A-Za-z]+)')) {
            if ($match.Groups[1].Value -notin 'Status', 'Property') {
                $match.Groups[1].Value.Replace('NE', 'Name') | Should -BeIn $parameters
            }
        }
    }

    It 'has examples that run' {
        $examples = [regex]::Matches($topic.Substring($topic.IndexOf('EXAMPLES')), '(?m)^ {8}(?=\S)(?:.|\n {12})*').ForEach{ $_.Value }
        $examples.Count | Should -Be 3
        foreach ($example in $examples[0..1]) {
            & ([scriptblock]::Create($example)) | Should -Not -BeNullOrEmpty
            $LASTEXITCODE | Should -Be 0
        }
    }

    It 'is found by Get-Help' -Tag Pwsh {
        (Get-Help about_LayerPS_Security) -join "`n" | Should -Match 'WHAT OPENS IT'
    }
}
