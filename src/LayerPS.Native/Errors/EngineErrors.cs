namespace LayerPS;

/// <summary>The one table of errors. Ids are a promise to scripts: add rows, do not rename them.</summary>
public static class EngineErrors
{
    // Before all rows: initializers run in the order of the text.
    private static readonly Dictionary<string, ErrorDefinition> Rows = [];

    internal static readonly ErrorDefinition ContainerNotFound = Add(
        nameof(ContainerNotFound), ErrorClass.ObjectNotFound, "Get-Container lists the containers there are.");

    internal static readonly ErrorDefinition ContainerNameAmbiguous = Add(
        nameof(ContainerNameAmbiguous), ErrorClass.InvalidArgument, "Give more digits of the id, or the whole name.");

    internal static readonly ErrorDefinition ContainerNameInvalid = Add(
        nameof(ContainerNameInvalid), ErrorClass.InvalidArgument,
        "A name starts with a letter or digit and goes on with letters, digits, '_', '.' and '-'.");

    internal static readonly ErrorDefinition ContainerNameInUse = Add(
        nameof(ContainerNameInUse), ErrorClass.ResourceExists,
        "Choose another name, or remove the container that has it with Remove-Container.");

    internal static readonly ErrorDefinition ContainerRunning = Add(
        nameof(ContainerRunning), ErrorClass.InvalidOperation, "Stop it first with Stop-Container.");

    internal static readonly ErrorDefinition ContainerNotRunning = Add(
        nameof(ContainerNotRunning), ErrorClass.InvalidOperation, "Start it first with Start-Container.");

    internal static readonly ErrorDefinition ContainerPaused = Add(
        nameof(ContainerPaused), ErrorClass.InvalidOperation, "Let it go on first with Resume-Container.");

    internal static readonly ErrorDefinition ContainerCommandMissing = Add(
        nameof(ContainerCommandMissing), ErrorClass.InvalidArgument,
        "Give the command after '--', or use an image that has one.");

    internal static readonly ErrorDefinition ContainerCommandInvalid = Add(
        nameof(ContainerCommandInvalid), ErrorClass.InvalidArgument,
        "Put '--' before the container's command: Invoke-Container base -- ls -l /");

    internal static readonly ErrorDefinition ContainerOptionInvalid = Add(
        nameof(ContainerOptionInvalid), ErrorClass.InvalidArgument, "Give a value as the message describes it.");

    internal static readonly ErrorDefinition ContainerStartFailed = Add(
        nameof(ContainerStartFailed), ErrorClass.OperationStopped,
        "Read the message for the step that failed; Test-ContainerHost tells what this host can do.");

    internal static readonly ErrorDefinition ContainerCommandFailed = Add(
        nameof(ContainerCommandFailed), ErrorClass.OperationStopped,
        "Read the message; the command must be in the container, which Invoke-ContainerCommand NAME -- ls / shows.");

    internal static readonly ErrorDefinition ContainerExitCode = Add(
        nameof(ContainerExitCode), ErrorClass.OperationStopped, "Read what the container wrote.");

    internal static readonly ErrorDefinition ContainerLost = Add(
        nameof(ContainerLost), ErrorClass.OperationStopped,
        "Its monitor was killed, or the host went down. Start the container again with Start-Container.");

    internal static readonly ErrorDefinition ContainerWaitTimeout = Add(
        nameof(ContainerWaitTimeout), ErrorClass.OperationTimeout,
        "Wait longer, or stop the container with Stop-Container.");

    internal static readonly ErrorDefinition ContainerItemNotFound = Add(
        nameof(ContainerItemNotFound), ErrorClass.ObjectNotFound,
        "Check the path; Invoke-ContainerCommand NAME -- ls / shows what a running container has.");

    internal static readonly ErrorDefinition ContainerItemRefused = Add(
        nameof(ContainerItemRefused), ErrorClass.InvalidOperation, "Choose another source or destination.");

    internal static readonly ErrorDefinition ImageNotFound = Add(
        nameof(ImageNotFound), ErrorClass.ObjectNotFound,
        "Get-Image lists the images there are; New-Image and Import-Image make one.");

    internal static readonly ErrorDefinition ImageNameAmbiguous = Add(
        nameof(ImageNameAmbiguous), ErrorClass.InvalidArgument, "Give more digits of the id, or a name:tag.");

    internal static readonly ErrorDefinition ImageReferenceInvalid = Add(
        nameof(ImageReferenceInvalid), ErrorClass.InvalidArgument,
        "A reference is [host[:port]/]path[:tag], the path in lower case, for example 'tools/base:1.0'.");

