namespace LayerPS.Containers;

/// <summary>What made-up names are made of: words that are short, plain, and hard to mishear.</summary>
internal static class ContainerNameWords
{
    internal static readonly string[] Adjectives =
    [
        "able", "amber", "bold", "brave", "brisk", "calm", "clear", "cool", "crisp", "deep", "eager", "early", "fair",
        "fast", "fine", "fond", "free", "fresh", "gentle", "glad", "golden", "good", "grand", "green", "happy", "keen",
        "kind", "late", "light", "lucky", "mellow", "mild", "neat", "nimble", "noble", "plain", "proud", "quick",
        "quiet", "rapid", "ready", "round", "silver", "smart", "snug", "solid", "steady", "sunny", "swift", "tidy",
        "warm", "wise", "witty", "young",
    ];

    internal static readonly string[] Nouns =
    [
        "acorn", "apple", "badger", "bay", "beacon", "birch", "bridge", "brook", "canyon", "cedar", "cliff", "cloud",
        "comet", "coral", "creek", "crow", "dawn", "delta", "dune", "eagle", "elm", "falcon", "fern", "field", "finch",
        "fjord", "forest", "fox", "garden", "geyser", "grove", "harbor", "hawk", "heron", "hill", "island", "lake",
        "lark", "leaf", "maple", "meadow", "moon", "oak", "ocean", "otter", "owl", "pebble", "pine", "pond", "raven",
        "reef", "river", "robin", "shore", "spring", "stone", "stream", "valley", "willow", "wren",
    ];
}
