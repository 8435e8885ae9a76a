<#
.SYNOPSIS
Makes PowerShell's help file of the pages in docs/cmdlets, one for each cmdlet.
.DESCRIPTION
The pages have what only a person can say. Syntax, types, positions and aliases come from the cmdlets themselves, so that
the help cannot differ from them. What a parameter means that several cmdlets share stands once, in Shared-Parameters.md
or Container-Parameters.md, and the pages of the cmdlets link to it there.
.PARAMETER Manifest
The module, built but for its help.
.PARAMETER Target
The file to write.
#>
param(
    [Parameter(Mandatory)] [string] $Manifest,
    [Parameter(Mandatory)] [string] $Target
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$namespaces = @{
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    maml    = 'http://schemas.microsoft.com/maml/2004/10'
    dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
}
$pages = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '../../../docs/cmdlets'))
. ([IO.Path]::Combine($PSScriptRoot, 'Read-HelpPage.ps1'))
$shared = @{}
foreach ($name in 'Shared-Parameters.md', 'Container-Parameters.md') {
    $shared[$name] = @(Read-HelpPage ([IO.Path]::Combine($pages, $name)))
}

# The content is a text, or a block that writes what is inside.
function Write-Node([string] $NodeName, $NodeContent, [Collections.IDictionary] $NodeAttributes = @{}) {
    $prefix, $local = $NodeName.Split(':')
    $xml.WriteStartElement($prefix, $local, $namespaces[$prefix])
    foreach ($attribute in $NodeAttributes.GetEnumerator()) {
        $xml.WriteAttributeString($attribute.Key, $attribute.Value)
    }
    if ($NodeContent -is [scriptblock]) { & $NodeContent } else { $xml.WriteString($NodeContent) }
    $xml.WriteEndElement()
}

function Write-Paragraphs([string] $NodeName, [string] $Text) {
    Write-Node $NodeName {
        foreach ($paragraph in ConvertFrom-HelpMarkdown $Text) { Write-Node maml:para $paragraph }
    }
}

function Get-Text($Help, [string] $Title) { "$($Help.Where({ $_.Title -eq $Title }, 'First').Text)" }

# A page's own texts of parameters, and those that its last section links to.
function Get-ParameterText($Help, [string] $Of) {
    $own = $Help.Where({ $_.Part -eq 'Parameters' -and $_.Title -eq "-$Of" }, 'First')
    if ($own) { return $own[0].Text }
    $link = [regex]::Match((Get-Text $Help 'Others'), "\[``-$Of``\]\(([\w-]+\.md)#")
    if ($link.Success) { Get-Text $shared[$link.Groups[1].Value] "-$Of" }
}

function Get-Word([bool] $Value) { "$Value".ToLowerInvariant() }

function Get-TypeName([type] $Type) {
    $plain = [Nullable]::GetUnderlyingType($Type)
    if ($plain) { $plain.Name } else { $Type.Name }
}

function Write-Parameter($Help, $Parameter, [switch] $Whole) {
    $pipeline = @(
        if ($Parameter.ValueFromPipeline) { 'ByValue' }
        if ($Parameter.ValueFromPipelineByPropertyName) { 'ByPropertyName' }
    )
    $type = Get-TypeName $Parameter.ParameterType
    $wildcards = $Parameter.Attributes.Where{ $_ -is [Management.Automation.SupportsWildcardsAttribute] }
    $attributes = [ordered] @{
        required       = Get-Word $Parameter.IsMandatory
        variableLength = Get-Word $Parameter.ParameterType.IsArray
        globbing       = Get-Word $wildcards.Count
        pipelineInput  = if ($pipeline) { "True ($($pipeline -join ', '))" } else { 'False' }
        position       = if ($Parameter.Position -ge 0) { "$($Parameter.Position)" } else { 'named' }
        aliases        = if ($Parameter.Aliases.Count -gt 0) { $Parameter.Aliases -join ', ' } else { 'none' }
    }
    Write-Node command:parameter -NodeAttributes $attributes {
        Write-Node maml:name $Parameter.Name
        if ($Whole) { Write-Paragraphs maml:description (Get-ParameterText $Help $Parameter.Name) }
        if ($type -ne 'SwitchParameter') {
            Write-Node command:parameterValue $type @{ required = 'true' }
        }
        if ($Whole) { Write-Node dev:type { Write-Node maml:name $type } }
    }
}