    internal static readonly ErrorDefinition ImageCommandNotFound = Add(
        nameof(ImageCommandNotFound), ErrorClass.ObjectNotFound,
        "Install the command on this machine, give its whole path, or leave it out.");

    internal static readonly ErrorDefinition ImageSourceNotFound = Add(
        nameof(ImageSourceNotFound), ErrorClass.ObjectNotFound, "Check the path.");

    internal static readonly ErrorDefinition ImageSourceInvalid = Add(
        nameof(ImageSourceInvalid), ErrorClass.InvalidArgument, "Choose another directory.");

    internal static readonly ErrorDefinition ImagePlatformNotFound = Add(
        nameof(ImagePlatformNotFound), ErrorClass.ObjectNotFound, "Choose one of those that there are with -Platform.");

    internal static readonly ErrorDefinition ImageOptionInvalid = Add(
        nameof(ImageOptionInvalid), ErrorClass.InvalidArgument, "Give a value as the message describes it.");

    internal static readonly ErrorDefinition ImageInUse = Add(
        nameof(ImageInUse), ErrorClass.ResourceBusy,
        "Remove the containers first with Remove-Container; with -Force, those that do not run keep the layers.");

    internal static readonly ErrorDefinition ImageLayersExceeded = Add(
        nameof(ImageLayersExceeded), ErrorClass.InvalidOperation,
        "Make one layer of many: Export-Container a container of the image below, and Import-Image the tar; in a " +
        "Dockerfile, join several RUN and COPY to one.");

    internal static readonly ErrorDefinition ImageHasDependents = Add(
        nameof(ImageHasDependents), ErrorClass.InvalidOperation,
        "Remove those images first, or use -Force to remove them with this one, top first.");

    internal static readonly ErrorDefinition DockerfileInvalid = Add(
        nameof(DockerfileInvalid), ErrorClass.InvalidData, "Correct the line that the message shows.");

    internal static readonly ErrorDefinition BuildContextNotFound = Add(
        nameof(BuildContextNotFound), ErrorClass.ObjectNotFound, "Check the path of the context and of the Dockerfile.");

    internal static readonly ErrorDefinition BuildSourceNotFound = Add(
        nameof(BuildSourceNotFound), ErrorClass.ObjectNotFound,
        "Sources are paths below the context that its .dockerignore does not leave out.");

    internal static readonly ErrorDefinition BuildSourceRefused = Add(
        nameof(BuildSourceRefused), ErrorClass.InvalidData, "Copy the file into the context, or give another source.");

    internal static readonly ErrorDefinition BuildTargetNotFound = Add(
        nameof(BuildTargetNotFound), ErrorClass.ObjectNotFound, "Give the name or the number of a stage.");

    internal static readonly ErrorDefinition BuildStepFailed = Add(
        nameof(BuildStepFailed), ErrorClass.OperationStopped,
        "Read what the step wrote; with -KeepFailed its container stays, to be looked into.");

    internal static readonly ErrorDefinition BuildUnsupported = Add(
        nameof(BuildUnsupported), ErrorClass.InvalidArgument, "Leave it out; the message names what is not supported.");

    internal static readonly ErrorDefinition LayerNotFound = Add(
        nameof(LayerNotFound), ErrorClass.ObjectNotFound, "Get-ImageLayer lists the layers there are.");

    internal static readonly ErrorDefinition LayerIdAmbiguous = Add(
        nameof(LayerIdAmbiguous), ErrorClass.InvalidArgument, "Give more digits of the id.");

    internal static readonly ErrorDefinition VolumeNotFound = Add(
        nameof(VolumeNotFound), ErrorClass.ObjectNotFound,
        "Get-ContainerVolume lists the volumes there are; New-ContainerVolume makes one.");

    internal static readonly ErrorDefinition VolumeNameInvalid = Add(
        nameof(VolumeNameInvalid), ErrorClass.InvalidArgument,
        "A name starts with a letter or digit and goes on with letters, digits, '_', '.' and '-'.");

    internal static readonly ErrorDefinition VolumeNameInUse = Add(
        nameof(VolumeNameInUse), ErrorClass.ResourceExists, "Use the volume there is, or choose another name.");

    internal static readonly ErrorDefinition VolumeInUse = Add(
        nameof(VolumeInUse), ErrorClass.ResourceBusy, "Remove those containers first with Remove-Container.");

