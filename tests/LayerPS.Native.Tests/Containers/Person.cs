using System.Text;
using LayerPS.Containers;
using LayerPS.Linux;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>Somebody at a terminal, which is a pseudoterminal of the host: types, and sees what is shown.</summary>
internal sealed class Person : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly int _master = Terminals.OpenMaster("/dev/ptmx");
    private readonly int _peer;
    private readonly StringBuilder _seen = new();

    internal Person(ushort rows = 24, ushort columns = 80)
    {
        _peer = Terminals.OpenPeer(_master);
        Descriptors.DoNotBlock(_master);
        Resize(rows, columns);
    }

    internal HostTerminal Terminal => new(_peer, _peer);

    /// <summary>How the terminal is set, as stty -g has it.</summary>
    internal string Settings => Archives.Shell.Run("bash", "-c", $"stty -g < /proc/{Environment.ProcessId}/fd/{_peer}").Trim();

    internal void Resize(ushort rows, ushort columns) => Terminals.SetSize(_master, new TerminalSize(rows, columns));

    internal void Type(string keys)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(keys);
        while (!bytes.IsEmpty)
        {
            DescriptorPoll.WaitWritable(_master, CancellationToken.None);
            bytes = bytes[(Descriptors.TryWrite(_master, bytes) ?? 0)..];
        }
    }

    /// <summary>Looks until the text is there; what was before its end is not looked at again.</summary>
    internal void AwaitText(string text)
    {
        DateTime end = DateTime.UtcNow + Limit;
        int place;
        while ((place = _seen.ToString().IndexOf(text, StringComparison.Ordinal)) < 0)
        {
            Assert.True(DateTime.UtcNow < end, $"'{text}' did not come; there is: {_seen}");
            DescriptorPoll.Wait([_master], TimeSpan.FromSeconds(0.1), CancellationToken.None);
            byte[] buffer = new byte[4096];
            if (Terminals.TryRead(_master, buffer) is { } count) _seen.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        _seen.Remove(0, place + text.Length);
    }

    public void Dispose()
    {
        Descriptors.Close(_peer);
        Descriptors.Close(_master);
    }
}
