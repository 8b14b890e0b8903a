using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using NetworkGraph.Events.Interactions;
using NetworkGraph.LoadTests.Grpc;

namespace NetworkGraph.LoadTests.Crash;

/// <summary>A numbered batch of interactions; the same for everyone who asks for that number.</summary>
internal sealed class CrashBatch
{
    private const int FewInteractions = 20;
    private const int ManyInteractions = 500;
    private const long FirstMs = 1_700_000_000_000;

    private readonly Interaction[] _interactions;

    private CrashBatch(int number, Interaction[] interactions, string[] lines)
    {
        (Number, _interactions, Lines) = (number, interactions, lines);
    }

    public int Number { get; }

    /// <summary>The interactions as an export writes them.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The request's body, NDJSON.</summary>
    public byte[] Body() => Encoding.UTF8.GetBytes(string.Concat(Lines.Select(line => line + "\n")));

    /// <summary>The same as a frame of RecordStream.</summary>
    public byte[] Frame()
    {
        var message = new V1.RecordStreamRequest();
        foreach (var interaction in _interactions)
        {
            message.Interactions.Add(new V1.Interaction
            {
                Id = interaction.Id,
                At = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(interaction.AtMs)),
                From = interaction.From,
                To = { interaction.To },
                // The words of proto files begin with 1.
                Kind = (V1.InteractionKind)((int)interaction.Kind + 1),
                Channel = interaction.Channel,
            });
        }
        return GrpcConnection.Frame(message);
    }

    /// <summary>Mostly small batches, some large ones: for the log, one commit with many others, and a commit of many rows.</summary>
    public static CrashBatch Make(int number, int seed)
    {
        var random = new Random(unchecked(seed * 1_000_003 + number));
        var count = random.Next(4) == 0 ? random.Next(1, ManyInteractions) : random.Next(1, FewInteractions);
        var interactions = new Interaction[count];
        var lines = new string[count];
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        for (var i = 0; i < count; i++)
        {
            interactions[i] = Make(number, i, random);
            InteractionJson.Write(writer, interactions[i]);
            writer.Flush();
            lines[i] = Encoding.UTF8.GetString(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
            writer.Reset();
        }
        return new CrashBatch(number, interactions, lines);
    }

    /// <summary>The number of the batch that an interaction's id names, and its place in it.</summary>
    public static (int Number, int Index) PlaceOf(string id)
    {
        var parts = id.Split('-');
        return (int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private static Interaction Make(int number, int index, Random random)
    {
        var from = random.Next(2000);
        return new Interaction
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"crash-{number}-{index}"),
            AtMs = FirstMs + random.Next(),
            From = Person(from),
            To = [Person((from + 1 + random.Next(1999)) % 2000)],
            Kind = (InteractionKind)random.Next(2),
            Channel = "email",
        };
    }

    private static string Person(int number) => string.Create(CultureInfo.InvariantCulture, $"person{number}@crash.example");
}
