namespace LayerPS.Dockerfiles;

/// <summary>One <c>--name=value</c> between an instruction's keyword and its arguments.</summary>
/// <param name="Name">Without the dashes.</param>
/// <param name="Value">As written; null where there is no equals sign.</param>
/// <param name="Whole">All of it.</param>
internal sealed record InstructionFlag(string Name, Word? Value, Word Whole)
{
    /// <exception cref="EngineException">DockerfileInvalid: there is no value.</exception>
    internal Word Required => Value is { Raw.Length: > 0 } value
        ? value
        : throw Whole.Fault($"--{Name} wants a value: --{Name}=…");

    /// <exception cref="EngineException">DockerfileInvalid: it is neither true nor false.</exception>
    internal bool IsOn => Value?.Raw.ToLowerInvariant() switch
    {
        null or "true" or "1" => true,
        "false" or "0" => false,
        _ => throw Value.Fault($"--{Name} is true or false, not '{Value.Raw}'"),
    };
}
