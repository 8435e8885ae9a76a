using System.Globalization;

namespace LayerPS.Containers;

/// <summary>The bytes that went through the devices of a network namespace, the loopback device apart.</summary>
internal readonly record struct NetworkUsage(long Received, long Sent)
{
    // The columns after the device's name, see proc_pid_net(5).
    private const int ReceivedColumn = 0, SentColumn = 8;

    /// <param name="pid">A process in it.</param>
    /// <returns>Null when the process has ended.</returns>
    internal static NetworkUsage? TryRead(int pid)
    {
        try
        {
            return Parse(File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/net/dev")));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <param name="lines">Of /proc/PID/net/dev.</param>
    internal static NetworkUsage Parse(IEnumerable<string> lines)
    {
        long received = 0, sent = 0;
        foreach (string[] device in lines.Select(static line => line.Split(':', 2)))
        {
            if (device.Length < 2 || device[0].Trim() == "lo") continue;
            string[] columns = device[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            received += long.Parse(columns[ReceivedColumn], CultureInfo.InvariantCulture);
            sent += long.Parse(columns[SentColumn], CultureInfo.InvariantCulture);
        }

        return new NetworkUsage(received, sent);
    }
}
