using System.Text.Json;

namespace LayerPS.Storage;

/// <summary>
/// The fields of one flat JSON object, in the order in which they stand. One that is not read is passed over.
/// </summary>
internal ref struct JsonFields
{
    private Utf8JsonReader _reader;
    private bool _began;

    internal JsonFields(ReadOnlySpan<byte> json) => _reader = new Utf8JsonReader(json);

    /// <summary>The name of the next field that is not null; null when there is none any more.</summary>
    /// <exception cref="JsonException">It is not one whole object.</exception>
    internal string? Next()
    {
        if (!_began)
        {
            _began = true;
            if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartObject) throw NotA("object");
        }
        else
        {
            _reader.Skip();
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = Text();
            _reader.Read();
            if (_reader.TokenType != JsonTokenType.Null) return name;
        }

        // Nothing may follow.
        return _reader.TokenType == JsonTokenType.EndObject && !_reader.Read() ? null : throw NotA("end");
    }

    /// <exception cref="JsonException">The field is no whole number, or too large.</exception>
    internal readonly int ReadInteger() =>
        _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out int number)
            ? number
            : throw NotA("whole number");

    /// <inheritdoc cref="ReadInteger"/>
    internal readonly long ReadLong() =>
        _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out long number)
            ? number
            : throw NotA("whole number");

    /// <exception cref="JsonException">The field is no text.</exception>
    internal readonly string ReadText() =>
        _reader.TokenType == JsonTokenType.String ? Text() : throw NotA("text");

    /// <exception cref="JsonException">The field is no time in the form of ISO 8601.</exception>
    internal readonly DateTimeOffset ReadTime() =>
        _reader.TokenType == JsonTokenType.String && _reader.TryGetDateTimeOffset(out DateTimeOffset time)
            ? time
            : throw NotA("time");

    /// <exception cref="JsonException">The field is none of the enumeration's names.</exception>
    internal readonly T ReadEnum<T>()
        where T : struct, Enum =>
        Enum.TryParse(ReadText(), ignoreCase: true, out T value) && Enum.IsDefined(value)
            ? value
            : throw NotA(typeof(T).Name);

    private readonly string Text()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or no UTF-8.
            throw NotA("text");
        }
    }

    private readonly JsonException NotA(string wanted) => new($"There is no {wanted} at byte {_reader.TokenStartIndex}.");
}
