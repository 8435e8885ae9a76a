using LayerPS.Dockerfiles;

namespace LayerPS.Images;

/// <summary>A FROM and what follows it.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="From">What begins it.</param>
/// <param name="Image">The image that it begins with, variables put in; or the name of a stage above.</param>
/// <param name="Base">The stage above that it begins with; null for an image.</param>
/// <param name="Platform">What FROM says; null where it does not.</param>
/// <param name="Instructions">The rest.</param>
internal sealed record BuildStage(
    int Index, FromInstruction From, string Image, BuildStage? Base, string? Platform,
    IReadOnlyList<Instruction> Instructions)
{
    internal const string Scratch = "scratch";

    internal string Name => From.StageName ?? Index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal bool IsCalled(string text) => From.StageName?.Equals(text, StringComparison.OrdinalIgnoreCase) == true
        || text == Index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public override string ToString() => $"{Name}: FROM {Image}, {Instructions.Count} steps";
}
