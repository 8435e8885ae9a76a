using System.Management.Automation;
using LayerPS.Arguments;
using LayerPS.Completion;

namespace LayerPS.Abstractions;

/// <summary>What cmdlets share that make an image: its name, and what its containers run with.</summary>
public abstract class ImageMakingCommand : EngineCommand
{
    /// <summary>The default command, or the default arguments of the entrypoint.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Cmd")]
    public string[] Command { get; set; } = [];

    /// <summary>What goes before the command.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] Entrypoint { get; set; } = [];

    /// <summary>Environment variables: a hashtable, or KEY=VALUE.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Env")]
    [KeyValueArgument]
    public string[] Environment { get; set; } = [];

    /// <summary>The directory that processes start in.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("WorkingDir")]
    public string? WorkingDirectory { get; set; }

    /// <summary>
    /// user[:group], by name or number. Not taken from the pipeline's objects: PowerShell gives files a property of
    /// that name, which is the owner.
    /// </summary>
    [Parameter]
    public string? User { get; set; }

    /// <summary>Free words about the image: a hashtable, or KEY=VALUE.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Labels")]
    [KeyValueArgument]
    public string[] Label { get; set; } = [];

    /// <summary>port[/protocol].</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ExposedPorts")]
    public string[] ExposedPort { get; set; } = [];

    /// <summary>The directories that are volumes in its containers.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Volumes")]
    public string[] Volume { get; set; } = [];

    /// <summary>The signal that asks a container to end.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SignalNameCompleter))]
    public string? StopSignal { get; set; }

    /// <summary>The parameters as the engine takes them.</summary>
    protected ImageConfig Config => new()
    {
        Cmd = Command,
        Entrypoint = Entrypoint,
        Env = Environment,
        WorkingDir = WorkingDirectory,
        User = User,
        Labels = KeyValueArgumentAttribute.ToDictionary(Label),
        ExposedPorts = ExposedPort,
        Volumes = Volume,
        StopSignal = StopSignal,
    };
}
