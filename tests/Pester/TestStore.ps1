# What the tests of the cmdlets share: a store of one's own, in a path that is not easy, and files to make images of.
# Dot-source it in BeforeAll.
$root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot))
$modulePath = [IO.Path]::Combine($root, 'artifacts', 'LayerPS')
Import-Module ([IO.Path]::Combine($modulePath, 'LayerPS.psd1'))

# Makes an empty folder with an empty store in it, makes that the session's store, and returns the folder.
function New-TestStore {
    $folder = [IO.Directory]::CreateTempSubdirectory('layerps täst ').FullName
    $env:LAYERPS_ROOT = [IO.Path]::Combine($folder, 'store')
    $folder
}

# Ends what runs in it, and removes it.
function Remove-TestStore([string] $Folder) {
    Get-Container | Remove-Container -Force
    $env:LAYERPS_ROOT = $null
    [IO.Directory]::Delete($Folder, $true)
}

# Makes the image 'base', which has what the containers of the tests run.
function New-TestBase {
    New-Image base -FromCommand sh, cat, hostname, id, ls, mkdir, printenv, readlink, rm, seq, sleep, touch, true @args
}

# Makes a container of it that runs until it finds the file /end, and starts it. The options go to New-Container.
function Start-TestContainer([string] $Name) {
    New-Container base -Name $Name @args -Command sh, -c, 'until [ -e /end ]; do sleep 0.02; done' |
        Start-Container -PassThru
}

# Lets a container end that Start-TestContainer has started.
function Complete-TestContainer($Container) { [IO.File]::WriteAllText("/proc/$($Container.Pid)/root/end", '') }

# Waits for what another thread or process will have done in a moment.
function Wait-Until([scriptblock] $Condition) {
    $limit = [DateTime]::UtcNow.AddSeconds(30)
    while (-not (& $Condition)) {
        [DateTime]::UtcNow | Should -BeLessThan $limit -Because "this comes about: $Condition"
        [Threading.Thread]::Sleep(20)
    }
}

