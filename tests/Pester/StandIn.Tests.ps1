# The stand-in for Pester, from outside: examples run in a process of their own, and what it says of them is judged
# here, by the stand-in itself or by Pester.
BeforeDiscovery {
    $root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot))
    $noHost = -not [IO.File]::Exists([IO.Path]::Combine($root, 'artifacts', 'pshost', 'pshost'))

    $failing = @(
        '1 | Should -Be 2'
        '1, 2 | Should -Be 1'
        '1, 2 | Should -Be 2, 1'
        '$null | Should -Be 0'
        '1 | Should -Not -Be 1'
        '"a" | Should -BeExactly "A"'
        '"abc" | Should -BeLike "b*"'
        '"abc" | Should -BeLikeExactly "A*"'
        '"abc" | Should -Match "^b"'
        '"abc" | Should -MatchExactly "^A"'
        '"abc" | Should -Not -Match "B"'
        '0 | Should -BeNullOrEmpty'
        '1, 2 | Should -BeNullOrEmpty'
        '"" | Should -Not -BeNullOrEmpty'
        '0 | Should -BeTrue'
        '$null | Should -BeTrue'
        '"x" | Should -BeFalse'
        '1 | Should -BeGreaterThan 1'
        '1 | Should -BeGreaterOrEqual 2'
        '1 | Should -BeLessThan 1'
        '2 | Should -BeLessOrEqual 1'
        '1, 3 | Should -BeLessThan 2'
        '1 | Should -BeOfType string'
        '1 | Should -Not -BeOfType int'
        '1 | Should -BeOfType "No.Such.Type.Anywhere"'
        '1, 2 | Should -Contain 3'
        '1, 2 | Should -Not -Contain 2'
        '1, 2 | Should -HaveCount 1'
        '@() | Should -HaveCount 1'
        '"/no/such/path" | Should -Exist'
        '"/" | Should -Not -Exist'
        '$PSCommandPath | Should -FileContentMatch "no [s]uch line"'
        '3 | Should -BeIn 1, 2'
        '{ 1 } | Should -Throw'
        '{ throw "a" } | Should -Not -Throw'
        '{ throw "a" } | Should -Throw "b"'
        '{ throw "a" } | Should -Throw -ErrorId "b"'
        '{ throw "a" } | Should -Throw -ExceptionType ([ArgumentException])'
        '1 | Should -Throw'
        '1 | Should -Be 1 -NoSuchParameter 2'
        '1 | Should -BeNoSuchOperator 1'
        '1 | Should -BeTrue -BeFalse'
        '1 | Should'
        '[int]::Parse("x"); $true | Should -BeTrue'
        'No-SuchCommand; $true | Should -BeTrue'
        'throw "x"'
    ).ForEach{ @{ Code = $_ } }

    $passing = @(
        '1 | Should -Be 1'
        '"a" | Should -Be "A"'
        '1, 2 | Should -Be 1, 2'
        '"3" | Should -Be 3'
        '$null | Should -Be $null'
        '"a" | Should -Not -BeExactly "A"'
        '"abc" | Should -BeLike "A*"'
        '"abc" | Should -Not -BeLikeExactly "A*"'
        '"abc" | Should -Match "^A"'
        '"abc" | Should -Not -MatchExactly "^A"'
        '@() | Should -BeNullOrEmpty'
        '$null | Should -BeNullOrEmpty'
        '@{} | Should -BeNullOrEmpty'
        '1 | Should -BeTrue'
        '"" | Should -BeFalse'
        '2 | Should -BeGreaterThan 1'
        '1 | Should -BeGreaterOrEqual 1'
        '1 | Should -BeLessThan 2'
        '1 | Should -BeLessOrEqual 1'
        '1 | Should -BeOfType int'
        '1 | Should -BeOfType ([int])'
        '"x" | Should -Not -BeOfType int'
        '1, 2 | Should -Contain 2'
        '1, 2 | Should -HaveCount 2'
        '$null | Should -HaveCount 1'
        '"/" | Should -Exist'
        '$PSCommandPath | Should -FileContentMatch "FILECONTENTMATCH"'
        '1 | Should -BeIn 1, 2'
        '{ throw "abc" } | Should -Throw'
        '{ throw "abc" } | Should -Throw "a*"'
        '{ throw "abc" } | Should -Throw -ErrorId "abc"'
        '{ [int]::Parse("x") } | Should -Throw -ExceptionType ([Management.Automation.MethodInvocationException])'
        '({ throw "abc" } | Should -Throw -PassThru).Exception.Message | Should -Be "abc"'
        '{ 1 } | Should -Not -Throw'
        '1 | Should -Be 1 -Because "it is"'
    ).ForEach{ @{ Code = $_ } }

    $wholes = @(
        @{ What = 'A failing BeforeAll fails every test below it'; Sum = '1 passed, 4 failed, 0 skipped'; ExitCode = 1
           Code = 'Describe A { BeforeAll { throw "x" }; It a { }; Context B { It b { }; It c { } } }
                   Describe C { It d { } }' }
        @{ What = 'A failing AfterAll fails the run'; Sum = '1 passed, 1 failed, 0 skipped'; ExitCode = 1
           Code = 'Describe A { AfterAll { throw "x" }; It a { } }' }
        @{ What = 'A failing BeforeEach fails its test'; Sum = '0 passed, 1 failed, 0 skipped'; ExitCode = 1
           Code = 'Describe A { BeforeEach { throw "x" }; It a { } }' }
        @{ What = 'A failing AfterEach fails its test'; Sum = '0 passed, 1 failed, 0 skipped'; ExitCode = 1
           Code = 'Describe A { AfterEach { throw "x" }; It a { } }' }
        @{ What = 'An error in discovery fails the run'; Sum = '0 passed, 1 failed, 0 skipped'; ExitCode = 1
           Code = 'Describe A { It a { } }; throw "x"' }
        @{ What = 'A file that cannot be parsed fails the run'; Sum = '0 passed, 1 failed, 0 skipped'; ExitCode = 1
           Code = 'Describe A { It a { }' }
        @{ What = 'A test outside of a block fails the run'; Sum = '0 passed, 1 failed, 0 skipped'; ExitCode = 1
           Code = 'It a { }' }
        @{ What = 'An unknown parameter of It fails the run'; Sum = '0 passed, 1 failed, 0 skipped'; ExitCode = 1
           Code = 'Describe A { It a -NoSuchParameter { } }' }
        @{ What = 'Two BeforeAll in one block fail the run'; Sum = '0 passed, 1 failed, 0 skipped'; ExitCode = 1
           Code = 'Describe A { BeforeAll { }; BeforeAll { }; It a { } }' }
        @{ What = 'An empty -ForEach fails the run'; Sum = '0 passed, 1 failed, 0 skipped'; ExitCode = 1
           Code = 'Describe A { It a -ForEach @() { } }' }
        @{ What = 'A file without a test fails the run'; Sum = '0 passed, 0 failed, 0 skipped'; ExitCode = 1
           Code = 'Describe A { }' }
        @{ What = 'Skipped tests are told apart'; Sum = '1 passed, 0 failed, 3 skipped'; ExitCode = 0
           Code = 'Describe A { It a -Skip { throw }; It b { Set-ItResult -Skipped -Because "x"; throw }; It c { } }
                   Describe B -Skip { BeforeAll { throw }; It d { throw } }' }
        @{ What = 'Tests for pwsh are skipped'; Sum = '1 passed, 0 failed, 2 skipped'; ExitCode = 0
           Code = 'Describe A -Tag Pwsh { BeforeAll { throw }; It a { throw } }
                   Describe B { It b -Tag x, pwsh { throw }; It c { } }' }
        @{ What = 'An error after Set-ItResult is an error'; Sum = '0 passed, 1 failed, 0 skipped'; ExitCode = 1
           Code = 'Describe A { AfterEach { throw "x" }; It a { Set-ItResult -Skipped } }' }
    )
}

BeforeAll {
    $root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot))
    $pshost = [IO.Path]::Combine($root, 'artifacts', 'pshost', 'pshost')
    $folder = [IO.Directory]::CreateTempSubdirectory('layerps-standin-').FullName

    function Invoke-Example([string] $Code, [string] $Filter = '*') {
        $file = [IO.Path]::Combine($folder, 'Example.Tests.ps1')
        [IO.File]::WriteAllText($file, $Code)
        $command = "Invoke-Pester -Path '$file' -Output Detailed -FullNameFilter '$Filter' -CI"
        $lines = & $pshost -NoProfile -Command $command 2>$null
        @{ Lines = @($lines); ExitCode = $LASTEXITCODE; Sum = @($lines)[-1] }
    }

    # Each piece of code in a test of its own, named after its number.
    function Invoke-Examples([object[]] $Examples) {
        $number = 0
        $tests = foreach ($example in $Examples) { "It 'example $number' { $($example.Code) }"; $number++ }
        Invoke-Example "Describe 'Examples' {`n$($tests -join "`n")`n}"
    }
}

