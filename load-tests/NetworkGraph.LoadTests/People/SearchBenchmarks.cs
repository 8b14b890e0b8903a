using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.LoadTests.People;

/// <summary>How long a page of a search over people takes, beside looking at every profile.</summary>
internal static class SearchBenchmarks
{
    private const int Rounds = 9;
    private static readonly string[] s_first = ["ann", "bob", "cem", "dee", "eve", "finn", "grace", "hugo", "ines", "jun"];
    private static readonly string[] s_last = ["abel", "byron", "costa", "dahl", "engel", "forsberg", "gallo", "hart", "iyer", "jansen"];

    private static readonly (string What, string? Query, string? After, int Limit)[] s_searches =
    [
        ("the first page of all", null, null, 101),
        ("a page in the middle", null, "finn.c", 101),
        ("1,000 in the middle", null, "eve", 1001),
        ("a part that many have", "ann", null, 13),
        ("a full name", "grace hart 77", null, 13),
        ("a part that few ids have", "1234", null, 13),
        ("what no one has", "zzqqy", null, 13),
    ];

    public static Command Command()
    {
        var people = new Option<int>("--people") { Description = "How many people with a profile.", DefaultValueFactory = _ => 1_000_000 };
        var seed = new Option<int>("--seed") { Description = "Same seed, same people.", DefaultValueFactory = _ => 1 };
        var command = new Command("search", "Times pages of a search over people, beside looking at every profile.") { people, seed };
        command.SetAction((parsed, cancellation) =>
            Task.Run(() => Run(parsed.GetValue(people), parsed.GetValue(seed), cancellation), cancellation));
        return command;
    }

    private static void Run(int people, int seed, CancellationToken cancellation)
    {
        var (histories, profiles) = Fill(people, new Random(seed));
        var search = new PeopleSearch(histories.People, profiles);
        var started = Stopwatch.GetTimestamp();
        search.Find(new PersonFilter { Query = "-" }, null, 1, cancellation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{people:N0} people; the first search makes the texts: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:N0} ms, "
                + $"{search.Bytes / 1e6:N0} MB"));
        Console.WriteLine($"{"search",-26} {"found",6} {"every profile",16} {"texts",12} {"ratio",8} {"allocated",12}");
        foreach (var (what, query, after, limit) in s_searches)
        {
            var filter = new PersonFilter { Query = query };
            var (all, _, found) = Time(() => profiles.Search(filter, after, limit, cancellation));
            var (texts, bytes, foundInTexts) = Time(() => search.Find(filter, after, limit, cancellation));
            if (!found.SequenceEqual(foundInTexts))
                throw new InvalidOperationException($"'{query}' finds others in the texts than in the profiles.");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{what,-26} {found.Count,6} {all,13:N2} ms {texts,9:N3} ms {all / texts,8:N0} {bytes,6} bytes"));
        }
    }

    private static (HistoryStore Histories, ProfileStore Profiles) Fill(int people, Random random)
    {
        var (histories, profiles) = (new HistoryStore(), new ProfileStore());
        for (var i = 0; i < people; i++)
        {
            var (first, last) = (s_first[random.Next(s_first.Length)], s_last[random.Next(s_last.Length)]);
            var organisation = random.Next(5000);
            var profile = new Profile
            {
                Id = $"{first}.{last}{i}@org{organisation}.example",
                Name = $"{first} {last} {i}",
                Organisation = $"Organisation {organisation}"
            };
            profiles.Put(histories.PersonOf(profile.Id), profile, i + 1);
        }
        return (histories, profiles);
    }

    /// <summary>The median of some rounds, ms; bytes allocated in the last; and what was found.</summary>
    private static (double Ms, long Bytes, IReadOnlyList<Profile> Found) Time(Func<IReadOnlyList<Profile>> search)
    {
        var times = new double[Rounds];
        var bytes = 0L;
        IReadOnlyList<Profile> found = [];
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            found = search();
            times[round] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Array.Sort(times);
        return (times[Rounds / 2], bytes, found);
    }
}