# Starts a command in a session of its own, whose streams can be seen, and which can be stopped.
function Start-TestSession([string] $Script, [object[]] $Arguments = @()) {
    $state = [Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
    $state.ImportPSModule([IO.Path]::Combine($modulePath, 'LayerPS.psd1'))
    $session = [powershell]::Create($state).AddScript($Script)
    foreach ($argument in $Arguments) { [void] $session.AddArgument($argument) }
    $output = [Management.Automation.PSDataCollection[psobject]]::new()
    $output.EnumeratorNeverBlocks = $true
    $nothing = [Management.Automation.PSDataCollection[psobject]]::new()
    $nothing.Complete()
    $begin = [powershell].GetMethods().Where{ $_.Name -eq 'BeginInvoke' -and $_.GetParameters().Count -eq 2 }[0]
    $run = $begin.MakeGenericMethod([psobject], [psobject]).Invoke($session, @($nothing, $output))
    @{ Session = $session; Run = $run; Output = $output }
}

# Starts the PowerShell that runs this test once more, in a process of its own, with the module imported.
function Start-TestShell([string] $Script) {
    $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
    if ([IO.Path]::GetFileName($start.FileName) -eq 'dotnet') {
        $start.ArgumentList.Add([Environment]::GetCommandLineArgs()[0])
    }
    $import = "Import-Module '$($modulePath.Replace("'", "''"))/LayerPS.psd1'`n"
    foreach ($word in '-NoProfile', '-Command', ($import + $Script)) { $start.ArgumentList.Add($word) }
    $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
    [Diagnostics.Process]::Start($start)
}

# Makes a directory 'tree' with some files, and returns its path.
function New-TestTree([string] $Folder) {
    $tree = [IO.Path]::Combine($Folder, 'tree')
    $etc = [IO.Directory]::CreateDirectory([IO.Path]::Combine($tree, 'etc')).FullName
    [IO.File]::WriteAllText([IO.Path]::Combine($etc, 'hostname'), "here`n")
    [IO.File]::WriteAllText([IO.Path]::Combine($tree, 'a file'), 'content')

    # The same tree each time, so that archives of it have the same digest.
    foreach ($path in "$etc/hostname", "$tree/a file") { [IO.File]::SetLastWriteTimeUtc($path, [DateTime]::UnixEpoch) }
    foreach ($path in $etc, $tree) { [IO.Directory]::SetLastWriteTimeUtc($path, [DateTime]::UnixEpoch) }
    $tree
}

# Makes a tar of a test tree, and returns its path. The options go to tar.
function New-TestArchive([string] $Folder, [string] $Name = 'root.tar', [string[]] $Options = @()) {
    $archive = [IO.Path]::Combine($Folder, $Name)
    & tar -C (New-TestTree $Folder) @Options -cf $archive .
    $archive
}

# What an object becomes on its way through a job or a remote session.
function Copy-Serialized($Value) {
    [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($Value))
}

# How many pieces of work in progress the store has.
function Get-StagingCount { [IO.Directory]::GetFileSystemEntries("$env:LAYERPS_ROOT/staging").Count }

# Writes a blob into the store and returns its digest.
function Add-TestBlob([string] $Text) {
    $bytes = [Text.Encoding]::UTF8.GetBytes($Text)
    $hex = [Convert]::ToHexStringLower([Security.Cryptography.SHA256]::HashData($bytes))
    [IO.File]::WriteAllBytes("$env:LAYERPS_ROOT/blobs/sha256/$hex", $bytes)
    "sha256:$hex"
}

# Makes an image of all layers of one image and of the layer of another above them, and returns it.
function New-TestStack([string] $Name, $Below, $Top) {
    $parent, $layer = $Below.Layers[-1].Id, $Top.Layers[0]
    $chain = [Convert]::ToHexStringLower([Security.Cryptography.SHA256]::HashData(
            [Text.Encoding]::ASCII.GetBytes("sha256:$parent sha256:$($layer.DiffId)")))
    $target = "$env:LAYERPS_ROOT/layers/$chain"
    & cp -a "$env:LAYERPS_ROOT/layers/$($layer.Id)" $target
    $record = [IO.File]::ReadAllText("$target/layer.json").
        Replace("`"id`": `"$($layer.Id)`"", "`"id`": `"$chain`", `"parent`": `"$parent`"")
    [IO.File]::WriteAllText("$target/layer.json", $record)

    $diffIds = @($Below.Layers.DiffId) + $layer.DiffId
    $config = '{{"created":"2001-02-03T04:05:06Z","architecture":"amd64","os":"linux","config":{{"Cmd":["true"]}},"rootfs":{0}}}'
    $rootfs = '{{"type":"layers","diff_ids":[{0}]}}' -f ($diffIds.ForEach{ "`"sha256:$_`"" } -join ',')
    $descriptor = '{{"mediaType":"application/vnd.oci.image.{0}","digest":"{1}","size":1}}'
    $manifest = Add-TestBlob ('{{"schemaVersion":2,"config":{0},"layers":[{1}]}}' -f
        ($descriptor -f 'config.v1+json', (Add-TestBlob ($config -f $rootfs))),
        ($diffIds.ForEach{ $descriptor -f 'layer.v1.tar', "sha256:$_" } -join ','))
    $references = "$env:LAYERPS_ROOT/references.json"
    $rows = [IO.File]::ReadAllText($references).TrimEnd("`n", '}', ' ')
    [IO.File]::WriteAllText($references, "$rows, `"${Name}:latest`": `"$manifest`" }")
    Get-Image $Name
}

# Takes an image out of the table of images, as if nobody had ever named the layers that others have as well.
function Remove-TestReference([string] $Name) {
    $references = "$env:LAYERPS_ROOT/references.json"
    [IO.File]::WriteAllText(
        $references, ([IO.File]::ReadAllText($references) -replace "`"${Name}:latest`": `"[^`"]*`",?" -replace ',\s*}', '}'))
}

# The program that runs this, and the words that it needs before any of its own.
function Get-Shell {
    $program = [Environment]::ProcessPath
    $program
    if ([IO.Path]::GetFileName($program) -eq 'dotnet') { [Environment]::GetCommandLineArgs()[0] }
}

# What a script writes in a session of its own, what it says to its user among it.
function Get-SessionText([string] $Script) {
    $program, [string[]] $assembly = Get-Shell
    $module = [IO.Path]::Combine($modulePath, 'LayerPS.psd1')
    (& $program @assembly -NoProfile -Command "Import-Module '$module'; $Script") -join "`n"
}

# Runs a script in a session of its own at a terminal of 31 rows and 91 columns, which writes how it is set before
# and afterwards; Read-Terminal has what it shows.
function Start-TestTerminal([string] $Script) {
    $words = @(Get-Shell).ForEach{ "'$_'" } -join ' '
    $start = [Diagnostics.ProcessStartInfo]::new('script')
    $line = "stty rows 31 cols 91; stty -g; $words -NoProfile -Command `"`$LAYERPS_TEST_SCRIPT`"; stty -g"
    foreach ($word in '-q', '-f', '-c', $line, '/dev/null') { $start.ArgumentList.Add($word) }
    $start.Environment['LAYERPS_TEST_SCRIPT'] = "Import-Module '$modulePath/LayerPS.psd1'; $Script"
    $start.Environment['TERM'] = 'dumb'
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.AutoFlush = $true
    @{ Process = $process; Text = ''; Reading = $null; Buffer = [byte[]]::new(4096) }
}

# Looks at a terminal until the text is there, or to its end, and returns what it has shown by then.
function Read-Terminal($Terminal, [string] $Until) {
    $limit = [DateTime]::UtcNow.AddSeconds(60)
    while ($true) {
        $place = if ($Until) { $Terminal.Text.IndexOf($Until, [StringComparison]::Ordinal) } else { -1 }
        if ($place -ge 0) {
            $seen = $Terminal.Text.Substring(0, $place + $Until.Length)
            $Terminal.Text = $Terminal.Text.Substring($seen.Length)
            return $seen
        }
        if ([DateTime]::UtcNow -gt $limit) { throw "'$Until' did not come; there is: $($Terminal.Text)" }
        $stream = $Terminal.Process.StandardOutput.BaseStream
        if (-not $Terminal.Reading) { $Terminal.Reading = $stream.ReadAsync($Terminal.Buffer, 0, $Terminal.Buffer.Length) }
        if (-not $Terminal.Reading.Wait(500)) { continue }
        $count = $Terminal.Reading.Result
        $Terminal.Reading = $null
        if ($count -eq 0) {
            if ($Until) { throw "'$Until' did not come before the end; there is: $($Terminal.Text)" }
            return $Terminal.Text
        }
        $Terminal.Text += [Text.Encoding]::UTF8.GetString($Terminal.Buffer, 0, $count)
    }
}

# Types into a terminal.
function Send-Key($Terminal, [string] $Keys) { $Terminal.Process.StandardInput.Write($Keys) }

# Ends what runs at a terminal, also where a test has failed.
function Remove-TestTerminal($Terminal) {
    if (-not $Terminal) { return }
    if (-not $Terminal.Process.HasExited) { $Terminal.Process.Kill() }
    $Terminal.Process.Dispose()
}
