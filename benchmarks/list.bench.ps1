# Get-Container and Get-Image over 1,000 of each.
$count = 1000
[void] (New-Image bench -FromCommand true)
for ($i = 0; $i -lt $count; $i++) {
    [void] (New-Container bench -Name "list-$i" -- true)
}
for ($i = 0; $i -lt $count; $i++) { [void] (New-Image "scratch:$i" -Scratch -Label "number=$i") }
Measure-Contest 'lists of 1,000' ([ordered] @{
    'LayerPS: Get-Container' = { if (@(Get-Container).Count -ne $count) { throw 'Some are missing.' } }
    'LayerPS: Get-Image'     = { if (@(Get-Image).Count -lt $count) { throw 'Some are missing.' } }
}) -Rounds 9
Get-Container | Remove-Container
