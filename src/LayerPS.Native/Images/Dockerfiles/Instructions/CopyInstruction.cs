namespace LayerPS.Dockerfiles;

/// <summary><c>COPY</c> and <c>ADD</c>: <c>[flags] source … destination</c>.</summary>
internal sealed record CopyInstruction : Instruction
{
    internal static readonly string[] CopyFlags = ["from", "chown", "chmod", "link", "parents", "exclude*"];
    internal static readonly string[] AddFlags =
        ["chown", "chmod", "link", "exclude*", "checksum", "keep-git-dir", "unpack"];

    /// <summary>Whether it is ADD, which unpacks local archives and fetches URLs.</summary>
    internal bool IsAdd => Keyword == "ADD";

    internal required IReadOnlyList<Word> Sources { get; init; }

    /// <summary>The sources that are in the Dockerfile itself.</summary>
    internal IReadOnlyList<HereDocument> HereDocuments { get; init; } = [];

    internal required Word Destination { get; init; }

    /// <summary>A stage or an image; null for the context.</summary>
    internal Word? From { get; init; }

    /// <summary>user[:group]; null for root.</summary>
    internal Word? Owner { get; init; }

    internal Word? Mode { get; init; }

    internal bool Link { get; init; }

    /// <summary>Whether the directories of the sources are kept.</summary>
    internal bool Parents { get; init; }

    internal required IReadOnlyList<Word> Excludes { get; init; }

    internal Word? Checksum { get; init; }

    /// <summary>Whether archives are unpacked; null for what ADD does: those of the context are, those of a URL are not.</summary>
    internal bool? Unpack { get; init; }

    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static CopyInstruction Read(InstructionArguments arguments)
    {
        List<Word> words = [.. arguments.NotEmpty("a source and a destination").JsonOrWords()];
        if (words.Count < 2) throw arguments.Fault($"{arguments.Keyword} wants a source and a destination");
        if (arguments.Flags.IsOn("keep-git-dir"))
            throw arguments.Flags["keep-git-dir"]!.Whole.Fault("ADD --keep-git-dir is not supported, as Git sources are not");
        HashSet<TextPosition> documents = [.. arguments.Line.HereDocuments.Select(static document => document.At)];
        if (documents.Contains(words[^1].At)) throw words[^1].Fault("a here-document cannot be the destination");
        return new CopyInstruction
        {
            Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line,
            Sources = [.. words.SkipLast(1).Where(word => !documents.Contains(word.At))],
            HereDocuments = arguments.TryJson() is null ? arguments.Line.HereDocuments : [],
            Destination = words[^1],
            From = arguments.Flags["from"]?.Required,
            Owner = arguments.Flags["chown"]?.Required,
            Mode = arguments.Flags["chmod"]?.Required,
            Link = arguments.Flags.IsOn("link"),
            Parents = arguments.Flags.IsOn("parents"),
            Excludes = [.. arguments.Flags.All("exclude").Select(static flag => flag.Required)],
            Checksum = arguments.Flags["checksum"]?.Required,
            Unpack = arguments.Flags["unpack"]?.IsOn,
        };
    }
}
