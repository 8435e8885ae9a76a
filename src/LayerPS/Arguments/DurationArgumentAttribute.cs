using System.Management.Automation;
using LayerPS.Dockerfiles;

namespace LayerPS.Arguments;

/// <summary>Lets a parameter of seconds take a TimeSpan, and docker's form of a time (<c>1m30s</c>, <c>500ms</c>), as well.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            TimeSpan time => time.TotalSeconds,
            string text when DurationText.TryParse(text.Trim()) is { } time => time.TotalSeconds,
            _ => inputData,
        };
}
