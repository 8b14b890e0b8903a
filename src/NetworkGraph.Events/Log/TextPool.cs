namespace NetworkGraph.Events.Log;

/// <summary>
/// Gives the same string for the same text most of the time, so that a person named in a thousand batches is one
/// string. Bounded: each text has one place, and a newer text with the same place takes it. Not thread-safe.
/// </summary>
internal sealed class TextPool
{
    private const int Places = 1 << 14;

    private readonly string?[] _texts = new string?[Places];

    public string Get(ReadOnlySpan<char> text)
    {
        ref var place = ref _texts[TextHash.Of(text) & (Places - 1)];
        if (place is not null && text.SequenceEqual(place)) return place;
        return place = new string(text);
    }

    public void Clear() => Array.Clear(_texts);
}
