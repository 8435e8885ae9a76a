# The packages that the engine brings: reachable for it, and out of the way of every other module.
BeforeAll {
    $root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot))
    $module = [IO.Path]::Combine($root, 'artifacts', 'LayerPS')
    Import-Module ([IO.Path]::Combine($module, 'LayerPS.psd1'))
    $engine = [Reflection.Assembly]::LoadFrom([IO.Path]::Combine($module, 'LayerPS.Native.dll'))
    $default = [Runtime.Loader.AssemblyLoadContext]::Default
}

Describe 'The module''s packages' {
    It 'are in deps/ alone, and all of them are there' {
        $wanted = $engine.GetReferencedAssemblies().Name.Where{ $_ -notmatch '^System\.|^Microsoft\.' }
        $wanted.Count | Should -BeGreaterThan 0
        foreach ($name in $wanted) {
            [IO.Path]::Combine($module, 'deps', "$name.dll") | Should -Exist
            [IO.Path]::Combine($module, "$name.dll") | Should -Not -Exist
        }
    }

    It 'load into a context of their own' {
        foreach ($name in $engine.GetReferencedAssemblies().Where{ $_.Name -notmatch '^System\.|^Microsoft\.' }) {
            $assembly = $default.LoadFromAssemblyName($name)
            [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name | Should -Be 'LayerPS packages'
        }
    }

    It 'are not given to one who asks for another version' {
        $other = [Reflection.AssemblyName] 'ZstdSharp, Version=0.1.0.0'
        { $default.LoadFromAssemblyName($other) } | Should -Throw '*ZstdSharp*'
    }
}

Describe 'The built module' {
    It 'has a runtime for this machine that runs' {
        $runtime = [IO.Path]::Combine($module, 'layerps-runtime')
        [IO.File]::GetUnixFileMode($runtime).HasFlag([IO.UnixFileMode]::UserExecute) | Should -BeTrue
    }

    It 'exports only what it names' {
        $manifest = Test-ModuleManifest ([IO.Path]::Combine($module, 'LayerPS.psd1'))
        $manifest.ExportedFunctions.Count | Should -Be 0
        $manifest.ExportedVariables.Count | Should -Be 0
        $manifest.PowerShellVersion | Should -Be ([version] '7.6')
    }
}
