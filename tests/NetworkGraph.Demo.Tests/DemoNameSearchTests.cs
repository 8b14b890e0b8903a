using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Demo.Tests;

/// <summary>Every name of the demo network, typed badly.</summary>
public sealed class DemoNameSearchTests
{
    [Fact]
    public async Task Every_name_is_found_without_accents_in_either_order_and_with_one_wrong_letter()
    {
        var stop = TestContext.Current.CancellationToken;
        var network = DemoNetwork.Generate(new DemoOptions
        {
            People = 400,
            Seed = 11,
            Until = new DateTimeOffset(2026, 1, 1, 0, 0, 0,
            TimeSpan.Zero)
        });
        var people = new EmbeddedPeople(new HistoryStore(), new ProfileStore(), new BoundaryStore(), PeopleOptions.Default);
        var profiles = network.Records().OfType<ProfileChanged>().Cast<LogRecord>().ToArray();
        await people.ApplyAsync(new RecordBatch(1, profiles), stop);
        var random = new Random(3);
        foreach (var profile in profiles.Cast<ProfileChanged>().Select(changed => changed.Profile))
        {
            var plain = UnicodeComposition.WithoutMarks(profile.Name!).Replace('ø', 'o').Replace('ł', 'l').Replace("ß", "ss",
                StringComparison.Ordinal);
            var words = plain.Split(' ');
            var longest = words.MaxBy(word => word.Length)!;
            var at = random.Next(1, longest.Length - 1);
            string[] wrong = longest.Length < 4 ? [] : [longest.Remove(at, 1), longest.Insert(at, "x"), longest.Remove(at, 1).Insert(at,
                "q")];
            foreach (var typed in wrong.Select(word => plain.Replace(longest, word,
                StringComparison.Ordinal)).Append(plain).Append(string.Join(' ', words.Reverse())))
                Find(typed).ShouldContain(profile.Id, $"'{typed}' for {profile.Name}");
        }
        Find("Qqqqq Zzzzz").ShouldBeEmpty();

        List<string> Find(string typed)
        {
            var filter = new PersonFilter { Query = typed };
            var found = people.Search.Find(filter, null, 100, stop);
            return [.. (found.Count > 0 ? found : people.Search.FindClose(filter, 100, stop)).Select(profile => profile.Id)];
        }
    }
}
