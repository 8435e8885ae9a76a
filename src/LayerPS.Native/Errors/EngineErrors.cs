namespace LayerPS;

/// <summary>The one table of errors. Ids are a promise to scripts: add rows, do not rename them.</summary>
public static class EngineErrors
{
    internal static readonly ErrorDefinition ContainerNotFound = new(
        nameof(ContainerNotFound), ErrorClass.ObjectNotFound, "Get-Container lists the containers there are.");

    internal static readonly ErrorDefinition ContainerNameAmbiguous = new(
        nameof(ContainerNameAmbiguous), ErrorClass.InvalidArgument, "Give more digits of the id, or the whole name.");

    internal static readonly ErrorDefinition ContainerNameInvalid = new(
        nameof(ContainerNameInvalid), ErrorClass.InvalidArgument,
        "A name starts with a letter or digit and goes on with letters, digits, '_', '.' and '-'.");

    internal static readonly ErrorDefinition ContainerNameInUse = new(
        nameof(ContainerNameInUse), ErrorClass.ResourceExists,
        "Choose another name, or remove the container that has it with Remove-Container.");

    internal static readonly ErrorDefinition ContainerRunning = new(
        nameof(ContainerRunning), ErrorClass.InvalidOperation, "Stop it first with Stop-Container.");

    internal static readonly ErrorDefinition ContainerNotRunning = new(
        nameof(ContainerNotRunning), ErrorClass.InvalidOperation, "Start it first with Start-Container.");

    internal static readonly ErrorDefinition ContainerCommandMissing = new(
        nameof(ContainerCommandMissing), ErrorClass.InvalidArgument,
        "Give the command after '--', or use an image that has one.");

    internal static readonly ErrorDefinition ContainerOptionInvalid = new(
        nameof(ContainerOptionInvalid), ErrorClass.InvalidArgument, "Give a value as the message describes it.");

    internal static readonly ErrorDefinition ContainerStartFailed = new(
        nameof(ContainerStartFailed), ErrorClass.OperationStopped,
        "Read the message for the step that failed; Test-ContainerHost tells what this host can do.");

    internal static readonly ErrorDefinition ImageNotFound = new(
        nameof(ImageNotFound), ErrorClass.ObjectNotFound,
        "Get-Image lists the images there are; New-Image and Import-Image make one.");

    internal static readonly ErrorDefinition ImageNameAmbiguous = new(
        nameof(ImageNameAmbiguous), ErrorClass.InvalidArgument, "Give more digits of the id, or a name:tag.");

    internal static readonly ErrorDefinition ImageReferenceInvalid = new(
        nameof(ImageReferenceInvalid), ErrorClass.InvalidArgument,
        "A reference is [host[:port]/]path[:tag], the path in lower case, for example 'tools/base:1.0'.");

    internal static readonly ErrorDefinition ImageCommandNotFound = new(
        nameof(ImageCommandNotFound), ErrorClass.ObjectNotFound,
        "Install the command on this machine, give its whole path, or leave it out.");

    internal static readonly ErrorDefinition ImageSourceNotFound = new(
        nameof(ImageSourceNotFound), ErrorClass.ObjectNotFound, "Check the path.");

    internal static readonly ErrorDefinition ImageSourceInvalid = new(
        nameof(ImageSourceInvalid), ErrorClass.InvalidArgument, "Choose another directory.");

    internal static readonly ErrorDefinition LayerNotFound = new(
        nameof(LayerNotFound), ErrorClass.ObjectNotFound, "Get-ImageLayer lists the layers there are.");

    internal static readonly ErrorDefinition LayerIdAmbiguous = new(
        nameof(LayerIdAmbiguous), ErrorClass.InvalidArgument, "Give more digits of the id.");

    internal static readonly ErrorDefinition ArchiveUnsupported = new(
        nameof(ArchiveUnsupported), ErrorClass.InvalidData,
        "Import the tar of a root file system, such as one that 'docker export' writes.");

    internal static readonly ErrorDefinition ArchiveInvalid = new(
        nameof(ArchiveInvalid), ErrorClass.InvalidData, "Make the archive anew, or get it from a source you trust.");

    internal static readonly ErrorDefinition ArchiveRefused = new(
        nameof(ArchiveRefused), ErrorClass.InvalidData,
        "The archive tries to do what no image may. Do not use it unless you know why it is so.");

    internal static readonly ErrorDefinition StoreVersionUnsupported = new(
        nameof(StoreVersionUnsupported), ErrorClass.InvalidOperation,
        "Use the LayerPS version that wrote this store, or a newer one.");

    internal static readonly ErrorDefinition StoreCorrupt = new(
        nameof(StoreCorrupt), ErrorClass.InvalidData, "Restore the file that the message names, or remove its object.");

    internal static readonly ErrorDefinition HostNotSupported = new(
        nameof(HostNotSupported), ErrorClass.NotInstalled, "Test-ContainerHost tells what is missing and how to get it.");

    internal static readonly ErrorDefinition HostNotRoot = new(
        nameof(HostNotRoot), ErrorClass.PermissionDenied, "Run pwsh as root: sudo pwsh.");

    internal static readonly ErrorDefinition PathNotFileSystem = new(
        nameof(PathNotFileSystem), ErrorClass.InvalidArgument, "Give a path of the file system, such as ./root.tar.");

    internal static readonly ErrorDefinition HostAccessDenied = new(
        nameof(HostAccessDenied), ErrorClass.PermissionDenied,
        "Look at the owner, the mode and the mount options of what the message names.");

    internal static readonly ErrorDefinition HostDiskFull = new(
        nameof(HostDiskFull), ErrorClass.WriteError, "Make room on the file system, or raise the user's quota.");

    internal static readonly ErrorDefinition HostCallFailed = new(
        nameof(HostCallFailed), ErrorClass.NotSpecified, "The message names what the kernel or the file system refused.");

    internal static readonly ErrorDefinition EngineDefect = new(
        nameof(EngineDefect), ErrorClass.NotSpecified,
        "This is a defect of LayerPS. Please report it with the text of $Error[0].Exception.ToString().");

    /// <summary>Every row, by id.</summary>
    public static IReadOnlyDictionary<string, ErrorDefinition> All { get; } = new[]
    {
        ContainerNotFound, ContainerNameAmbiguous, ContainerNameInvalid, ContainerNameInUse, ContainerRunning,
        ContainerNotRunning, ContainerCommandMissing, ContainerOptionInvalid, ContainerStartFailed, ImageNotFound, ImageNameAmbiguous,
        ImageReferenceInvalid, ImageCommandNotFound, ImageSourceNotFound, ImageSourceInvalid, LayerNotFound,
        LayerIdAmbiguous, ArchiveUnsupported, ArchiveInvalid, ArchiveRefused, StoreVersionUnsupported, StoreCorrupt,
        HostNotSupported, HostNotRoot, PathNotFileSystem, HostAccessDenied, HostDiskFull, HostCallFailed,
        EngineDefect,
    }.ToDictionary(static d => d.Id);
}
