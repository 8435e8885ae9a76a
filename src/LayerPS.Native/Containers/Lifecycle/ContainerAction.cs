namespace LayerPS.Containers;

/// <summary>What can be done to a container, as far as its state decides whether it may be.</summary>
internal enum ContainerAction
{
    Start,
    Signal,
    Stop,
    Remove,
    Suspend,
    Execute,
}
