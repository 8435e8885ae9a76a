BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'TestStore.ps1'))
    $folder = New-TestStore
    [void] (New-TestBase)
    $context = [IO.Directory]::CreateDirectory("$folder/context").FullName

    function Set-Dockerfile([string] $Text, [string] $Directory = $context) {
        [void] [IO.Directory]::CreateDirectory($Directory)
        [IO.File]::WriteAllText("$Directory/Dockerfile", $Text)
    }
}

AfterAll { Remove-TestStore $folder }

Describe 'Build-Image' {
    It 'makes an image of a Dockerfile, and nothing else is output' {
        [IO.File]::WriteAllText("$context/a file", 'content')
        Set-Dockerfile "FROM base`nCOPY [`"a file`", `"/`"]`nRUN cat '/a file' > /copied; echo seen`nENV A=b`nCMD [`"cat`", `"/copied`"]"
        $built = Build-Image $context app:1 -InformationVariable said
        @($built).Count | Should -Be 1
        "$built" | Should -Be app:1
        $built | Should -BeOfType ([LayerPS.Image])
        $said.ForEach{ "$_" } | Should -Be seen
        $said[0].Tags | Should -Contain stdout
        Invoke-Container app:1 -Remove | Should -Be content
        $built.Config.Env | Should -Contain 'A=b'
        Get-Container | Should -BeNullOrEmpty
        Get-StagingCount | Should -Be 0
    }

    It 'shows each step in the history, and the images of the steps under -All' {
        $history = Get-ImageHistory app:1
        $history[0].CreatedBy | Should -Be 'CMD ["cat", "/copied"]'
        $history.ForEach{ $_.EmptyLayer }[0..3] | Should -Be @($true, $true, $false, $false)
        $history[3].Size | Should -Be 'content'.Length
        (Get-Image).ForEach{ "$_" } | Should -Be @('app:1', 'base:latest')
        @(Get-Image -All).Where{ $_.Intermediate -and -not $_.Name }.Count | Should -BeGreaterThan 2
    }

    It 'takes steps from the cache and tells so' {
        $id = (Get-Image app:1).Id
        [IO.File]::SetLastWriteTimeUtc("$context/a file", [DateTime]::UnixEpoch)
        $lines = Build-Image $context app:1 -Verbose 4>&1
        $lines[-1].Id | Should -Be $id
        @($lines).Where{ "$_" -like 'From the cache,*' }.Count | Should -Be 2
        @($lines).Where{ "$_" -like 'Not from the cache*' }.Count | Should -Be 0
        $again = @(Build-Image $context app:1 -NoCache -Verbose 4>&1)
        $again.Where{ "$_" -like 'Not from the cache*' }.Count | Should -Be 2
    }

    It 'takes arguments, labels and a target' {
        Set-Dockerfile "FROM base AS one`nARG word=none`nRUN echo `$word > /word`nFROM base`nRUN exit 1"
        $built = Build-Image $context -Name a, b:2 -Target one -BuildArgument @{ word = 'hello' } -Label 'x=a "$b"'
        Invoke-Container b:2 -Remove -- cat /word | Should -Be hello
        $built.Config.Labels['x'] | Should -Be 'a "$b"'
        (Get-Image a).References | Should -Be @('a:latest', 'b:2')
    }

    It 'warns of an argument that nobody declares' {
        Set-Dockerfile "FROM base"
        [void] (Build-Image $context -BuildArgument no=1 -WarningVariable warned -WarningAction SilentlyContinue)
        "$warned" | Should -BeLike "*'no'*"
    }

    It 'takes directories and their names from the pipeline, and one that fails keeps no other from it' {
        Set-Dockerfile "FROM base`nLABEL n=1" "$folder/one"
        Set-Dockerfile "FROM base`nLABLE n=2" "$folder/two"
        Set-Dockerfile "FROM base`nLABEL n=3" "$folder/three"
        $built = 'one', 'two', 'three' | ForEach-Object { [IO.DirectoryInfo]::new("$folder/$_") } |
            Build-Image -ErrorVariable failed -ErrorAction SilentlyContinue
        $built.ForEach{ "$_=$($_.Config.Labels['n'])" } | Should -Be @('one:latest=1', 'three:latest=3')
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'DockerfileInvalid,LayerPS.Commands.BuildImageCommand'
        "$($failed[0])" | Should -BeLike "Dockerfile:2:1: there is no instruction 'LABLE'. Did you mean 'LABEL'?*2 | LABLE n=2*^"
    }

    It 'tells the step that failed, and leaves its container where asked' {
        Set-Dockerfile "FROM base`nRUN echo last; exit 3"
        $failure = { Build-Image $context -KeepFailed -ErrorAction Stop } |
            Should -Throw -PassThru -ErrorId 'BuildStepFailed,LayerPS.Commands.BuildImageCommand'
        $failure.Exception.Message | Should -BeLike '*exit code 3*last*'
        (Get-Container $failure.TargetObject).ExitCode | Should -Be 3
        Get-Container | Remove-Container
    }

    It 'builds nothing with -WhatIf' {
        Set-Dockerfile "FROM base`nRUN exit 1"
        Build-Image $context never -WhatIf | Should -BeNullOrEmpty
    }

    It 'takes another Dockerfile, and a time' {
        [IO.File]::WriteAllText("$folder/other", "FROM scratch`nCOPY . /")
        $ids = 1..2 | ForEach-Object {
            (Build-Image $context -File "$folder/other" -Timestamp '2001-02-03Z' -NoCache).Id
        }
        $ids[0] | Should -Be $ids[1]
    }

    It 'gives steps secrets, in every form, and writes them down nowhere' {
        [IO.File]::WriteAllText("$folder/token file", '4711secret')
        $secure = [Security.SecureString]::new()
        foreach ($c in '4711secret'.ToCharArray()) { $secure.AppendChar($c) }
        $env:LAYERPS_TEST_TOKEN = '4711secret'
        $forms = @{ token = $secure }, @{ token = '4711secret' }, @{ token = [IO.FileInfo]::new("$folder/token file") },
            @{ token = [Text.Encoding]::UTF8.GetBytes('4711secret') }, "id=token,src=$folder/token file",
            'type=env,id=token,env=LAYERPS_TEST_TOKEN'
        foreach ($form in $forms) {
            Set-Dockerfile "FROM base`nRUN --mount=type=secret,id=token,required cat /run/secrets/token | { read t; echo `${#t}; }"
            [void] (Build-Image $context -Secret $form -NoCache -InformationVariable said)
            "$said" | Should -Be 10
        }
        $env:LAYERPS_TEST_TOKEN = $null
        & grep -rl 4711secret $env:LAYERPS_ROOT | Should -BeNullOrEmpty
    }

    It 'does not repeat what cannot be a secret' {
        foreach ($wrong in '4711secret', 'id=x,value=4711secret', @{ x = @{ y = '4711secret' } }) {
            $failure = { Build-Image $context -Secret $wrong } | Should -Throw -PassThru
            "$failure" | Should -BeLike '*id=token,src=token.txt*'
            $failure.Exception.Message | Should -Not -BeLike '*4711*'
        }
        { Build-Image $context -Secret 'id=x,src=a,env=b' } | Should -Throw
    }

    It 'keeps the caches of RUN until Optimize-ContainerStorage -All' {
        Set-Dockerfile "FROM base`nRUN --mount=type=cache,target=/c echo x >> /c/lines"
        1..2 | ForEach-Object { [void] (Build-Image $context -NoCache) }
        $cache = @(Measure-ContainerStorage -Detailed).Where{ $_.Kind -eq 'BuildCache' }
        $cache.Name | Should -Be /c
        $cache.Size | Should -Be 4
        $item = @(Optimize-ContainerStorage -All -WhatIf -PassThru).Where{ $_.Id -eq '/c' }
        [IO.File]::ReadAllText("$($item.Path)/data/lines") | Should -Be "x`nx`n"
        @(Optimize-ContainerStorage -PassThru).Where{ $_.Id -eq '/c' } | Should -BeNullOrEmpty
    }

    It 'leaves nothing running when it is stopped' {
        Set-Dockerfile "FROM base`nRUN echo begun; sleep 1000"
        $test = Start-TestSession 'Build-Image $args[0] -InformationAction Continue' $context
        Wait-Until { Get-Container -State Running }
        $test.Session.Stop()
        Wait-Until { -not (Get-Container) }
        Get-StagingCount | Should -Be 0
    }
}