function Get-OwnParameters($Parameters) {
    $positional, $named = @($Parameters).Where(
        { $_.Name -notin [Management.Automation.Cmdlet]::CommonParameters }).Where({ $_.Position -ge 0 }, 'Split')
    $order = [Func[object, int]] { param($parameter) $parameter.Position }
    [Linq.Enumerable]::OrderBy([object[]] @($positional), $order)
    $named
}

function Write-Syntax($Help, $Command) {
    Write-Node command:syntax {
        foreach ($set in $Command.ParameterSets) {
            Write-Node command:syntaxItem {
                Write-Node maml:name $Command.Name
                foreach ($parameter in Get-OwnParameters $set.Parameters) { Write-Parameter $Help $parameter }
            }
        }
    }
    Write-Node command:parameters {
        $all = [ordered] @{}
        foreach ($parameter in $Command.ParameterSets.ForEach{ $_.Parameters }) { $all[$parameter.Name] ??= $parameter }
        foreach ($parameter in Get-OwnParameters $all.Values) { Write-Parameter $Help $parameter -Whole }
    }
}

function Write-Types([string] $ListName, [string] $ItemName, [string[]] $Types, [string] $Text) {
    Write-Node $ListName {
        foreach ($type in $Types) {
            Write-Node $ItemName { Write-Node dev:type { Write-Node maml:name $type } }
        }
        if ($Text) { Write-Node $ItemName { Write-Paragraphs maml:description $Text } }
    }
}

function Write-Examples($Help) {
    Write-Node command:examples {
        $number = 0
        foreach ($section in $Help.Where{ $_.Part -eq 'Examples' -and $_.Title -ne 'Examples' }) {
            $number++
            $example = Read-HelpExample $section
            Write-Node command:example {
                Write-Node maml:title "-------- Example ${number}: $($example.Title) --------"
                Write-Node dev:code $example.Code
                Write-Paragraphs dev:remarks $example.Remarks
            }
        }
    }
}

function Write-Command($Help, $Command) {
    Write-Node command:command {
        Write-Node command:details {
            Write-Node command:name $Command.Name
            Write-Paragraphs maml:description $Help[0].Text
            Write-Node command:verb $Command.Verb
            Write-Node command:noun $Command.Noun
        }
        Write-Paragraphs maml:description (Get-Text $Help 'Description')
        Write-Syntax $Help $Command
        $inputs = $Command.ParameterSets.ForEach{ $_.Parameters }.Where{ $_.ValueFromPipeline }.
            ForEach{ $_.ParameterType.FullName.TrimEnd('[', ']') }
        Write-Types command:inputTypes command:inputType @([Linq.Enumerable]::Distinct([string[]] @($inputs))) (
            Get-Text $Help 'Inputs')
        Write-Types command:returnValues command:returnValue @($Command.OutputType.Name) (
            Get-Text $Help 'Outputs')
        Write-Node maml:alertSet {
            Write-Paragraphs maml:alert "$(Get-Text $Help 'Notes')`n`nIn docker: $((Get-Text $Help 'In docker').Trim())"
        }
        Write-Examples $Help
        Write-Node maml:relatedLinks {
            foreach ($link in [regex]::Matches((Get-Text $Help 'See also'), '\[([^\]]+)\]')) {
                Write-Node maml:navigationLink { Write-Node maml:linkText $link.Groups[1].Value }
            }
        }
    }
}

$module = Import-Module $Manifest -PassThru
[void] [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($Target))
$xml = [Xml.XmlWriter]::Create($Target, [Xml.XmlWriterSettings] @{ Indent = $true })
try {
    $xml.WriteStartElement('helpItems', 'http://msh')
    $xml.WriteAttributeString('schema', 'maml')
    foreach ($command in [Linq.Enumerable]::OrderBy(
            [object[]] @($module.ExportedCmdlets.Values), [Func[object, string]] { param($cmdlet) $cmdlet.Name })) {
        $page = [IO.Path]::Combine($pages, "$($command.Name).md")
        if ([IO.File]::Exists($page)) { Write-Command @(Read-HelpPage $page) $command }
    }
    $xml.WriteEndElement()
}
finally { $xml.Dispose() }
