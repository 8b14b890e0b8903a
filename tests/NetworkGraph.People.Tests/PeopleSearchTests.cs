using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.People.Tests;

public class PeopleSearchTests
{
    private readonly EmbeddedPeople _people = new(new HistoryStore(), new ProfileStore(), new BoundaryStore(), PeopleOptions.Default);
    private long _position;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everyone_is_found_who_took_part_was_named_or_has_a_profile()
    {
        await ApplyAsync(
            Message("cem", "ada@example.org"),
            new Interaction { Id = "r", AtMs = 1, From = "cem", To = ["bob"], Kind = InteractionKind.Referral, About = "dee" },
            Profile("eve", "Eve Ecks", "Acme"));

        Ids(null).ShouldBe("ada@example.org bob cem dee eve");
        Ids("E").ShouldBe("ada@example.org cem dee eve");
        Ids("ecks").ShouldBe("eve");
        Ids("ACME").ShouldBe("eve");
        Ids("@EXAMPLE").ShouldBe("ada@example.org");
        Ids("nobody").ShouldBe("");
        _people.Search.Find(new PersonFilter { Query = "bob" }, null, 5, Cancellation).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            bob => bob.Name.ShouldBeNull(), bob => bob.Tags.ShouldBeEmpty(), bob => bob.OpenToIntroductions.ShouldBeTrue());
        Ids(null, organisation: "acme").ShouldBe("eve");
    }

    [Fact]
    public async Task A_text_is_not_found_across_two_people_or_across_id_and_name()
    {
        await ApplyAsync(Profile("abc", "def", "ghi"), Profile("jkl", null, null));

        Ids("cd").ShouldBe("");
        Ids("fg").ShouldBe("");
        Ids("ij").ShouldBe("");
        Ids("DEF").ShouldBe("abc");
    }

    [Fact]
    public async Task What_changed_is_found_as_it_is_now()
    {
        await ApplyAsync(Profile("ada", "Ada Byron", null), Message("ada", "bob"));
        Ids("byron").ShouldBe("ada");

        await ApplyAsync(Profile("ada", "Ada Lovelace", null), Message("bob", "byron@example.org"));
        Ids("byron").ShouldBe("byron@example.org");
        Ids("love").ShouldBe("ada");

        _people.Forget("ada", _people.PositionsNaming("ada")!);
        Ids("ada").ShouldBe("");
        Ids("love").ShouldBe("");
        _people.Search.Bytes.ShouldBeLessThan(100);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Pages_follow_each_other_by_id_and_hold_what_looking_at_everyone_finds(int seed)
    {
        // More than two blocks of people, in no order of id.
        var random = new Random(seed);
        string[] parts = ["Ann", "ßtraße", "ÉLAN", "bob", "Ωmega", "x", "𝒜", "σς", "@Example.org"];
        var ids = Enumerable.Range(0, 9000).Select(
            i => parts[random.Next(parts.Length)] + random.Next(100_000) + parts[random.Next(parts.Length)] + i).ToArray();
        await ApplyAsync([.. ids.Chunk(2).Select(pair => Message(pair[0], pair[1]))]);
        foreach (var id in ids.Where((_, i) => i % 7 == 0))
            await ApplyAsync(Profile(id, parts[random.Next(parts.Length)] + " " + id[^1], "Law"));

        foreach (var query in new[] { null, "ann1", "élan", "law", "Ωm", "𝒜", "7x", "Σ", "no such" })
        {
            var filter = new PersonFilter { Query = query };
            var expected = ids.Order(StringComparer.Ordinal).Where(
                id => query is null || TextsOf(id).Any(text => text.Contains(query, StringComparison.OrdinalIgnoreCase))).ToList();
            var found = new List<string>();
            for (string? after = null; ; after = found[^1])
            {
                var page = _people.Search.Find(filter, after, 700, Cancellation);
                found.AddRange(page.Select(static p => p.Id));
                if (page.Count < 700) break;
            }
            found.ShouldBe(expected, $"for '{query}'");
        }
    }

    [Fact]
    public async Task A_search_that_no_one_waits_for_any_more_ends()
    {
        await ApplyAsync(Message("ada", "bob"));
        Should.Throw<OperationCanceledException>(
            () => _people.Search.Find(new PersonFilter(), null, 5, new CancellationToken(canceled: true)));
    }

    private IEnumerable<string> TextsOf(string id)
    {
        _people.Histories.People.TryGetNumber(id, out var number);
        return new[] { id, _people.Profiles.Of(number)?.Name, _people.Profiles.Of(number)?.Organisation }.OfType<string>();
    }

    private string Ids(string? query, string? organisation = null) =>
        string.Join(' ', _people.Search.Find(
            new PersonFilter { Query = query, Organisation = organisation }, null, 10, Cancellation).Select(static p => p.Id));

    private async Task ApplyAsync(params LogRecord[] records)
    {
        await _people.ApplyAsync(new RecordBatch(_position + 1, records), Cancellation);
        _position += records.Length;
    }

    private static Interaction Message(string from, string to) =>
        new() { Id = $"{from} {to}", AtMs = 1, From = from, To = [to], Kind = InteractionKind.Message };

    private static ProfileChanged Profile(string id, string? name, string? organisation) =>
        new() { AtMs = 1, Profile = new Profile { Id = id, Name = name, Organisation = organisation } };
}
