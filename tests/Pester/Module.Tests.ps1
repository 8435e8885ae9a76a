# Holds the whole module to its shape. Nothing here names a cmdlet that must be there: what the module exports is asked
# of the module, so that a new cmdlet is held to it from its first day.
BeforeDiscovery {
    $root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot))
    . ([IO.Path]::Combine($root, 'src', 'LayerPS', 'Help', 'Read-HelpPage.ps1'))
    $source = [IO.File]::ReadAllText([IO.Path]::Combine($root, 'LayerPS.psd1'))
    $manifest = & ([scriptblock]::Create($source))
    $core = @(Get-Command -Module Microsoft.PowerShell.Core).Name
    $ours = $manifest.CmdletsToExport + $manifest.AliasesToExport

    # Without a terminal there is nobody to talk to.
    $interactive = 'Enter-Container', 'Connect-Container'

    function Get-CommandName([string] $Code) {
        $ast = [Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $null)
        $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true) |
            ForEach-Object { $_.GetCommandName() }
    }

    $cmdlets = $manifest.CmdletsToExport.ForEach{ @{ Cmdlet = $_ } }
    $aliases = $manifest.AliasesToExport.ForEach{ @{ Alias = $_ } }
    $examples = foreach ($cmdlet in $manifest.CmdletsToExport) {
        foreach ($section in Read-HelpPage ([IO.Path]::Combine($root, 'docs', 'cmdlets', "$cmdlet.md"))) {
            if ($section.Part -ne 'Examples' -or $section.Title -eq 'Examples') { continue }
            $example = Read-HelpExample $section
            $names = @(Get-CommandName $example.Code)
            @{
                Cmdlet  = $cmdlet
                Title   = $example.Title
                Code    = $example.Code
                Foreign = @($names.Where{ $_ -notin $core -and $_ -notin $ours }).Count -gt 0
                Endless = $example.Remarks -match '\bCtrl\+C\b'
                Runs    = @($names.Where{ $_ -in $interactive }).Count -eq 0
            }
        }
    }
    $known = @($examples).Where{ -not $_.Foreign }
    $foreign = @($examples).Where{ $_.Foreign }
}

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $module = Import-Module ([IO.Path]::Combine($modulePath, 'LayerPS.psd1')) -PassThru
    $text = [IO.File]::ReadAllText([IO.Path]::Combine($modulePath, 'LayerPS.psd1'))
    $manifest = & ([scriptblock]::Create($text))
    $views = [Xml.Linq.XElement]::Load([IO.Path]::Combine($modulePath, 'LayerPS.Format.ps1xml'))
    $classes = [LayerPS.ModuleInitializer].Assembly.GetExportedTypes().Where{
        [Attribute]::IsDefined($_, [Management.Automation.CmdletAttribute])
    }

    function Get-Sorted($Text) { [Linq.Enumerable]::Order([string[]] @($Text)) -join ' ' }

    # Where the examples run: a folder with some files, and a store with an image base.
    function New-ExampleWorld {
        $folder = New-TestStore
        [void] (New-TestArchive $folder)
        [IO.Directory]::Move("$folder/tree", "$folder/root")
        [IO.File]::WriteAllText(
            "$folder/Dockerfile", "FROM base AS tools`nARG word`nRUN echo `$word > /word`nFROM tools`nCOPY images.csv /")
        [IO.File]::WriteAllText("$folder/images.csv", "Path,Name`nroot.tar,one")
        [IO.File]::WriteAllText("$folder/containers.csv", "Image,Name,Command`nbase,listed,true")
        $folder
    }

    # Each example finds the containers web, which runs until it sees the file /end, db, which runs, and stopped.
    function Reset-ExampleWorld {
        Get-Container | Remove-Container -Force
        if (-not (Get-Image base:lates[t])) { [void] (New-Image base -FromCommand sh, ls, cat, sleep, touch, hostname) }
        $said = 'trap exit TERM; echo ready; echo careful >&2; until [ -e /end ]; do sleep 0.05; done; echo done'
        New-Container base -Name web -- sh -c $said | Start-Container
        New-Container base -Name db -- sleep 1000 | Start-Container
        New-Container base -Name stopped -- touch /happiness.txt | Start-Container -PassThru | Wait-Container | Out-Null
    }

    # A session for the examples: their variables and preferences are none of the tests'.
    function New-ExampleSession([string] $Folder) {
        $state = [Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
        $runspace = [Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($state)
        $runspace.Open()
        $location = [Management.Automation.WildcardPattern]::Escape($Folder)
        [void] $runspace.SessionStateProxy.Path.SetLocation($location)
        $import = [powershell]::Create($runspace).AddCommand('Import-Module')
        [void] $import.AddArgument([IO.Path]::Combine($modulePath, 'LayerPS.psd1')).Invoke()
        $runspace.SessionStateProxy.SetVariable('ConfirmPreference', 'None')
        $runspace
    }

    # Returns the errors. What waits for the end of the container web gets it; an endless one is stopped as by Ctrl+C.
    function Invoke-Example([string] $Code, $Runspace, [bool] $Endless) {
        $session = [powershell]::Create($Runspace).AddScript("& {`n$Code`n}")
        try {
            $run = $session.BeginInvoke()
            if (-not $run.AsyncWaitHandle.WaitOne(2000)) {
                $web = Get-Container web
                [IO.File]::WriteAllText("/proc/$($web.Pid)/root/end", '')
            }
            if ($run.AsyncWaitHandle.WaitOne($Endless ? 2000 : 60000)) { [void] $session.EndInvoke($run) }
            else {
                $session.Stop()
                if (-not $Endless) { 'The example does not end.' }
            }
            $session.Streams.Error.ForEach{ "$_" }
        }
        catch { "$_" }
        finally { $session.Dispose() }
    }

    function Get-Call([string] $Code) {
        $errors = $null
        $ast = [Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $errors)
        $errors.Message | Should -BeNullOrEmpty
        $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
    }

    # Every command must be there, and every parameter before '--' one of its own.
    function Test-Call([string] $Code) {
        foreach ($call in Get-Call $Code) {
            $command = Get-Command $call.GetCommandName() -ErrorAction Stop
            foreach ($word in $call.CommandElements.Where{ $_ -is [Management.Automation.Language.CommandParameterAst] }) {
                if ($word.ParameterName -eq '-') { break }
                $command.ResolveParameter($word.ParameterName) | Should -Not -BeNullOrEmpty
            }
        }
    }
}

Describe 'The manifest' {
    It 'exports the cmdlets that there are, and no others' {
        $there = $classes.ForEach{
            $names = [Attribute]::GetCustomAttribute($_, [Management.Automation.CmdletAttribute])
            "$($names.VerbName)-$($names.NounName)"
        }
        Get-Sorted $manifest.CmdletsToExport | Should -Be (Get-Sorted $there)
        Get-Sorted $module.ExportedCmdlets.Keys | Should -Be (Get-Sorted $there)
    }

    It 'exports the aliases that there are, and no others' {
        $there = $classes.ForEach{
            [Attribute]::GetCustomAttributes($_, [Management.Automation.AliasAttribute]).ForEach{ $_.AliasNames }
        }
        Get-Sorted $manifest.AliasesToExport | Should -Be (Get-Sorted $there)
        Get-Sorted $module.ExportedAliases.Keys | Should -Be (Get-Sorted $there)
    }

    It 'exports nothing else' {
        $manifest.FunctionsToExport.Count | Should -Be 0
        $manifest.VariablesToExport.Count | Should -Be 0
    }

    It 'is the one in the sources' {
        $text | Should -Be ([IO.File]::ReadAllText([IO.Path]::Combine($root, 'LayerPS.psd1')))
    }
}

Describe 'The alias <Alias>' -ForEach $aliases {
    It 'stands for a cmdlet of the module, on a noun of the module' {
        $command = Get-Command $Alias -CommandType Alias
        $command.ResolvedCommand.ModuleName | Should -Be LayerPS
        $command.ResolvedCommand.CommandType | Should -Be Cmdlet
        $Alias | Should -MatchExactly '^[A-Z][a-z]+-(Container|Image)'
    }
}

Describe '<Cmdlet>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $Cmdlet
        $class = $command.ImplementingType
        $help = Get-Help $Cmdlet
        $common = [Management.Automation.Cmdlet]::CommonParameters
        $own = @($command.Parameters.Values).Where{ $_.Name -notin $common }
    }

    It 'has an approved verb' {
        $verbs = [Management.Automation.VerbsCommon].Assembly.GetExportedTypes().Where{
            $_.Namespace -eq 'System.Management.Automation' -and $_.Name -clike 'Verbs*'
        }
        $verbs.ForEach{ $_.GetFields().Name } | Should -Contain $command.Verb
    }

    It 'has a singular noun that is the module''s' {
        $command.Noun | Should -MatchExactly '^(Container|Image)'
        $command.Noun | Should -Not -MatchExactly '[^s]s$'
    }

    It 'says what it writes' {
        [Attribute]::IsDefined($class, [Management.Automation.OutputTypeAttribute]) | Should -BeTrue
        $command.OutputType.ForEach{ $_.Type } | Should -Not -Contain $null
    }

    It 'has a view for what it writes' {
        foreach ($type in $command.OutputType.Type.Where{ $_.Namespace -like 'LayerPS*' }) {
            $views.Descendants('ViewSelectedBy').ForEach{ $_.Elements('TypeName').Value } | Should -Contain $type.FullName
        }
    }

    It 'knows -WhatIf where it changes anything' {
        $looks = 'Get', 'Test', 'Measure', 'Compare', 'Wait', 'Find', 'Search', 'Show', 'Watch', 'Connect', 'Enter'
        $command.Parameters.ContainsKey('WhatIf') -or $command.Verb -in $looks | Should -BeTrue
        $command.Parameters.ContainsKey('Confirm') | Should -Be $command.Parameters.ContainsKey('WhatIf')
    }

    It 'is one sealed class, which nothing but its name has to be known of' {
        $class.IsSealed | Should -BeTrue
        $class.Name | Should -BeExactly "$($command.Verb)$($command.Noun)Command"
    }

    It 'writes what it changed only where it is asked to' {
        $acting = 'Add', 'Copy', 'Export', 'Optimize', 'Rename', 'Restart', 'Resume', 'Save', 'Send', 'Set', 'Start', 'Stop',
            'Suspend', 'Remove'
        if ($command.Verb -notin $acting -or $command.OutputType.Name -contains 'System.Void') { return }
        $command.Parameters.ContainsKey('PassThru') | Should -BeTrue
    }

    It 'takes what it is about from the pipeline, whole or by a property' {
        $about = $own.Where{
            $_.ParameterType.FullName -match 'LayerPS\.Identities\.(Image|Container|Volume)Identity' -and
            $_.Attributes.Where{ $_ -is [Management.Automation.ParameterAttribute] -and $_.Position -eq 0 }
        }
        foreach ($parameter in $about.Where{ $command.Noun -ne 'Image' -or $command.Verb -ne 'Compare' }) {
            $set = $parameter.Attributes.Where({ $_ -is [Management.Automation.ParameterAttribute] }, 'First')[0]
            $set.ValueFromPipeline | Should -BeTrue -Because "-$($parameter.Name) is what it is about"
            $set.ValueFromPipelineByPropertyName | Should -BeTrue -Because "-$($parameter.Name) is what it is about"
        }
    }

    It 'completes the names of what it takes' {
        foreach ($parameter in $own.Where{ $_.ParameterType.FullName -match 'LayerPS\.Identities\.(Image|Container)Id' }) {
            $parameter.Attributes.Where{ $_ -is [Management.Automation.ArgumentCompleterAttribute] } |
                Should -Not -BeNullOrEmpty -Because "-$($parameter.Name) takes a name"
        }
    }

    It 'has help with a synopsis, a description and three examples' {
        $help.Synopsis | Should -Match '^[A-Z].*\.$'
        $help.Synopsis | Should -Not -BeLike "*$Cmdlet*"
        $help.description.Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        $help.examples.example[0].code | Should -BeLike "*$($command.Noun)*"
    }

    It 'says what each parameter is for' {
        foreach ($parameter in $own) {
            $words = $help.parameters.parameter.Where{ $_.name -eq $parameter.Name }
            "$($words.description.Text)" | Should -Match '\w' -Because "-$($parameter.Name) has to be explained"
        }
    }

    It 'leads on to commands that there are' {
        foreach ($link in $help.relatedLinks.navigationLink.linkText) {
            Get-Command $link.Trim() -ErrorAction Ignore | Should -Not -BeNullOrEmpty -Because "$link is linked to"
        }
    }

    It 'is in the README' {
        [IO.File]::ReadAllText([IO.Path]::Combine($root, 'README.md')) | Should -Match "\b$Cmdlet\b"
    }
}

