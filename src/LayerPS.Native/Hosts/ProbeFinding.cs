namespace LayerPS.Hosts;

/// <summary>What a probe found.</summary>
/// <param name="IsGood">Whether it is what is needed.</param>
/// <param name="Value">What it is.</param>
internal readonly record struct ProbeFinding(bool IsGood, string Value)
{
    internal static ProbeFinding Good(string value) => new(true, value);

    internal static ProbeFinding Bad(string value) => new(false, value);
}
