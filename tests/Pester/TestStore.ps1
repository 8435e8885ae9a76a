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

function Remove-TestStore([string] $Folder) {
    $env:LAYERPS_ROOT = $null
    [IO.Directory]::Delete($Folder, $true)
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
