using System.Runtime.InteropServices;
using System.Text;

namespace LayerPS.Linux;

/// <summary>A null-terminated array of C strings outside the managed heap, as execve(2) takes it.</summary>
internal sealed unsafe class NativeStringArray : IDisposable
{
    internal NativeStringArray(IReadOnlyList<string> items)
    {
        int bytes = (items.Count + 1) * sizeof(byte*);
        foreach (string item in items) bytes += Encoding.UTF8.GetByteCount(item) + 1;

        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)bytes);
        byte* text = (byte*)(Pointer + items.Count + 1);
        byte* end = (byte*)Pointer + bytes;
        for (int i = 0; i < items.Count; i++)
        {
            Pointer[i] = text;
            text += Encoding.UTF8.GetBytes(items[i], new Span<byte>(text, (int)(end - text))) + 1;
        }
    }

    internal byte** Pointer { get; private set; }

    public void Dispose()
    {
        NativeMemory.Free(Pointer);
        Pointer = null;
    }
}
