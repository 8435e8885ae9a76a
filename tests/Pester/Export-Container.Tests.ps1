BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
}

AfterAll { Remove-TestStore $folder }

Describe 'Export-Container' {
    BeforeEach { $container = New-Container base -Name one -- sh -c 'echo here > /made; rm /usr/bin/seq' }
    AfterEach {
        Get-Container | Remove-Container -Force
        [IO.Directory]::GetFiles($folder, '*.tar').ForEach{ [IO.File]::Delete($_) }
    }

    It 'writes one tree of what a container sees' {
        $container | Start-Container -PassThru | Wait-Container | Out-Null
        Export-Container one -Path "$folder/one.tar" | Should -BeNullOrEmpty
        $names = & tar -tf "$folder/one.tar"
        $names | Should -Contain 'made'
        $names | Should -Contain 'usr/bin/sh'
        $names | Should -Not -Contain 'usr/bin/seq'
        @($names -like '*.wh.*').Count | Should -Be 0
        [IO.Directory]::GetFiles($folder).Count | Should -Be 1
    }

    It 'gives an image of one layer' {
        $container | Start-Container -PassThru | Wait-Container | Out-Null
        $file = $container | Export-Container -Path "$folder/one.tar" -PassThru
        $file | Should -BeOfType IO.FileInfo
        $image = Import-Image $file.FullName -Name flat
        $image.Layers.Count | Should -Be 1
        Invoke-Container flat -Remove -- cat /made | Should -Be here
        Remove-Image flat
    }

    It 'puts several into a directory, also one that runs' {
        [void] (Start-TestContainer two)
        Export-Container one, two $folder
        foreach ($name in 'one', 'two') { & tar -tf "$folder/$name.tar" | Should -Contain 'usr/bin/sh' }
        (Get-Container two).State | Should -Be Running
    }

    It 'names Save-Image where an image is meant' {
        $failure = Export-Container base "$folder/base.tar" 2>&1
        $failure.FullyQualifiedErrorId | Should -Be 'ContainerNotFound,LayerPS.Commands.ExportContainerCommand'
        $failure.Exception.Message | Should -BeLike "*'base' is an image*"
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Save-Image*'
        (Export-Container nothing "$folder/base.tar" 2>&1).Exception.Message | Should -Not -BeLike '*image*'
    }

    It 'refuses a path in a directory that is not there' {
        (Export-Container one "$folder/no/one.tar" 2>&1).FullyQualifiedErrorId |
            Should -Be 'OutputPathInvalid,LayerPS.Commands.ExportContainerCommand'
    }

    It 'does nothing with -WhatIf' {
        Export-Container one "$folder/one.tar" -WhatIf
        [IO.File]::Exists("$folder/one.tar") | Should -BeFalse
    }
}
