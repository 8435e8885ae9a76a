@{
    RootModule           = 'LayerPS.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = 'f2e593ee-62d7-4ff8-94c5-c9cd6da88224'
    Author               = 'The LayerPS contributors'
    CompanyName          = 'LayerPS'
    Copyright            = '(c) 2026 The LayerPS contributors. MIT license.'
    Description          = 'Images, layers and containers for Linux as live objects in the PowerShell pipeline.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('LayerPS.Format.ps1xml')
    CmdletsToExport      = @(
        'Add-ImageTag'
        'Checkpoint-Container'
        'Compare-Container'
        'Compare-Image'
        'Copy-ContainerItem'
        'Export-Container'
        'Build-Image'
        'Get-Container'
        'Get-ContainerEvent'
        'Get-ContainerLog'
        'Get-ContainerVolume'
        'Get-ContainerProcess'
        'Get-Image'
        'Get-ImageHistory'
        'Get-ImageLayer'
        'Import-Image'
        'Invoke-Container'
        'Invoke-ContainerCommand'
        'Measure-Container'
        'Measure-ContainerStorage'
        'New-Container'
        'New-ContainerVolume'
        'New-Image'
        'Optimize-ContainerStorage'
        'Remove-Container'
        'Remove-ContainerVolume'
        'Remove-Image'
        'Remove-ImageTag'
        'Rename-Container'
        'Repair-ContainerStorage'
        'Restart-Container'
        'Resume-Container'
        'Save-Image'
        'Send-ContainerSignal'
        'Set-Container'
        'Start-Container'
        'Stop-Container'
        'Suspend-Container'
        'Test-ContainerHost'
        'Test-Image'
        'Wait-Container'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @(
        'Commit-Container'
        'Cp-Container'
        'Create-Container'
        'Diff-Container'
        'Exec-Container'
        'Kill-Container'
        'Pause-Container'
        'Prune-ContainerStorage'
        'Run-Container'
        'Stats-Container'
        'Tag-Image'
        'Top-Container'
        'Unpause-Container'
        'Untag-Image'
        'Update-Container'
    )
    PrivateData          = @{
        PSData = @{
            Tags = @('Linux', 'PSEdition_Core', 'container', 'image', 'layer', 'OCI', 'overlayfs')
        }
    }
}
