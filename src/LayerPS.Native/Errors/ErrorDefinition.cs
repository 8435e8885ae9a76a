namespace LayerPS;

/// <summary>One row of the table of errors: what scripts can rely on.</summary>
/// <param name="Id">The stable ErrorId, of the form <c>&lt;Noun&gt;&lt;Condition&gt;</c>.</param>
/// <param name="Class">The PowerShell ErrorCategory by name.</param>
/// <param name="RecommendedAction">What a person can do about it, unless the error at hand knows better.</param>
public sealed record ErrorDefinition(string Id, ErrorClass Class, string RecommendedAction);
