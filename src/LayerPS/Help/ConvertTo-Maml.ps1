<#
.SYNOPSIS
Makes PowerShell's help file of the small files beside this script, one for each cmdlet.
.DESCRIPTION
The small files have what only a person can say. Syntax, types, positions and aliases come from the cmdlets
themselves, so that the help cannot differ from them. What a parameter means that several cmdlets share stands once,
in Parameters.xml, for one noun or for all; a cmdlet's own file goes before it. A blank line parts two paragraphs.
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
$shared = [Xml.Linq.XElement]::Load([IO.Path]::Combine($PSScriptRoot, 'Parameters.xml'))

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
        foreach ($paragraph in ($Text.Trim() -split '\n\s*\n')) {
            Write-Node maml:para ($paragraph.Trim() -replace '\s*\n\s*', ' ')
        }
    }
}

function Get-Text($Help, [string] $Kind) {
    if ($Help.Element($Kind)) { $Help.Element($Kind).Value } else { '' }
}

# A cmdlet's own file goes before what cmdlets of its noun share, and that before what all share.
function Import-Help([string] $Path, [string] $Noun) {
    $help = [Xml.Linq.XElement]::Load($Path)
    $ofNoun, $ofAll = $shared.Elements('parameter').Where({ $_.Attribute('noun') }, 'Split')
    foreach ($text in @($ofNoun).Where{ $_.Attribute('noun').Value -eq $Noun } + $ofAll) { $help.Add($text) }
    $help
}

function Get-ParameterText($Help, [string] $Of) {
    $found = $Help.Elements('parameter').Where({ $_.Attribute('name').Value -eq $Of }, 'First')
    if ($found) { $found[0].Value }
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

function Write-Types([string] $ListName, [string] $ItemName, [string[]] $Types) {
    Write-Node $ListName {
        foreach ($type in $Types) {
            Write-Node $ItemName { Write-Node dev:type { Write-Node maml:name $type } }
        }
    }
}

function Write-Examples($Help) {
    Write-Node command:examples {
        $number = 0
        foreach ($example in $Help.Elements('example')) {
            $number++
            $code = $example.Element('code').Value.Trim() -replace '\n {6}', "`n"
            Write-Node command:example {
                Write-Node maml:title "-------- Example ${number}: $($example.Attribute('title').Value) --------"
                Write-Node dev:code $code
                Write-Paragraphs dev:remarks (Get-Text $example 'remarks')
            }
        }
    }
}

function Write-Command($Help, $Command) {
    Write-Node command:command {
        Write-Node command:details {
            Write-Node command:name $Command.Name
            Write-Paragraphs maml:description (Get-Text $Help 'synopsis')
            Write-Node command:verb $Command.Verb
            Write-Node command:noun $Command.Noun
        }
        Write-Paragraphs maml:description (Get-Text $Help 'description')
        Write-Syntax $Help $Command
        $inputs = $Command.ParameterSets.ForEach{ $_.Parameters }.Where{ $_.ValueFromPipeline }.
            ForEach{ $_.ParameterType.FullName.TrimEnd('[', ']') }
        Write-Types command:inputTypes command:inputType @([Linq.Enumerable]::Distinct([string[]] @($inputs)))
        Write-Types command:returnValues command:returnValue @($Command.OutputType.Name)
        Write-Examples $Help
        Write-Node maml:relatedLinks {
            foreach ($link in $Help.Elements('link')) {
                Write-Node maml:navigationLink { Write-Node maml:linkText $link.Value }
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
        $file = [IO.Path]::Combine($PSScriptRoot, "$($command.Name).xml")
        if ([IO.File]::Exists($file)) { Write-Command (Import-Help $file $command.Noun) $command }
    }
    $xml.WriteEndElement()
}
finally { $xml.Dispose() }
