namespace LayerPS.Containers;

/// <summary>The keys by which a person leaves a container's terminal, one after the other.</summary>
internal sealed class DetachKeys
{
    internal const string Default = "ctrl-p,ctrl-q";
    private const string Control = "ctrl-";

    private readonly byte[] _keys;
    private int _pressed;

    private DetachKeys(byte[] keys) => _keys = keys;

    /// <param name="text">
    /// Characters, and ctrl- with a letter or one of <c>@ [ \ ] ^ _</c>, with commas between; empty for none.
    /// </param>
    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    internal static DetachKeys Parse(string? text) =>
        new(text is "" ? [] : [.. (text ?? Default).Split(',').Select(KeyOf)]);

    /// <summary>Looks for the keys in what was typed. The first ones of them are held back until it is clear.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="passed">What of it goes on to the container.</param>
    /// <returns>True when all of them were pressed.</returns>
    internal bool Press(ReadOnlySpan<byte> typed, out byte[] passed)
    {
        List<byte> through = [];
        foreach (byte key in typed)
        {
            if (_keys.Length > 0 && key == _keys[_pressed])
            {
                if (++_pressed < _keys.Length) continue;
                _pressed = 0;
                passed = [.. through];
                return true;
            }

            through.AddRange(_keys.AsSpan(0, _pressed));
            _pressed = _keys.Length > 1 && key == _keys[0] ? 1 : 0;
            if (_pressed == 0) through.Add(key);
        }

        passed = [.. through];
        return false;
    }

    private static byte KeyOf(string name)
    {
        if (name is [>= ' ' and <= '~']) return (byte)name[0];
        if (name.StartsWith(Control, StringComparison.OrdinalIgnoreCase) && name.Length == Control.Length + 1)
        {
            // A control character is its letter without the two upper bits, see ascii(7).
            char letter = char.ToUpperInvariant(name[^1]);
            if (letter is >= '@' and <= '_') return (byte)(letter - '@');
        }

        throw new EngineException(
            EngineErrors.ContainerOptionInvalid,
            $"'{name}' is no key to leave a terminal with: give characters or ctrl- with a letter, with commas between, " +
            $"for example '{Default}'.",
            name);
    }
}
