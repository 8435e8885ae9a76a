namespace LayerPS.Linux;

/// <summary>What a child does between its birth and its program in order to be root of a user namespace.</summary>
internal sealed record UserNamespaceEntry
{
    /// <summary>Files of version 1 cgroups that it writes itself into, while it may.</summary>
    internal int[] Tasks { get; init; } = [];

    /// <summary>For one in a new namespace: a byte comes from here when its users are mapped; -1 for none.</summary>
    internal int Socket { get; init; } = -1;

    /// <summary>The parent's end of <see cref="Socket"/>.</summary>
    internal int Peer { get; init; } = -1;

    /// <summary>The pidfd of a process whose namespace it enters; -1 for none.</summary>
    internal int Join { get; init; } = -1;
}