    internal static readonly ErrorDefinition ArchiveUnsupported = Add(
        nameof(ArchiveUnsupported), ErrorClass.InvalidData,
        "Save the image anew with a current docker, podman or skopeo.");

    internal static readonly ErrorDefinition ArchiveInvalid = Add(
        nameof(ArchiveInvalid), ErrorClass.InvalidData, "Make the archive anew, or get it from a source you trust.");

    internal static readonly ErrorDefinition ArchiveRefused = Add(
        nameof(ArchiveRefused), ErrorClass.InvalidData,
        "The archive tries to do what no image may. Do not use it unless you know why it is so.");

    internal static readonly ErrorDefinition OutputExists = Add(
        nameof(OutputExists), ErrorClass.ResourceExists,
        "Choose another path, leave out -NoClobber for a file, or remove what is there.");

    internal static readonly ErrorDefinition OutputPathInvalid = Add(
        nameof(OutputPathInvalid), ErrorClass.InvalidArgument, "Give the path of a file that can be written.");

    internal static readonly ErrorDefinition StoreVersionUnsupported = Add(
        nameof(StoreVersionUnsupported), ErrorClass.InvalidOperation,
        "Use the LayerPS version that wrote this store, or a newer one.");

    internal static readonly ErrorDefinition StoreCorrupt = Add(
        nameof(StoreCorrupt), ErrorClass.InvalidData,
        "Restore the file that the message names, or let Repair-ContainerStorage take out what cannot be read.");

    internal static readonly ErrorDefinition SeccompProfileNotFound = Add(
        nameof(SeccompProfileNotFound), ErrorClass.ObjectNotFound,
        "Give the whole path of a profile that is there, or leave it out for the usual one.");

    internal static readonly ErrorDefinition SeccompProfileInvalid = Add(
        nameof(SeccompProfileInvalid), ErrorClass.InvalidData,
        "Correct the profile; it is JSON as docker has it: defaultAction, archMap, syscalls.");

    internal static readonly ErrorDefinition SeccompUnavailable = Add(
        nameof(SeccompUnavailable), ErrorClass.NotInstalled,
        "Install it (apt-get install libseccomp2, dnf install libseccomp), or do without: -SecurityOption seccomp=unconfined");

    internal static readonly ErrorDefinition HostCheckNotFound = Add(
        nameof(HostCheckNotFound), ErrorClass.ObjectNotFound, "Test-ContainerHost without a name makes all checks.");

    internal static readonly ErrorDefinition HostNotSupported = Add(
        nameof(HostNotSupported), ErrorClass.NotInstalled, "Test-ContainerHost tells what is missing and how to get it.");

    internal static readonly ErrorDefinition HostTerminalMissing = Add(
        nameof(HostTerminalMissing), ErrorClass.InvalidOperation,
        "Use a session at a terminal; without one, Invoke-ContainerCommand runs commands and reads the pipeline.");

    internal static readonly ErrorDefinition HostNotRoot = Add(
        nameof(HostNotRoot), ErrorClass.PermissionDenied, "Run pwsh as root: sudo pwsh.");

    internal static readonly ErrorDefinition PathNotFileSystem = Add(
        nameof(PathNotFileSystem), ErrorClass.InvalidArgument, "Give a path of the file system, such as ./root.tar.");

    internal static readonly ErrorDefinition HostAccessDenied = Add(
        nameof(HostAccessDenied), ErrorClass.PermissionDenied,
        "Look at the owner, the mode and the mount options of what the message names.");

    internal static readonly ErrorDefinition HostDiskFull = Add(
        nameof(HostDiskFull), ErrorClass.WriteError, "Make room on the file system, or raise the user's quota.");

    internal static readonly ErrorDefinition HostCallFailed = Add(
        nameof(HostCallFailed), ErrorClass.NotSpecified, "The message names what the kernel or the file system refused.");

    internal static readonly ErrorDefinition EngineDefect = Add(
        nameof(EngineDefect), ErrorClass.NotSpecified,
        "This is a defect of LayerPS. Please report it with the text of $Error[0].Exception.ToString().");

    /// <summary>Every row, by id.</summary>
    public static IReadOnlyDictionary<string, ErrorDefinition> All => Rows;

    private static ErrorDefinition Add(string id, ErrorClass errorClass, string recommendedAction)
    {
        var row = new ErrorDefinition(id, errorClass, recommendedAction);
        Rows.Add(id, row);
        return row;
    }
}
