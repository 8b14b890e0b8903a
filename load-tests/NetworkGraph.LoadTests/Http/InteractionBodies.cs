using System.Text.Unicode;

namespace NetworkGraph.LoadTests.Http;

/// <summary>
/// NDJSON bodies of made-up interactions: unique ids, people drawn with a heavy tail, dates over the two years before
/// <paramref name="until"/>. Made while sending, since what a run needs would not fit in memory; one costs well under a
/// microsecond, a small part of what it costs the server. Not for use by two threads at once.
/// </summary>
/// <param name="people">People to draw from.</param>
/// <param name="seed">Same seed and stream, same bodies.</param>
/// <param name="stream">Bodies of different streams have different ids.</param>
/// <param name="until">The latest date.</param>
/// <param name="firstPerson">The number of the first person to draw.</param>
internal sealed class InteractionBodies(int people, ulong seed, int stream, DateTimeOffset until, int firstPerson = 0)
{
    private const int MaxBytesAnInteraction = 256;
    private const int Days = 2 * 365;
    private static readonly string[] s_kinds = [
        "message", "reply", "message", "reply", "meeting", "call", "reaction", "comment", "accept", "favour"];
    private static readonly string[] s_channels = ["email", "linkedin", "chat", "phone", "in-person"];
    private readonly Random _random = new(unchecked((int)(seed ^ (seed >> 32)) * 397 ^ stream));
    private readonly long _untilMs = until.ToUnixTimeMilliseconds();
    private long _number;

    public static string Person(int number) => $"p{number}@load.example";

    /// <summary>The next body of <paramref name="count"/> interactions.</summary>
    public ReadOnlyMemory<byte> Next(int count)
    {
        var body = new byte[count * MaxBytesAnInteraction];
        var length = 0;
        for (var i = 0; i < count; i++)
        {
            var from = Draw();
            var to = Draw();
            if (to == from) to = (to + 1) % people;
            var atMs = _untilMs - _random.NextInt64(Days * 86_400_000L);
            var kind = s_kinds[_random.Next(s_kinds.Length)];
            var channel = s_channels[_random.Next(s_channels.Length)];
            Utf8.TryWrite(
                body.AsSpan(length),
                $$"""{"id":"load-{{seed}}-{{stream}}-{{_number++}}","at":{{atMs}},"from":"p{{firstPerson + from}}@load.example",""",
                out var written);
            length += written;
            Utf8.TryWrite(
                body.AsSpan(length),
                $"\"to\":\"p{firstPerson + to}@load.example\",\"kind\":\"{kind}\",\"channel\":\"{channel}\"}}",
                out written);
            length += written;
            body[length++] = (byte)'\n';
        }
        return body.AsMemory(0, length);
    }

    // A square of a uniform number: a tenth of the people take part in a third of the interactions.
    private int Draw()
    {
        var share = _random.NextDouble();
        return (int)(share * share * people);
    }
}
