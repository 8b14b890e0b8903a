using System.Text;

namespace NetworkGraph.LoadTests.Http;

/// <summary>
/// NDJSON bodies of made-up interactions: unique ids, people drawn with a heavy tail, dates over the last two years.
/// Made before measuring, so that making them costs the server nothing.
/// </summary>
internal sealed class InteractionBodies(int people, ulong seed, DateTimeOffset until)
{
    private static readonly string[] s_kinds = ["message", "reply", "message", "reply", "meeting", "call", "reaction", "comment", "accept", "favour"];
    private static readonly string[] s_channels = ["email", "linkedin", "chat", "phone", "in-person"];
    private readonly Random _random = new((int)(seed ^ (seed >> 32)));
    private long _number;

    public static string Person(int number) => $"p{number}@load.example";

    /// <summary>The next body of <paramref name="count"/> interactions.</summary>
    public byte[] Next(int count)
    {
        var text = new StringBuilder(count * 160);
        for (var i = 0; i < count; i++)
        {
            var from = Draw();
            var to = Draw();
            if (to == from) to = (to + 1) % people;
            var at = until.AddSeconds(-_random.Next(2 * 365 * 86_400)).ToUnixTimeMilliseconds();
            text.Append("{\"id\":\"load-").Append(seed).Append('-').Append(_number++)
                .Append("\",\"at\":").Append(at)
                .Append(",\"from\":\"").Append(Person(from))
                .Append("\",\"to\":\"").Append(Person(to))
                .Append("\",\"kind\":\"").Append(s_kinds[_random.Next(s_kinds.Length)])
                .Append("\",\"channel\":\"").Append(s_channels[_random.Next(s_channels.Length)])
                .Append("\"}\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // A square of a uniform number: a tenth of the people take part in a third of the interactions.
    private int Draw()
    {
        var share = _random.NextDouble();
        return (int)(share * share * people);
    }
}
