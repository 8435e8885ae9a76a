namespace LayerPS;

/// <summary>A failure that the engine foresaw. Its definition carries the stable id, the class and the way out.</summary>
public sealed class EngineException : Exception
{
    internal EngineException(
        ErrorDefinition definition, string message, object? target = null, string? action = null, Exception? inner = null)
        : base(message, inner)
    {
        Definition = definition;
        TargetObject = target;
        RecommendedAction = action ?? definition.RecommendedAction;
    }

    /// <summary>The row of <see cref="EngineErrors"/> that this failure belongs to.</summary>
    public ErrorDefinition Definition { get; }

    /// <summary>The name or object that the failure is about.</summary>
    public object? TargetObject { get; }

    /// <summary>What to do about it.</summary>
    public string RecommendedAction { get; }
}