AfterAll {
    [IO.Directory]::Delete($folder, $true)
}

Describe 'The stand-in for Pester' -Skip:$noHost {
    Context 'what must fail' -ForEach @{ Examples = $failing } {
        BeforeAll { $run = Invoke-Examples $Examples }

        It 'fails every example' {
            $run.Lines.Where{ $_ -match '\[\+\] example' } | Should -BeNullOrEmpty
            $run.Lines.Where{ $_ -match '\[-\] example' } | Should -HaveCount $Examples.Count
            $run.Sum | Should -Be "0 passed, $($Examples.Count) failed, 0 skipped"
            $run.ExitCode | Should -Be 1
        }
    }

    Context 'what must pass' -ForEach @{ Examples = $passing } {
        BeforeAll { $run = Invoke-Examples $Examples }

        It 'passes every example' {
            $run.Lines.Where{ $_ -match '\[-\] example' } | Should -BeNullOrEmpty
            $run.Sum | Should -Be "$($Examples.Count) passed, 0 failed, 0 skipped"
            $run.ExitCode | Should -Be 0
        }
    }

    Context 'a run' {
        It '<What>' -ForEach $wholes {
            $run = Invoke-Example $Code
            $run.Sum | Should -Be $Sum
            $run.ExitCode | Should -Be $ExitCode
        }

        It 'runs only what a filter names' {
            (Invoke-Example 'Describe A { It one { }; It two { throw } }' '*A.one').Sum |
                Should -Be '1 passed, 0 failed, 0 skipped'
        }

        It 'holds a filter that names nothing for an error' {
            $run = Invoke-Example 'Describe A { It one { } }' '*nothing*'
            $run.Sum | Should -Be '0 passed, 0 failed, 0 skipped'
            $run.ExitCode | Should -Be 1
        }
    }
}
