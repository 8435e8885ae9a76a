namespace LayerPS.TestShell.Pester.Assertions;

/// <summary>What an operator found.</summary>
/// <param name="Holds">Whether the value is what the operator says, before -Not.</param>
/// <param name="Expectation">What was expected, to follow "Expected" and, with -Not, "not".</param>
/// <param name="Finding">What there was instead, to follow "but".</param>
internal sealed record Assertion(bool Holds, string Expectation, string Finding)
{
    internal string Message(bool negated, string? because) =>
        $"Expected {(negated ? "not " : string.Empty)}{Expectation},"
        + (string.IsNullOrWhiteSpace(because) ? string.Empty : $" because {because},") + $" but {Finding}.";
}