Describe 'The view of' {
    It '<Type> shows properties that it has' -ForEach @(
        $file = [IO.Path]::Combine($root, 'artifacts', 'LayerPS', 'LayerPS.Format.ps1xml')
        foreach ($view in [Xml.Linq.XElement]::Load($file).Descendants('View')) {
            @{ Type = @($view.Descendants('TypeName').Value)[0]; View = $view }
        }
    ) {
        $class = [Management.Automation.LanguagePrimitives]::ConvertTo($Type, [type])
        foreach ($property in $View.Descendants('PropertyName')) {
            $class.GetProperty($property.Value) | Should -Not -BeNullOrEmpty -Because "$($property.Value) is shown"
        }
        foreach ($block in $View.Descendants('ScriptBlock')) {
            $errors = $null
            [void] [Management.Automation.Language.Parser]::ParseInput($block.Value, [ref] $null, [ref] $errors)
            $errors.Message | Should -BeNullOrEmpty
        }
    }
}

Describe 'The example of' {
    BeforeAll {
        $folder = New-ExampleWorld
        $session = New-ExampleSession $folder
    }

    AfterAll {
        $session.Dispose()
        Get-Container | Remove-Container -Force
        Remove-TestStore $folder
    }

    BeforeEach { Reset-ExampleWorld }

    It '<Cmdlet> runs: <Title>' -ForEach $known {
        Test-Call $Code
        if ($Runs) { Invoke-Example $Code $session $Endless | Should -BeNullOrEmpty }
    }

    It '<Cmdlet> runs in pwsh: <Title>' -Tag Pwsh -ForEach $foreign {
        Test-Call $Code
        if ($Runs) { Invoke-Example $Code $session $Endless | Should -BeNullOrEmpty }
    }
}
