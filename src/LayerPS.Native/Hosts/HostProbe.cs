namespace LayerPS.Hosts;

/// <summary>A check that can be made.</summary>
/// <param name="Name">As in <see cref="HostCheck.Name"/>.</param>
/// <param name="Purpose">As in <see cref="HostCheck.Purpose"/>.</param>
/// <param name="Remedy">As in <see cref="HostCheck.Remedy"/>, for when it does not come out well.</param>
/// <param name="Find">Tries it really, and leaves nothing behind. What it throws is its finding too.</param>
internal sealed record HostProbe(string Name, string Purpose, string Remedy, Func<ProbeFinding> Find)
{
    /// <summary>Whether no container runs without it.</summary>
    internal bool IsRequired { get; init; }

    internal HostCheck Run()
    {
        ProbeFinding finding = TryFind();
        if (finding.IsGood) return new HostCheck(Name, HostCheckStatus.Passed, finding.Value, Purpose, null);
        HostCheckStatus status = IsRequired ? HostCheckStatus.Failed : HostCheckStatus.Warning;
        return new HostCheck(Name, status, finding.Value, Purpose, Remedy);
    }

    private ProbeFinding TryFind()
    {
        try
        {
            return Find();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or EngineException)
        {
            return ProbeFinding.Bad(e.Message);
        }
    }
}
