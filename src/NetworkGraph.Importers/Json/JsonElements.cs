using System.Text.Json;

namespace NetworkGraph.Importers.Json;

/// <summary>
/// The elements of the arrays of one name, wherever they stand in a JSON file, one at a time, with the plain values that stand before the
/// array in the objects around it. For exports that are one huge object; holds one element.
/// </summary>
internal sealed class JsonElements(Stream stream, string arrayName) : IDisposable
{
    private const int MaxElementBytes = 16 << 20;

    private readonly List<Dictionary<string, string>> _scopes = [];
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private JsonReaderState _state = new(
        new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 128 });
    private string? _property;
    private int _arrayDepth = -1;
    private bool _isBegun;

    /// <summary>A plain value of the objects around the element, the nearest first; empty for none.</summary>
    public string Outer(string name)
    {
        for (var i = _scopes.Count - 1; i >= 0; i--)
            if (_scopes[i].TryGetValue(name, out var value)) return value;
        return "";
    }

    /// <summary>The number of the last element, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>How many arrays of the name were begun: elements of one array have one number.</summary>
    public int Arrays { get; private set; }

    /// <exception cref="JsonException">The file is not JSON.</exception>
    /// <exception cref="InvalidDataException">An element is too large to be held.</exception>
    public JsonDocument? Next()
    {
        while (true)
        {
            var (outcome, element) = Step();
            if (outcome is Outcome.Element) return element;
            if (outcome is Outcome.End) return null;
            if (outcome is Outcome.NeedMore) Fill();
        }
    }

    public void Dispose() => stream.Dispose();

    private enum Outcome
    {
        GoOn,
        NeedMore,
        Element,
        End,
    }

    private (Outcome, JsonDocument?) Step()
    {
        if (!_isBegun)
        {
            Fill();
            _isBegun = true;
            if (_buffer.AsSpan(_start, _end - _start).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) _start += 3;
        }
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isAtEnd, _state);
        if (!reader.Read()) return (_isAtEnd ? Outcome.End : Outcome.NeedMore, null);
        if (reader.TokenType is JsonTokenType.StartObject && _arrayDepth >= 0 && reader.CurrentDepth == _arrayDepth + 1)
        {
            var from = (int)reader.TokenStartIndex;
            if (!reader.TrySkip()) return (Outcome.NeedMore, null);
            Number++;
            var element = JsonDocument.Parse(_buffer.AsMemory(_start + from, (int)reader.BytesConsumed - from).ToArray());
            Consume(ref reader);
            return (Outcome.Element, element);
        }
        Take(ref reader);
        Consume(ref reader);
        return (Outcome.GoOn, null);
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                _scopes.Add(new Dictionary<string, string>(StringComparer.Ordinal));
                break;
            case JsonTokenType.EndObject when _scopes.Count > 0:
                _scopes.RemoveAt(_scopes.Count - 1);
                break;
            case JsonTokenType.StartArray when _arrayDepth < 0 && (_property == arrayName || arrayName.Length == 0):
                _arrayDepth = reader.CurrentDepth;
                Arrays++;
                break;
            case JsonTokenType.EndArray when reader.CurrentDepth == _arrayDepth:
                _arrayDepth = -1;
                break;
            case JsonTokenType.PropertyName:
                _property = reader.GetString();
                return;
            case JsonTokenType.String or JsonTokenType.Number when _scopes.Count > 0 && _property is not null && _scopes[^1].Count < 100
                && reader.ValueSpan.Length < 1000:
                _scopes[^1][_property] = reader.TokenType is JsonTokenType.String
                    ? reader.GetString()! : System.Text.Encoding.ASCII.GetString(reader.ValueSpan);
                break;
        }
        if (reader.TokenType is not JsonTokenType.Comment) _property = null;
    }

    private void Consume(ref Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaxElementBytes) throw new InvalidDataException($"has an element of more than {MaxElementBytes} bytes");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        var count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        if (count == 0) _isAtEnd = true;
    }
}
