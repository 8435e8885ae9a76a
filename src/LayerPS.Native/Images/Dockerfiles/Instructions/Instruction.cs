namespace LayerPS.Dockerfiles;

/// <summary>One instruction of a Dockerfile. Variables in it are not yet put in.</summary>
internal abstract record Instruction
{
    /// <summary>In capital letters.</summary>
    internal required string Keyword { get; init; }

    /// <summary>All of it in one line, the keyword in capital letters, for people.</summary>
    internal required string Text { get; init; }

    /// <summary>Where its keyword stands.</summary>
    internal required InstructionLine Line { get; init; }

    internal TextPosition At => Line.PositionOf(0);

    /// <summary>DockerfileInvalid at the keyword.</summary>
    internal EngineException Fault(string what) => Line.Fault(0, what);

    /// <inheritdoc/>
    public sealed override string ToString() => Text;
}
