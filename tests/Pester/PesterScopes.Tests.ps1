# What a test sees, and when. These hold under Pester as they do under the stand-in, which is the point of them.
BeforeDiscovery {
    $cases = @(@{ Number = 2; Square = 4 }, @{ Number = 3; Square = 9 })
    $count = $cases.Count
}

$atDiscovery = 'gone before the first test runs'

BeforeAll {
    $fromTop = 'top'
    $script:shared = 'script'
    function Get-Answer { 42 }
    $order = [Collections.Generic.List[string]]::new()
}

Describe 'Scopes of a test file' {
    BeforeAll {
        $order.Add('BeforeAll')
        $fromBlock = "$fromTop and block"
    }

    BeforeEach {
        $order.Add('BeforeEach')
        $fresh = 1
    }

    AfterEach {
        $order.Add("AfterEach $fresh")
    }

    It 'runs what is set up in order' {
        $order | Should -Be 'BeforeAll', 'BeforeEach'
        $fresh = 2
    }

    It 'shares the scope of a test with what surrounds it, and not with the next test' {
        $order | Should -Be 'BeforeAll', 'BeforeEach', 'AfterEach 2', 'BeforeEach'
        $fresh | Should -Be 1
    }

    It 'sees what BeforeAll defined, from the inside out' {
        $fromBlock | Should -Be 'top and block'
        $script:shared | Should -Be 'script'
        Get-Answer | Should -Be 42
    }

    It 'does not see what only discovery knew' {
        $atDiscovery | Should -BeNullOrEmpty
        $cases | Should -BeNullOrEmpty
    }

    It 'knows where it stands' {
        [IO.Path]::GetFileName($PSCommandPath) | Should -Be 'PesterScopes.Tests.ps1'
        $PSScriptRoot | Should -Be ([IO.Path]::GetDirectoryName($PSCommandPath))
    }

    It 'has <Number> times itself be <Square>' -ForEach $cases {
        $Number * $Number | Should -Be $Square
        $_.Number | Should -Be $Number
    }

    It 'takes the value <_>' -TestCases 'a', 'b' {
        $_ | Should -BeIn 'a', 'b'
    }

    It 'gives the values to parameters' -ForEach @{ Given = 5 } {
        param($Given)
        $Given | Should -Be 5
    }

    Context 'with data <_.Word>' -ForEach @{ Word = 'x' }, @{ Word = 'y' } {
        BeforeAll { $doubled = $Word + $Word }

        It 'has it in BeforeAll and in tests' {
            $doubled | Should -Be ($_.Word + $Word)
        }

        It 'has it at discovery: <Letter>' -ForEach @{ Letter = $_.Word } {
            $Letter | Should -Be $Word
        }
    }

    It 'ends at the first terminating error, and a caught one is none' {
        $reached = $false
        try { [int]::Parse('no number'); $reached = $true } catch { $caught = $_ }
        $reached | Should -BeFalse
        $caught.Exception.Message | Should -BeLike '*no number*'
    }

    It 'is skipped when it says so' {
        Set-ItResult -Skipped -Because 'this is how'
        throw 'not reached'
    }
}
