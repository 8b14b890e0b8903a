using System.Text;
using System.Text.Json;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Events.Tests.Interactions;

public class InteractionJsonTests
{
    private static readonly long s_nowMs = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Fact]
    public void Escapes_are_read_as_what_they_stand_for()
    {
        var read = Read(
            """{"\u0069d":"\u0041\/\\\"","at":"2026\u002d05-01T12:00:00Z","from":"\ud83d\ude00é","to":"b\u00e9b","kind":"mess\u0061ge"}""");

        read.Rejection.ShouldBeNull();
        read.Interaction!.Id.ShouldBe("A/\\\"");
        read.Interaction.From.ShouldBe("😀é");
        read.Interaction.To.ShouldBe(["béb"]);
    }

    [Fact]
    public void Null_leaves_an_optional_field_absent()
    {
        var read = Read("""
            {"id":"a","at":1000000000000,"from":"ann","to":null,"kind":"attendance","venue":"Fair","exchange":null,"setting":null,
             "channel":null,"inReplyTo":null,"about":null,"personalised":null,"lengthSeconds":null}
            """);

        read.Rejection.ShouldBeNull();
        read.Interaction!.To.ShouldBeEmpty();
        read.Interaction.Exchange.ShouldBe(Exchange.None);
        read.Interaction.Setting.ShouldBe(Setting.Professional);
        read.Interaction.Personalised.ShouldBeNull();
    }

    [Fact]
    public void Ids_that_repeat_are_one_string()
    {
        var draft = new InteractionDraft();
        const string Json =
            """{"id":"a","at":1000000000000,"from":"ann@example.org","to":"bøb@example.org","kind":"message","channel":"email"}""";

        var first = InteractionJson.Parse(Encoding.UTF8.GetBytes(Json), draft, s_nowMs).Interaction!;
        var second = InteractionJson.Parse(Encoding.UTF8.GetBytes(Json), draft, s_nowMs).Interaction!;

        second.From.ShouldBeSameAs(first.From);
        second.To[0].ShouldBeSameAs(first.To[0]);
        second.Channel.ShouldBeSameAs(first.Channel);
    }

    [Fact]
    public void A_cache_of_texts_stays_bounded_and_right()
    {
        var texts = new TextCache();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 200_000; i++)
            {
                texts.TryGet(Encoding.UTF8.GetBytes($"pérson-{i}"), out var text).ShouldBeTrue();
                if (text != $"pérson-{i}") text.ShouldBe($"pérson-{i}");
            }
        }
        texts.TryGet([0xC0, 0xAF], out _).ShouldBeFalse();
        texts.TryGet([], out var empty).ShouldBeTrue();
        empty.ShouldBe("");
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1)]
    public void As_many_recipients_as_are_allowed_are_taken(int count)
    {
        var to = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"p{i}\""));

        Read($"{{\"id\":\"a\",\"at\":1000000000000,\"from\":\"ann\",\"to\":[{to}],\"kind\":\"message\"}}").Interaction!.To.Length.ShouldBe(
            count);
    }

    [Fact]
    public void Exactly_24_hours_ahead_are_taken_and_a_millisecond_more_is_not()
    {
        ReadAt(s_nowMs + 86_400_000).Rejection.ShouldBeNull();
        ReadAt(s_nowMs + 86_400_001).Rejection!.Value.Field.ShouldBe("at");
    }

    [Fact]
    public void What_is_written_is_camel_case_with_times_in_utc()
    {
        var interaction = new Interaction
        {
            Id = "a",
            AtMs = 1777636800250,
            From = "ann",
            To = ["bob"],
            Kind = InteractionKind.Call,
            LengthSeconds = 61.5,
            InReplyTo = "z",
        };
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json)) InteractionJson.Write(writer, interaction);

        Encoding.UTF8.GetString(json.ToArray()).ShouldBe(
            """{"id":"a","at":"2026-05-01T12:00:00.250Z","from":"ann","to":["bob"],"kind":"call","exchange":"none","""
            + "\"setting\":\"professional\",\"inReplyTo\":\"z\",\"lengthSeconds\":61.5}");
    }

    private static ParsedInteraction ReadAt(long atMs) =>
        Read($"{{\"id\":\"a\",\"at\":{atMs},\"from\":\"ann\",\"to\":\"bob\",\"kind\":\"message\"}}");

    private static ParsedInteraction Read(string json) =>
        InteractionJson.Parse(Encoding.UTF8.GetBytes(json), new InteractionDraft(), s_nowMs);
}
