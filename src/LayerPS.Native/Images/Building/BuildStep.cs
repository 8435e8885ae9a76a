namespace LayerPS;

/// <summary>One step of a build.</summary>
/// <param name="Stage">The name or number of its stage.</param>
/// <param name="Number">Which step of the stage it is, from 1.</param>
/// <param name="Count">How many steps the stage has.</param>
/// <param name="Text">The instruction.</param>
public sealed record BuildStep(string Stage, int Number, int Count, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"[{Stage} {Number}/{Count}] {Text}";
}
