namespace LayerPS;

/// <summary>Which of its two streams a container wrote to.</summary>
public enum LogStream
{
    /// <summary>Descriptor 1.</summary>
    StandardOutput,

    /// <summary>Descriptor 2.</summary>
    StandardError,
}
