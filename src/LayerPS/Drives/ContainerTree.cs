namespace LayerPS.Drives;

/// <summary>What the drive of containers has: each of them by its name, with the files that it sees.</summary>
internal static class ContainerTree
{
    internal static DriveNode Root(ContainerEngine engine) => new FolderNode(
        "Container", static () => new DriveFolder("Container"), () => engine.Containers.List().Select(container =>
            new FileRootNode(container.Name, () => container, () => engine.Containers.OpenFiles(container))));
}
