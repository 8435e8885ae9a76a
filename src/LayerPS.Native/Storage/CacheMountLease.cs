namespace LayerPS.Storage;

/// <summary>A cache while a step has it; nobody removes it.</summary>
/// <param name="files">The directory that is mounted.</param>
/// <param name="held">Its lock.</param>
internal sealed class CacheMountLease(string files, FileLock held) : IDisposable
{
    internal string Files => files;

    public void Dispose() => held.Dispose();
}
