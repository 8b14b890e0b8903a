using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Server.Api.Ingest;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>Our reader of interactions, held against the generated classes.</summary>
public class InteractionWireTests
{
    private const long NowMs = 1_750_000_000_000;

    private static readonly Gen<string> s_text = Gen.Elements("", "a", "ada@example.org", "Zoë", "日本", new string('x', 129), "a\nb");

    private static readonly Gen<V1.Interaction> s_interactions =
        from ids in s_text.ArrayOf(4)
        from to in s_text.ListOf()
        from numbers in Gen.Choose(0, 18).ArrayOf(3)
        from seconds in Gen.Elements(0L, 1_740_000_000, 1_760_000_000, -5_000_000_000, long.MinValue, long.MaxValue)
        from nanos in Gen.Elements(0, 5_000_000, 999_999_999, -1)
        from given in Gen.Choose(0, 127)
        select Interaction(ids, to, numbers, new Timestamp { Seconds = seconds, Nanos = nanos }, given);

    [Fact]
    public void Numbers_and_words_are_those_of_the_domain()
    {
        var types = V1.InteractionsReflection.Descriptor.EnumTypes.ToDictionary(t => t.Name);
        foreach (var (name, words) in new[] { ("InteractionKind", WireNames.Kinds), ("Exchange", WireNames.Exchanges),
            ("Setting", WireNames.Settings) })
            EnumWords.Numbers(types[name]).OrderBy(n => n.Value).Select(n => (n.Key, n.Value))
                .ShouldBe(words.Select((word, i) => (word, i + 1)));
    }

    [Fact]
    public void Whatever_the_generated_classes_write_is_read_as_it_was_meant() => Prop.ForAll(s_interactions.ListOf().ToArbitrary(), sent =>
    {
        var rows = new RowBatch(int.MaxValue);
        var message = new V1.RecordRequest { Interactions = { sent } };
        InteractionWire.Read(message.ToByteArray(), new InteractionDraft(), rows, 1, NowMs).ShouldBe(sent.Count);
        var read = rows.Lines.Zip(rows.Records.Cast<Interaction>()).ToDictionary(r => r.First, r => r.Second);
        for (var i = 0; i < sent.Count; i++)
        {
            if (read.TryGetValue(i + 1, out var taken)) Compare(sent[i], taken);
            else rows.Rejected.ShouldContain(r => r.Line == i + 1 && r.Reason.Length > 0);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bytes_of_any_kind_are_read_or_refused_and_nothing_else() => Prop.ForAll<byte[], int>((noise, seed) =>
    {
        var rows = new RowBatch(int.MaxValue);
        InteractionWire.Read(noise, new InteractionDraft(), rows, 1, NowMs);
        // Also what is nearly right: a message with a byte changed, or cut off.
        var message = Given.Record(Given.Message("a"), Given.Message("b", "cem", "dee", "eve")).ToByteArray();
        var random = new Random(seed);
        message[random.Next(message.Length)] = (byte)random.Next(256);
        InteractionWire.Read(message.AsSpan(0, random.Next(message.Length + 1)), new InteractionDraft(), rows, 1, NowMs);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fields_of_a_later_version_are_passed_over()
    {
        var rows = new RowBatch(int.MaxValue);
        var known = Given.Message("a").ToByteArray();
        byte[] later = [.. known, 0xA0, 0x06, 0x01, 0xAA, 0x06, 0x02, 0x01, 0x02, 0xAD, 0x06, 0, 0, 0, 0, 0xA9, 0x06, 0, 0, 0, 0, 0, 0, 0,
            0];
        byte[] message = [0x0A, (byte)later.Length, .. later];
        InteractionWire.Read(message, new InteractionDraft(), rows, 1, NowMs).ShouldBe(1);
        ((Interaction)rows.Records.Single()).Id.ShouldBe("a");
    }

    [Fact]
    public void A_message_cut_off_within_an_interaction_is_invalid()
    {
        var bytes = Given.Record(Given.Message("a")).ToByteArray();
        for (var length = 1; length < bytes.Length; length++)
            InteractionWire.Read(bytes.AsSpan(0, length), new InteractionDraft(), new RowBatch(int.MaxValue), 1, NowMs).ShouldBeNull();
    }

    private static V1.Interaction Interaction(string[] ids, IEnumerable<string> to, int[] numbers, Timestamp at, int given)
    {
        var interaction = new V1.Interaction
        {
            Id = ids[0],
            From = ids[1],
            At = at,
            Kind = (V1.InteractionKind)numbers[0],
            Exchange = (V1.Exchange)numbers[1],
            Setting = (V1.Setting)numbers[2],
            To = { to },
        };
        if ((given & 1) != 0) interaction.Channel = ids[2];
        if ((given & 2) != 0) interaction.Venue = ids[3];
        if ((given & 4) != 0) interaction.InReplyTo = ids[2];
        if ((given & 8) != 0) interaction.About = ids[3];
        if ((given & 16) != 0) interaction.Personalised = (given & 32) != 0;
        if ((given & 64) != 0) interaction.LengthSeconds = given;
        return interaction;
    }

    private static void Compare(V1.Interaction sent, Interaction taken)
    {
        taken.Id.ShouldBe(sent.Id);
        taken.AtMs.ShouldBe(sent.At.Seconds * 1000 + sent.At.Nanos / 1_000_000);
        taken.From.ShouldBe(sent.From);
        taken.To.ShouldBe(sent.To);
        ((int)taken.Kind + 1).ShouldBe((int)sent.Kind);
        taken.Exchange.ShouldBe(sent.Exchange == 0 ? Exchange.None : (Exchange)((int)sent.Exchange - 1));
        taken.Setting.ShouldBe(sent.Setting == 0 ? Setting.Professional : (Setting)((int)sent.Setting - 1));
        taken.Channel.ShouldBe(sent.HasChannel ? sent.Channel : null);
        taken.Venue.ShouldBe(sent.HasVenue ? sent.Venue : null);
        taken.InReplyTo.ShouldBe(sent.HasInReplyTo ? sent.InReplyTo : null);
        taken.About.ShouldBe(sent.HasAbout ? sent.About : null);
        taken.Personalised.ShouldBe(sent.HasPersonalised ? sent.Personalised : null);
        taken.LengthSeconds.ShouldBe(sent.HasLengthSeconds ? sent.LengthSeconds : null);
    }
}
