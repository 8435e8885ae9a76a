# The pages of docs/cmdlets, and what Get-Help makes of them. That their examples run is in Module.Tests.ps1.
BeforeDiscovery {
    $root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot))
    $manifest = & ([scriptblock]::Create([IO.File]::ReadAllText([IO.Path]::Combine($root, 'LayerPS.psd1'))))
    $cmdlets = $manifest.CmdletsToExport.ForEach{ @{ Cmdlet = $_ } }
}

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    . ([IO.Path]::Combine($root, 'src', 'LayerPS', 'Help', 'Read-HelpPage.ps1'))
    $pages = [IO.Path]::Combine($root, 'docs', 'cmdlets')
    $manifest = & ([scriptblock]::Create([IO.File]::ReadAllText([IO.Path]::Combine($root, 'LayerPS.psd1'))))
    $shared = @{}
    foreach ($name in 'Shared-Parameters.md', 'Container-Parameters.md') {
        $shared[$name] = @(Read-HelpPage ([IO.Path]::Combine($pages, $name)))
    }
    $linked = [Collections.Generic.HashSet[string]]::new()
}

Describe 'The page of <Cmdlet>' -ForEach $cmdlets {
    BeforeAll {
        $page = @(Read-HelpPage ([IO.Path]::Combine($pages, "$Cmdlet.md")))
        $command = Get-Command $Cmdlet
        $names = @($command.Parameters.Keys).Where{ $_ -notin [Management.Automation.Cmdlet]::CommonParameters }
        $others = "$($page.Where{ $_.Part -eq 'Parameters' -and $_.Title -eq 'Others' }.Text)"
        $links = [regex]::Matches($others, '\[`-(\w+)`\]\(([\w-]+\.md)#-(\w+)\)')
    }

    It 'has all its parts, and something in each' {
        $page[0].Title | Should -BeExactly $Cmdlet
        $parts = 'Description', 'Parameters', 'Examples', 'Inputs', 'Outputs', 'Notes', 'In docker', 'See also'
        $page.Where{ $_.Title -eq $_.Part }.Title -join '|' | Should -BeExactly ((@($Cmdlet) + $parts) -join '|')
        $page.Where{ $_.Title -notin 'Parameters', 'Examples' -and $_.Text -notmatch '\w' }.Title | Should -BeNullOrEmpty
    }

    It 'tells of each parameter once' {
        $told = $page.Where{ $_.Part -eq 'Parameters' -and $_.Title -match '^-' }.ForEach{ $_.Title.Substring(1) } +
            @($links).ForEach{ $_.Groups[1].Value }
        [Linq.Enumerable]::Order([string[]] $told) -join ' ' |
            Should -Be ([Linq.Enumerable]::Order([string[]] $names) -join ' ')
    }

    It 'links to texts and pages that there are' {
        $wrong = foreach ($link in $links) {
            $name, $file, $anchor = $link.Groups[1..3].Value
            if ($anchor -cne $name.ToLowerInvariant() -or "-$name" -notin $shared[$file].Title) { $link.Value }
            [void] $linked.Add("$file -$name")
        }
        $wrong | Should -BeNullOrEmpty
        foreach ($link in [regex]::Matches($page.Where{ $_.Title -eq 'See also' }.Text, '\[([^\]]+)\]\(([^)]+)\)')) {
            $link.Groups[2].Value | Should -Be "$($link.Groups[1].Value).md"
            [IO.File]::Exists([IO.Path]::Combine($pages, $link.Groups[2].Value)) | Should -BeTrue -Because $link.Value
        }
    }

    It 'names what it writes, and its aliases' {
        $outputs = $page.Where{ $_.Title -eq 'Outputs' }.Text
        foreach ($type in $command.OutputType.Type.Where{ $_ -notin [void], [string] }) {
            $outputs | Should -Match ([regex]::Escape("``$($type.FullName)``"))
        }
        $aliases = [Attribute]::GetCustomAttributes($command.ImplementingType, [Management.Automation.AliasAttribute])
        foreach ($alias in $aliases.AliasNames) { $page.Where{ $_.Title -eq 'Notes' }.Text | Should -Match "``$alias``" }
    }

    It 'names what is taken from properties, and what comes whole' {
        $inputs = $page.Where{ $_.Title -eq 'Inputs' }.Text
        $needed = foreach ($parameter in $command.ParameterSets.ForEach{ $_.Parameters }) {
            if ($parameter.ValueFromPipeline) { "-$($parameter.Name)" }
            if ($parameter.ValueFromPipelineByPropertyName) { @($parameter.Name) + $parameter.Aliases }
        }
        @($needed).Where{ -not $inputs.Contains("``$_``") } | Should -BeNullOrEmpty
    }

    It 'is what Get-Help gives' {
        $help = Get-Help $Cmdlet
        $help.Synopsis.Trim() | Should -BeExactly (ConvertFrom-HelpMarkdown $page[0].Text)
        ($help.description.Text -join "`n") -replace '\n+', "`n" |
            Should -BeExactly (@(ConvertFrom-HelpMarkdown $page[1].Text) -join "`n")
        "$($help.alertSet.alert.Text)" | Should -Match 'In docker: \S'
        "$($help.inputTypes.inputType.description.Text)" | Should -Match '\w'
        "$($help.returnValues.returnValue.description.Text)" | Should -Match '\w'
        @($help.examples.example).Count | Should -Be $page.Where{ $_.Part -eq 'Examples' -and $_.Title -ne $_.Part }.Count
    }
}

Describe 'Get-Help -Full' {
    It 'shows all of the page of <_>' -Tag Pwsh -ForEach Get-Image, Invoke-Container, Copy-ContainerItem, Repair-ContainerStorage {
        $shown = Get-Help $_ -Full | Out-String -Width 500
        foreach ($heading in 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') {
            $shown | Should -MatchExactly "(?m)^$heading\r?$"
        }
        @((Get-Command $_).Parameters.Keys).Where{ $shown -notmatch "(?m)^    -$_( |$)" } |
            Should -BeIn ([Management.Automation.Cmdlet]::CommonParameters)
        $shown | Should -Match 'Example 3: '
        $shown | Should -Not -Match '`' -Because 'marks of Markdown mean nothing there'
    }
}

Describe 'docs/cmdlets' {
    It 'has no text that no cmdlet is meant by' {
        $files = [IO.Directory]::GetFiles($pages, '*.md').ForEach{ [IO.Path]::GetFileNameWithoutExtension($_) }
        $files.Where{ $_ -notin $manifest.CmdletsToExport } | Should -BeIn 'Shared-Parameters', 'Container-Parameters', 'README'
        foreach ($name in $shared.Keys) {
            foreach ($section in $shared[$name].Where{ $_.Title -match '^-' }) {
                $linked.Contains("$name $($section.Title)") | Should -BeTrue -Because "$name tells of $($section.Title)"
            }
        }
    }
}
