using LayerPS.Runtime.Oci.Arguments;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>What a process in a container has open besides its standard streams, from 3 on.</summary>
internal static class PreservedDescriptors
{
    private const int First = 3;

    /// <exception cref="OciException">One of them is not open.</exception>
    internal static void Check(int count)
    {
        for (int descriptor = First; descriptor < First + count; descriptor++)
        {
            if (!Path.Exists($"/proc/self/fd/{descriptor}"))
                throw new OciException($"--preserve-fds {count}: the descriptor {descriptor} is not open.");
        }
    }
}
