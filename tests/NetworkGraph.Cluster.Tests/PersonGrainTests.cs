using NetworkGraph.Cluster.People;
using NetworkGraph.Conformance.Log;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Cluster.Tests;

public sealed class PersonGrainTests
{
    private const long AsOfMs = SampleRecords.StartMs + 400L * 86_400_000;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_grain_answers_to_the_last_bit_as_the_fold_of_the_whole_log_does()
    {
        await using var silos = await TestSilos.StartAsync();
        var embedded = new EmbeddedPeople(new HistoryStore(), new ProfileStore(), new BoundaryStore(), MeasureOptions.Default);
        var random = new Random(1);
        for (var first = 0; first < 600; first += 100)
        {
            LogRecord[] records = [.. Enumerable.Range(first, 100).Select(number => Between(random, number))];
            await silos.AppendAsync(records);
            await embedded.ApplyAsync(new RecordBatch(first + 1, records), Now);
            foreach (var person in Enumerable.Range(0, 12).Select(number => $"p{number}"))
            {
                Json(await silos.People.PersonAsync(person, AsOfMs, Now)).ShouldBe(Json(await embedded.PersonAsync(person, AsOfMs, Now)));
                Json(await silos.People.TiesAsync(person, AsOfMs, TieRange.All, Now)).ShouldBe(Json(await embedded.TiesAsync(person, AsOfMs, TieRange.All, Now)));
                Json(await silos.People.TieAsync(person, "p1", AsOfMs, Now)).ShouldBe(Json(await embedded.TieAsync(person, "p1", AsOfMs, Now)));
                Json(await silos.People.ReciprocityAsync(person, AsOfMs, Now)).ShouldBe(Json(await embedded.ReciprocityAsync(person, AsOfMs, Now)));
                Json(await silos.People.DormantTiesAsync(person, AsOfMs, Now)).ShouldBe(Json(await embedded.DormantTiesAsync(person, AsOfMs, Now)));
                Json(await silos.People.FollowUpsAsync(person, null, AsOfMs, Now)).ShouldBe(Json(await embedded.FollowUpsAsync(person, null, AsOfMs, Now)));
                Json(await silos.People.VenuesAsync(person, AsOfMs, Now)).ShouldBe(Json(await embedded.VenuesAsync(person, AsOfMs, Now)));
                Json(await silos.People.HabitsAsync(person, AsOfMs, Now)).ShouldBe(Json(await embedded.HabitsAsync(person, AsOfMs, Now)));
                Json(await silos.People.HistoryAsync(person, new HistoryFilter(), Now)).ShouldBe(Json(await embedded.HistoryAsync(person, new HistoryFilter(), Now)));
            }
        }
    }

    [Fact]
    public async Task A_grain_forgets_whom_another_node_erased()
    {
        await using var silos = await TestSilos.StartAsync();
        await silos.AppendAsync(SampleRecords.Between("e1", "eve", "bob"), SampleRecords.Between("e2", "bob", "cem"), SampleRecords.ProfileOf("eve"));
        (await silos.People.TiesAsync("bob", AsOfMs, TieRange.All, Now)).ShouldNotBeNull().Count.ShouldBe(2);
        (await silos.People.PersonAsync("eve", AsOfMs, Now)).ShouldNotBeNull();

        var position = await silos.Log.EraseAsync("eve", [1, 3], 9, Now);
        await silos.People.ApplyAsync(new RecordBatch(position, [new PersonErased { AtMs = 9, Tombstones = 2, Positions = [1, 3] }]), Now);

        (await silos.People.PersonAsync("eve", AsOfMs, Now)).ShouldBeNull();
        (await silos.People.TiesAsync("bob", AsOfMs, TieRange.All, Now)).ShouldNotBeNull().ShouldHaveSingleItem().Person.ShouldBe("cem");
    }

    [Fact]
    public async Task People_of_a_silo_that_is_killed_are_found_again_on_another()
    {
        await using var silos = await TestSilos.StartAsync();
        await silos.AppendAsync(SampleRecords.Many(0, 500));
        var people = Enumerable.Range(0, 97).Select(number => $"person{number}@example.org").ToArray();
        var before = new List<string>();
        foreach (var person in people) before.Add(Json(await silos.People.TiesAsync(person, AsOfMs, TieRange.All, Now)));

        await silos.Cluster.KillSiloAsync(silos.Cluster.Silos[1], Now);

        for (var i = 0; i < people.Length; i++) Json(await silos.People.TiesAsync(people[i], AsOfMs, TieRange.All, Now)).ShouldBe(before[i]);
    }

    private static Interaction Between(Random random, int number)
    {
        var others = Enumerable.Range(0, 12).OrderBy(_ => random.Next()).Take(random.Next(2, 5)).Select(person => $"p{person}").ToArray();
        return new Interaction
        {
            Id = $"i{number}",
            AtMs = SampleRecords.StartMs + random.NextInt64(300L * 86_400_000),
            From = others[0],
            To = others[1..],
            Kind = random.Next(4) == 0 ? InteractionKind.Meeting : InteractionKind.Message,
            Exchange = (Exchange)random.Next(10),
            Venue = random.Next(4) == 0 ? $"fair {random.Next(3)}" : null,
            About = random.Next(5) == 0 ? "p11" : null,
        };
    }

    private static string Json<T>(T answer) => System.Text.Json.JsonSerializer.Serialize(answer, WholeAnswers.Options);
}
