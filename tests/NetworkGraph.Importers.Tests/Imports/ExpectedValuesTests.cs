using System.Globalization;
using System.Text.Json;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;

namespace NetworkGraph.Importers.Tests.Imports;

/// <summary>
/// The right values that come with the samples, for every file that has some, and that reading a file again gives the same.
/// </summary>
public class ExpectedValuesTests
{
    /// <summary>Of a sample whose expected values are those of an option.</summary>
    private static readonly ImportOptions s_options = new()
    {
        Zone = NodaTime.DateTimeZone.Utc,
        ReadText = true,
        AtMs = 1_767_225_600_000,
        Kind = InteractionKind.Meeting,
        Tentative = false,
    };

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        if (Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA") is not { } data) return files;
        using var expected = Read(data);
        foreach (var file in expected.RootElement.EnumerateObject()) files.Add(file.Name);
        return files;
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void A_sample_gives_the_values_that_come_with_it(string file)
    {
        using var expected = Read(Importing.Samples);
        var values = expected.RootElement.GetProperty(file);

        var options = file == "ics/calendar.ics" ? s_options with { Tentative = true } : s_options;
        var imported = Importing.Sample(file, options);

        imported.Formats.Count.ShouldBe(1);
        if (values.TryGetProperty("interactions", out var interactions) && interactions.ValueKind is JsonValueKind.Array)
            foreach (var wanted in interactions.EnumerateArray()) ShouldHave(imported, wanted, file);
        if (interactions.ValueKind is JsonValueKind.Number) imported.Interactions.Count.ShouldBe(interactions.GetInt32());
        if (values.TryGetProperty("people", out var people) && file.StartsWith("csv/", StringComparison.Ordinal))
            imported.Profiles.Count.ShouldBe(people.GetInt32());
        if (values.TryGetProperty("messages", out var messages) && file.StartsWith("whatsapp/", StringComparison.Ordinal))
            (imported.Interactions.Count + imported.LeftOut.GetValueOrDefault("said to nobody in particular")).ShouldBe(
                messages.GetInt32());
        if (values.TryGetProperty("profiles", out var profiles))
        {
            imported.Profiles.Select(profile => (profile.Id, profile.Name)).ShouldBe(
                profiles.EnumerateArray().Select(
                    profile => (profile.GetProperty("id").GetString()!, profile.GetProperty("name").GetString())), ignoreOrder: true);
        }
        if (values.TryGetProperty("owner", out var owner)) imported.Context.Me[0].ShouldBe(owner.GetString());
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void A_sample_read_twice_gives_the_same_under_the_same_ids(string file)
    {
        var (first, second) = (Importing.Sample(file, s_options), Importing.Sample(file, s_options));

        second.Interactions.Select(Content).ShouldBe(first.Interactions.Select(Content));
        second.Profiles.Select(profile => profile.Id).ShouldBe(first.Profiles.Select(profile => profile.Id));
        first.Interactions.Select(i => i.Id).ShouldBeUnique();
    }

    private static string Content(Interaction i) =>
        $"{i.Id} {Imported.Line(i)} {i.Exchange} {i.Venue} {i.Series} {i.InReplyTo} {i.Personalised} {i.LengthSeconds}";

    private static JsonDocument Read(string data) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(data, "importers", "expected.json")));

    private static void ShouldHave(Imported imported, JsonElement wanted, string file)
    {
        var found = imported.Interactions.Where(interaction => Matches(interaction, wanted)).ToList();
        found.ShouldNotBeEmpty($"{file}: {wanted} is not among\n{string.Join("\n", imported.Lines)}");
    }

    private static bool Matches(Interaction interaction, JsonElement wanted)
    {
        foreach (var value in wanted.EnumerateObject())
        {
            var text = value.Value.ValueKind is JsonValueKind.String ? value.Value.GetString()! : "";
            var isSame = value.Name switch
            {
                "kind" => WireNames.Of(interaction.Kind) == text,
                "from" => interaction.From == text,
                "to" => interaction.To.Order(StringComparer.Ordinal).SequenceEqual(
                    value.Value.EnumerateArray().Select(to => PersonId.CanonicalOrSame(to.GetString()!)).Order(StringComparer.Ordinal)),
                "at" => Rfc3339.TryParse(text, out var atMs) && interaction.AtMs == atMs,
                "venue" => interaction.Venue == text,
                "channel" => interaction.Channel == text,
                "lengthSeconds" => interaction.LengthSeconds?.ToString(CultureInfo.InvariantCulture) == value.Value.GetDouble().ToString(
                    CultureInfo.InvariantCulture),
                "personalised" => interaction.Personalised == value.Value.GetBoolean(),
                "exchange" => WireNames.Of(interaction.Exchange) == text,
                "id" when text.StartsWith('<') => interaction.Id == $"mail:{text.Trim('<', '>')}",
                "id" when text.Contains(':', StringComparison.Ordinal) => interaction.Id == text,
                "inReplyTo" when text.StartsWith('<') => interaction.InReplyTo == $"mail:{text.Trim('<', '>')}",
                _ => true,
            };
            if (!isSame) return false;
        }
        return true;
    }
}
