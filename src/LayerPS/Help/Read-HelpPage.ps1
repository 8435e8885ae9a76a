<#
.SYNOPSIS
Reads a page of docs/cmdlets: its headings, and the text below each. Loaded by the build and by the tests.
.DESCRIPTION
Of Markdown it knows what these pages are written in: headings of three levels, paragraphs, lists, fenced code, code in
a line, and links.
#>

# An object for each heading, in their order: the part of the page that it is in (a heading of the second level), its
# title, and the text below it.
function Read-HelpPage([string] $Path) {
    $part = ''
    $section = $null
    $fenced = $false
    foreach ($line in [IO.File]::ReadAllLines($Path)) {
        if ($line.StartsWith('```')) { $fenced = -not $fenced }
        if (-not $fenced -and $line -match '^(#{1,3}) (.+)$') {
            $title = $Matches[2]
            if ($Matches[1].Length -lt 3) { $part = $title }
            if ($section) { $section }
            $section = [pscustomobject] @{ Part = $part; Title = $title; Text = '' }
        }
        elseif ($section) { $section.Text += "$line`n" }
    }
    if ($section) { $section }
}

# What an example's section has: the code, and what is said about it.
function Read-HelpExample($Section) {
    $match = [regex]::Match($Section.Text, '(?s)```powershell\n(?<code>.*?)\n```\n(?<remarks>.*)')
    [pscustomobject] @{
        Title   = $Section.Title
        Code    = $match.Groups['code'].Value
        Remarks = $match.Groups['remarks'].Value.Trim()
    }
}

# The paragraphs and items of lists of a text, as Get-Help shows them: each in one line, links as their words alone, code
# of several words in quotes.
function ConvertFrom-HelpMarkdown([string] $Text) {
    foreach ($paragraph in ($Text.Trim() -split '\n\s*\n|\n(?=- )')) {
        $line = $paragraph.Trim() -replace '\s*\n\s*', ' ' -replace '\[([^\]]+)\]\([^)\s]+\)', '$1'
        $line -replace '`([^`]*)`', { $code = $_.Groups[1].Value; $code.Contains(' ') ? "'$code'" : $code }
    }
}
