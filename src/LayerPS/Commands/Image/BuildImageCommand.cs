using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Arguments;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Build-Image: an image of a Dockerfile. What its steps write is shown as information; output is the image.</summary>
// A verb of PowerShell 6 and later, which the constants of PowerShellStandard lack.
[Cmdlet("Build", "Image", SupportsShouldProcess = true)]
[OutputType(typeof(Image))]
public sealed class BuildImageCommand : EngineCommand
{
    private const string Here = ".";

    // PowerShell shows information with the tag PSHOST also where the preference is to be silent.
    private static readonly string[] OutputTags = ["stdout", "PSHOST"], ErrorTags = ["stderr", "PSHOST"];

    /// <summary>The directories that COPY and ADD take files from, each with a Dockerfile; the current one unless told.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Context", "PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public FileIdentity[] Path { get; set; } = [new(Here)];

    /// <summary>The names of the new image.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Tag")]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The Dockerfile, where it is not the one of the directory.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? File { get; set; }

    /// <summary>Values for what ARG declares: a hashtable, or KEY=VALUE.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("BuildArg")]
    [KeyValueArgument]
    public string[] BuildArgument { get; set; } = [];

    /// <summary>What RUN --mount=type=secret can take.</summary>
    [Parameter]
    [BuildSecretArgument]
    public BuildSecret[] Secret { get; set; } = [];

    /// <summary>Labels besides those of the Dockerfile: a hashtable, or KEY=VALUE.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [KeyValueArgument]
    public string[] Label { get; set; } = [];

    /// <summary>
    /// The stage to build. Not taken from the pipeline's objects: PowerShell gives files a property of that name.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Target { get; set; }

    /// <summary>os/architecture[/variant] that the images must be for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PlatformCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Platform { get; set; }

    /// <summary>The network that RUN sees.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public ContainerNetwork Network { get; set; } = ContainerNetwork.Host;

    /// <summary>The time that the image is said to be of.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>Does every step anew.</summary>
    [Parameter]
    public SwitchParameter NoCache { get; set; }

    /// <summary>Makes one layer of all that the build adds.</summary>
    [Parameter]
    public SwitchParameter Squash { get; set; }

    /// <summary>Leaves the container of a step that fails.</summary>
    [Parameter]
    public SwitchParameter KeepFailed { get; set; }

    /// <inheritdoc/>
    protected override void Process() => AttemptEach(Path, path => AttemptEach(path.Resolve(this), Build));

    private void Build(string context)
    {
        string what = Name.Length == 0 ? "an image without a name" : string.Join(", ", Name);
        if (!ShouldProcess(context, $"Build {what}")) return;
        BuildProgress progress = new(this, $"Building {what}");
        string? file = File is null ? null : this.ResolveFile(File);
        try
        {
            WriteObject(RunInBackground(
                $"Building {what}", null,
                work => Engine.Images.Build(Options(context, file, work, progress), work.StopToken)));
        }
        finally
        {
            if (!Stopping) progress.Hide();
        }
    }

    private BuildOptions Options(string context, string? file, BackgroundWork work, BuildProgress progress) => new()
    {
        ContextPath = context,
        DockerfilePath = file,
        Names = Name,
        Arguments = KeyValueArgumentAttribute.ToDictionary(BuildArgument),
        Labels = KeyValueArgumentAttribute.ToDictionary(Label),
        Secrets = Secret,
        Target = Target,
        Platform = Platform,
        Network = Network,
        Timestamp = Timestamp,
        NoCache = NoCache,
        Squash = Squash,
        KeepFailed = KeepFailed,
        Step = step => work.Post(() => Show(step, progress)),
        Output = entry => work.Post(() => WriteInformation(
            entry.Text, entry.Stream == LogStream.StandardOutput ? OutputTags : ErrorTags)),
        Detail = detail => work.Post(() => WriteVerbose(detail)),
        Warning = work.Warn,
    };

    private void Show(BuildStep step, BuildProgress progress)
    {
        progress.Show(step);
        WriteVerbose(step.ToString());
    }
}
