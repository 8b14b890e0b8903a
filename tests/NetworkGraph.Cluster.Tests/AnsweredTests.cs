using NetworkGraph.Cluster.Packing;
using NetworkGraph.Cluster.People;
using NetworkGraph.Conformance.Log;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Cluster.Tests;

public sealed class AnsweredTests
{
    private const long AsOfMs = SampleRecords.StartMs + 400L * 86_400_000;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_the_same_packed_and_in_json_which_is_for_those_who_pack_otherwise()
    {
        var ties = await TiesAsync();
        var packed = Sent(new Answered<Tie[]>(ties, Answered<Tie[]>.Fingerprint));
        var plain = Sent(new Answered<Tie[]>(ties, Answered<Tie[]>.Fingerprint + 2));
        plain[1].ShouldBe((byte)'[');
        packed.Length.ShouldBeLessThan(plain.Length / 2);
        Json(Answered<Tie[]>.From(packed).Value()).ShouldBe(Json(ties));
        Json(Answered<Tie[]>.From(plain).Value()).ShouldBe(Json(ties));
    }

    [Fact]
    public void Nobody_and_nothing_are_told_apart()
    {
        Answered<Tie[]>.From(Sent(new Answered<Tie[]>(null, Answered<Tie[]>.Fingerprint))).Value().ShouldBeNull();
        Answered<Tie[]>.From(Sent(new Answered<Tie[]>([], Answered<Tie[]>.Fingerprint))).Value().ShouldBe([]);
        Answered<PersonAnswer>.From(Sent(new Answered<PersonAnswer>(null, Answered<PersonAnswer>.Fingerprint))).Value().ShouldBeNull();
    }

    [Fact]
    public void Numbers_dates_and_text_come_back_to_the_last_bit()
    {
        var zone = TimeSpan.FromMinutes(-210);
        Same(new IntroducedPair(long.MinValue, long.MaxValue, "", "Zoë 🤝"));
        Same(new PersonHabits
        {
            Person = "p",
            AsOfMs = -1,
            FromMs = 127,
            Outgoing = int.MinValue,
            Archetypes = [new HabitFinding { Name = "n", Score = double.Epsilon, Counsel = "c", Counts = new Dictionary<string, double> { ["b"] = -0.0, ["a"] = 0.1 + 0.2 }, Positions = [3, 1] }],
            Warnings = [],
            Introductions = [],
        });
        Same(new TieYear(2025, -1, int.MaxValue));
        Same<DateTimeOffset?>(new DateTimeOffset(2026, 1, 2, 3, 4, 5, zone));

        static void Same<T>(T value) => Json(Answered<T>.From(Sent(new Answered<T>(value, Answered<T>.Fingerprint))).Value()).ShouldBe(Json(value));
    }

    [Theory]
    [InlineData(new byte[] { 9, 0 }, "9")]
    [InlineData(new byte[0], "(none)")]
    public void A_form_that_is_not_known_is_refused_by_its_number(byte[] received, string form)
    {
        var refused = Should.Throw<InvalidDataException>(() => Answered<Tie[]>.From(received).Value());
        refused.Message.ShouldBe($"Another node answered in form {form}; this version reads 1 (JSON) and 2 (packed). Is it of a newer version?");
    }

    [Fact]
    public void In_json_a_field_that_one_of_two_versions_does_not_have_is_no_error()
    {
        var finding = Answered<HabitFinding>.From([1, .. """{"Name":"n","Score":0.5,"Since":"a later version"}"""u8]).Value().ShouldNotBeNull();
        (finding.Name, finding.Score, finding.Counsel).ShouldBe(("n", 0.5, null));
    }

    [Fact]
    public async Task Bytes_that_were_cut_off_or_go_on_are_refused()
    {
        var packed = Sent(new Answered<Tie[]>(await TiesAsync(), Answered<Tie[]>.Fingerprint));
        for (var length = 1; length < packed.Length; length++) Should.Throw<InvalidDataException>(() => Answered<Tie[]>.From(packed[..length]).Value());
        Should.Throw<InvalidDataException>(() => Answered<Tie[]>.From([.. packed, 0]).Value());
    }

    private static async Task<Tie[]> TiesAsync()
    {
        var people = new EmbeddedPeople(new HistoryStore(), new ProfileStore(), new BoundaryStore(), MeasureOptions.Default);
        await people.ApplyAsync(new RecordBatch(1, [SampleRecords.Between("i1", "bob", "eve"), SampleRecords.Between("i2", "bob", "cem"), SampleRecords.Between("i3", "eve", "bob")]), Now);
        return [.. (await people.TiesAsync("bob", AsOfMs, TieRange.All, Now)).ShouldNotBeNull()];
    }

    private static byte[] Sent<T>(Answered<T> answered)
    {
        using var writer = new PackWriter();
        answered.WriteTo(writer);
        return writer.Written.ToArray();
    }

    private static string Json<T>(T answer) => System.Text.Json.JsonSerializer.Serialize(answer, WholeAnswers.Options);
}
