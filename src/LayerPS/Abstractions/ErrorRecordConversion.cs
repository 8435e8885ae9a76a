using System.Management.Automation;

namespace LayerPS.Abstractions;

/// <summary>From the engine's failures to PowerShell's error records.</summary>
internal static class ErrorRecordConversion
{
    /// <param name="failure">What was thrown.</param>
    /// <param name="target">What it is about, where the failure does not say.</param>
    internal static ErrorRecord ToErrorRecord(this Exception failure, object? target)
    {
        ErrorDefinition definition = ErrorDefinition.Of(failure);
        var foreseen = failure as EngineException;
        string message = definition == EngineErrors.EngineDefect
            ? $"LayerPS failed in a way that it did not foresee: {failure.Message} ({failure.GetType().Name})"
            : failure.Message;
        var category = Enum.Parse<ErrorCategory>(definition.Class.ToString());
        return new ErrorRecord(failure, definition.Id, category, foreseen?.TargetObject ?? target)
        {
            ErrorDetails = new ErrorDetails(message)
            {
                RecommendedAction = foreseen?.RecommendedAction ?? definition.RecommendedAction,
            },
        };
    }
}
