using System.Globalization;

namespace LayerPS.Containers;

/// <summary>
/// Which users and groups of the host those of a container are: number 0 of the container is
/// <paramref name="First"/>, and so on, see user_namespaces(7).
/// </summary>
/// <param name="First">On the host.</param>
/// <param name="Count">How many there are; a container has no others.</param>
internal sealed record UserMapping(uint First, uint Count)
{
    private const string Users = "/etc/subuid", Groups = "/etc/subgid";

    /// <param name="text">
    /// <c>100000:65536</c>, or the name of a user who has numbers in /etc/subuid and /etc/subgid.
    /// </param>
    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    internal static UserMapping Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts is [{ Length: > 0 } name] && !char.IsAsciiDigit(name[0])) return OfUser(name);
        if (parts.Length == 2 && TryParse(parts[0], parts[1], out UserMapping? mapping)) return mapping!;
        throw Invalid(
            text,
            $"'{text}' is no range of users: give the first one on this machine and how many, such as 100000:65536.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}:{Count}");

    private static UserMapping OfUser(string name)
    {
        UserMapping users = Find(Users, name), groups = Find(Groups, name);
        return users == groups ? users : throw Invalid(
            name,
            $"'{name}' has other users in {Users}, {users}, than groups in {Groups}, {groups}. " +
            "Make them the same, or give a range.");
    }

    private static UserMapping Find(string file, string name)
    {
        foreach (string line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            if (line.Split(':') is [var user, var first, var count] && user == name &&
                TryParse(first, count, out UserMapping? found)) return found!;
        }

        throw Invalid(
            name, $"'{name}' has no range in {file}. Add a line such as {name}:100000:65536, or give a range.");
    }

    // The host's own root must not be among them, nor the number that stands for none.
    private static bool TryParse(string first, string count, out UserMapping? mapping)
    {
        mapping = uint.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out uint begin)
            && uint.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            && begin > 0 && number > 0 && (ulong)begin + number < uint.MaxValue
                ? new UserMapping(begin, number)
                : null;
        return mapping is not null;
    }

    private static EngineException Invalid(string text, string message) =>
        new(EngineErrors.ContainerOptionInvalid, message, text);
}
