# A script file, because only one of those makes the scope that $script: means.
$args[0].Invoke()
