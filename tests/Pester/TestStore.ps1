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
    $input = [Management.Automation.PSDataCollection[psobject]]::new()
    $input.Complete()
    $begin = [powershell].GetMethods().Where{ $_.Name -eq 'BeginInvoke' -and $_.GetParameters().Count -eq 2 }[0]
    $run = $begin.MakeGenericMethod([psobject], [psobject]).Invoke($session, @($input, $output))
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
