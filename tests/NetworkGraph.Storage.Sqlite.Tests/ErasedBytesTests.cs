using System.Text;
using NetworkGraph.Conformance.Log;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Storage.Sqlite.Tests;

public sealed class ErasedBytesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_of_an_erased_person_is_left_in_the_files()
    {
        const string Eve = "eve-to-be-erased@example.org";
        await using var log = await SqliteLog.OpenAsync(_folder.Path, Now);
        await log.AppendAsync(SampleRecords.Many(0, 700), Now);
        await log.AppendAsync([SampleRecords.Between($"{Eve}-1", Eve, "b"), SampleRecords.ProfileOf(Eve)], Now);
        await log.AppendAsync(SampleRecords.Many(700, 700), Now);
        await log.AppendAsync([SampleRecords.Between($"{Eve}-2", "a", Eve)], Now);
        Holds(Eve).ShouldBeTrue();
        await log.ReadAtAsync([701], Now);
        await log.EraseAsync(Eve, [701, 702, 1403], 1, Now);
        Holds(Eve).ShouldBeFalse();
        await log.AppendAsync(SampleRecords.Many(1400, 10), Now);
        Holds(Eve).ShouldBeFalse();
    }

    /// <summary>
    /// Appends of all sizes, with ids of every form, and erasures in between: rows are filled up, rewritten and sometimes
    /// grow. Where SQLite moved a row and left a copy in an unused part of a page, a person erased later shows there.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_came_before_nothing_is_left(int seed)
    {
        var random = new Random(seed);
        var people = Enumerable.Range(0, 30).Select(n => $"person-{seed}-{n:D2}-of-the-test").ToList();
        var naming = people.ToDictionary(person => person, _ => new List<long>());
        var erased = new List<string>();
        var number = 0;
        await using var log = await SqliteLog.OpenAsync(_folder.Path, Now);
        while (people.Count > 2)
        {
            for (var appends = random.Next(1, 15); appends > 0; appends--)
            {
                var batch = Enumerable.Range(0, random.Next(5) == 0 ? random.Next(1, 1200) : random.Next(1, 12)).Select(
                    _ => Any()).ToArray();
                var results = (await log.AppendAsync(batch, Now)).Results;
                for (var i = 0; i < batch.Length; i++)
                    foreach (var person in ((Interaction)batch[i]).To.Append(((Interaction)batch[i]).From))
                        naming[person].Add(results[i].Position);
            }
            var leaver = people[random.Next(people.Count)];
            people.Remove(leaver);
            erased.Add(leaver);
            await log.EraseAsync(leaver, [.. naming[leaver].Distinct()], number, Now);
            foreach (var gone in erased) Holds(gone).ShouldBeFalse($"{gone} after erasing {erased.Count}");
        }

        LogRecord Any()
        {
            number++;
            var two = random.GetItems(people.ToArray(), 2);
            return new Interaction
            {
                Id = (seed % 3) switch { 0 => $"{number}", 1 => $"a-long-name-for-an-event-{number}", _ => $"{number:x32}" },
                AtMs = number,
                From = two[0],
                To = two[0] == two[1] ? [people.First(person => person != two[0])] : [two[1]],
                Kind = InteractionKind.Message,
            };
        }
    }

    [Fact]
    public async Task Tombstones_larger_than_the_records_they_replace_leave_nothing_either()
    {
        // Records of a few bytes each in rows that share a page: the first row grows, and the one behind it has to move.
        LogRecord[] records = [.. Enumerable.Range(0, 900).Select(n => new Interaction
        {
            Id = $"{n}",
            AtMs = n,
            From = n < 450 ? "person-one-of-two" : "person-two-of-two",
            To = ["c"],
            Kind = InteractionKind.Message,
        })];
        await using var log = await SqliteLog.OpenAsync(_folder.Path, Now);
        for (var first = 0; first < records.Length; first += 150) await log.AppendAsync(records[first..(first + 150)], Now);
        var before = (await log.ReadAtAsync([900], Now))[0];
        await log.EraseAsync("person-one-of-two", [.. Enumerable.Range(1, 450).Select(n => (long)n)], 1, Now);
        Holds("person-one-of-two").ShouldBeFalse();
        SampleRecords.ContentOf((await log.ReadAtAsync([900], Now))[0]).ShouldBe(SampleRecords.ContentOf(before));
        await log.EraseAsync("person-two-of-two", [.. Enumerable.Range(451, 450).Select(n => (long)n)], 2, Now);
        Holds("person-two-of-two").ShouldBeFalse();
        (await log.ReadAtAsync([1, 900], Now)).ShouldAllBe(record => record is Tombstone);
    }

    [Fact]
    public async Task Rows_that_become_larger_leave_nothing_either()
    {
        // The venue is the first text of the row's table only through the record to be erased. After that its number takes
        // two bytes in each of the records that have it, which is more than the tombstone saves.
        LogRecord[] records =
        [
            With(0, "person-who-was-first", "x", "late venue"),
            .. Enumerable.Range(1, 130).Select(n => With(n, $"s{n}", $"r{n}", null)),
            .. Enumerable.Range(131, 380).Select(n => With(n, "s1", "r1", "late venue")),
        ];
        await using var log = await SqliteLog.OpenAsync(_folder.Path, Now);
        for (var first = 0; first < 6; first++) await log.AppendAsync([.. SampleRecords.Many(first * 200, 200)], Now);
        var start = (await log.AppendAsync(records, Now)).Results[0].Position;
        await log.EraseAsync("person-who-was-first", [start], 1, Now);
        Holds("person-who-was-first").ShouldBeFalse();
        var after = await log.ReadAtAsync([.. Enumerable.Range(1, records.Length - 1).Select(n => start + n)], Now);
        after.Select(SampleRecords.ContentOf).ShouldBe(records.Skip(1).Select(SampleRecords.ContentOf));

        static LogRecord With(int number, string from, string to, string? venue) => new Interaction
        {
            Id = $"{number:x32}",
            AtMs = number,
            From = from,
            To = [to],
            Kind = InteractionKind.Message,
            Venue = venue,
        };
    }

    private bool Holds(string text)
    {
        var needle = Encoding.UTF8.GetBytes(text);
        foreach (var path in Directory.GetFiles(_folder.Path, "log.db*"))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            if (bytes.AsSpan().IndexOf(needle) >= 0) return true;
        }
        return false;
    }
}
