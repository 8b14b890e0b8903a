using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Conformance.Log;

public abstract partial class InteractionLogConformance
{
    private const string EveAtHome = "eve-at-home@example.org";

    [Fact]
    public async Task An_erased_person_who_is_sent_again_stays_out_until_lifted()
    {
        var (_, positions) = await WithEveAsync();
        await Log.EraseAsync(new Erasure([Eve, EveAtHome], positions, 99) { Suppresses = true }, Now);
        var last = Log.LastPosition;
        LogRecord[] naming =
        [
            SampleRecords.Between("n1", Eve, "b"), SampleRecords.Between("n2", "a", Eve), SampleRecords.Between("n3", "a", "b", Eve),
            new Interaction { Id = "n4", AtMs = 4, From = "a", To = ["b", EveAtHome, "c"], Kind = InteractionKind.Message },
            SampleRecords.ProfileOf(Eve), SampleRecords.BlockBetween(Eve, "b"), SampleRecords.ReportBetween("n5", "a", Eve),
            new AliasChanged { AtMs = 1, One = "a", Other = Eve, Change = AliasChange.Merged },
            new PreferenceChanged { AtMs = 1, Person = "a", Other = Eve, Preference = new Preference { Hidden = true } },
        ];
        for (var opened = 0; opened < 2; opened++)
        {
            (await AppendAsync(naming)).ShouldAllBe(result => result == new AppendResult(AppendOutcome.Suppressed, 0));
            Log.LastPosition.ShouldBe(last);
            (await Log.SuppressedAsync(Now)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                person => person.AtMs.ShouldBe(99), person => person.Ids.ShouldBe(2), person => person.Erasure.ShouldNotBe(Guid.Empty));
            await ReopenAsync();
        }
        // Others of the same append are taken.
        (await AppendAsync(SampleRecords.Between("o1", "a", "b"), naming[0], SampleRecords.Between("o2", "b", "a"))).Select(
            result => result.Outcome)
            .ShouldBe([AppendOutcome.Accepted, AppendOutcome.Suppressed, AppendOutcome.Accepted]);
        (await Log.LiftAsync("somebody-else", Now)).ShouldBe(0);
        (await Log.LiftAsync(EveAtHome, Now)).ShouldBe(2, "all that were erased together");
        (await Log.LiftAsync(Eve, Now)).ShouldBe(0);
        (await AppendAsync(naming)).ShouldAllBe(result => result.Outcome == AppendOutcome.Accepted);
        (await Log.SuppressedAsync(Now)).ShouldBeEmpty();
        await ReopenAsync();
        (await AppendAsync(SampleRecords.Between("n9", Eve, "b")))[0].Outcome.ShouldBe(AppendOutcome.Accepted);
    }

    [Fact]
    public async Task An_erasure_that_fails_suppresses_nobody()
    {
        var (records, positions) = await WithEveAsync();
        await Should.ThrowAsync<ArgumentException>(
            async () => await Log.EraseAsync(new Erasure([Eve], [1, .. positions], 7) { Suppresses = true }, Now));
        for (var opened = 0; opened < 2; opened++)
        {
            (await Log.SuppressedAsync(Now)).ShouldBeEmpty();
            (await AppendAsync(SampleRecords.Between($"again{opened}", Eve, "b")))[0].Outcome.ShouldBe(AppendOutcome.Accepted);
            await ReopenAsync();
        }
        ShouldBeSame((await AllAsync()).GetRange(0, records.Count), records);
    }

    [Fact]
    public async Task All_ids_of_a_person_are_erased_in_one_record()
    {
        await AppendAsync(
            SampleRecords.Between("p1", Eve, "b"), SampleRecords.Between("p2", "a", EveAtHome), SampleRecords.Between("p3", "a", "b"),
            new AliasChanged { AtMs = 1, One = Eve, Other = EveAtHome, Change = AliasChange.Merged });
        (await Log.EraseAsync(new Erasure([Eve, EveAtHome], [1, 2, 4], 7), Now)).ShouldBe(5);
        ShouldBeSame(
            await AllAsync(),
            [new Tombstone(), new Tombstone(), SampleRecords.Between("p3", "a", "b"), new Tombstone(),
                new PersonErased { AtMs = 7, Tombstones = 3 }]);
    }

    [Fact]
    public async Task People_erased_one_after_the_other_are_lifted_one_by_one()
    {
        for (var number = 0; number < 5; number++)
            await Log.EraseAsync(new Erasure([$"leaver-{number}", $"leaver-{number}-home"], [], number) { Suppresses = true }, Now);
        (await Log.SuppressedAsync(Now)).Select(person => (person.AtMs, person.Ids)).ShouldBe([(0, 2), (1, 2), (2, 2), (3, 2), (4, 2)]);
        (await Log.LiftAsync("leaver-3-home", Now)).ShouldBe(2);
        await ReopenAsync();
        (await Log.SuppressedAsync(Now)).Select(person => person.AtMs).ShouldBe([0, 1, 2, 4]);
        var results = await AppendAsync(
            [.. Enumerable.Range(0, 5).Select(number => SampleRecords.Between($"l{number}", $"leaver-{number}", "b"))]);
        results.Select(result => result.Outcome is AppendOutcome.Accepted).ShouldBe([false, false, false, true, false]);
    }
}
