namespace LayerPS.Seccomp;

/// <summary>A condition on an argument of a call.</summary>
internal sealed record SeccompArgument
{
    /// <summary>0 to 5.</summary>
    public uint Index { get; set; }

    /// <summary>What it is compared with; for SCMP_CMP_MASKED_EQ the mask.</summary>
    public ulong Value { get; set; }

    /// <summary>For SCMP_CMP_MASKED_EQ what it is compared with, masked.</summary>
    public ulong ValueTwo { get; set; }

    /// <summary>libseccomp's name of the comparison: SCMP_CMP_EQ.</summary>
    public required string Op { get; init; }
}
