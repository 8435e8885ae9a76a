using System.Net;

namespace LayerPS.Containers;

/// <summary>A name with its address, for a container's /etc/hosts (hosts(5)).</summary>
internal static class ExtraHost
{
    /// <param name="text"><c>name=address</c>, or <c>name:address</c> as docker has it.</param>
    /// <returns><c>name=address</c>.</returns>
    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    internal static string Check(string text)
    {
        int separator = text.AsSpan().IndexOfAny('=', ':');
        if (separator > 0)
        {
            string name = text[..separator], address = text[(separator + 1)..];
            if (IPAddress.TryParse(address, out _) && !name.Any(static c => char.IsWhiteSpace(c) || c == '#'))
                return $"{name}={address}";
        }

        throw new EngineException(
            EngineErrors.ContainerOptionInvalid, $"'{text}' is no host with its address; write name=192.0.2.1.", text);
    }

    /// <summary>The line of /etc/hosts.</summary>
    internal static string LineOf(string host)
    {
        string[] pair = host.Split('=', 2);
        return $"{pair[1]}\t{pair[0]}\n";
    }
}
