using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Conformance.Log;

// Retractions, amendments and sources.
public abstract partial class InteractionLogConformance
{
    [Fact]
    public async Task A_retraction_outlives_sending_again_and_ends_with_an_amendment()
    {
        var sent = Corrected("c1", "bob", null);
        var first = (await AppendAsync(sent))[0].Position;
        (await OutcomeAsync(Retraction("unknown"))).ShouldBe(AppendOutcome.NotFound);
        (await OutcomeAsync(Corrected("unknown", "bob", null, isAmendment: true))).ShouldBe(AppendOutcome.NotFound);
        Log.LastPosition.ShouldBe(first);

        (await OutcomeAsync(Retraction("c1"))).ShouldBe(AppendOutcome.Accepted);
        await ReopenAsync();
        (await OutcomeAsync(Retraction("c1"))).ShouldBe(AppendOutcome.Duplicate);
        (await OutcomeAsync(sent)).ShouldBe(AppendOutcome.Retracted);
        (await OutcomeAsync(Corrected("c1", "cem", "batch"))).ShouldBe(AppendOutcome.Retracted);
        Log.LastPosition.ShouldBe(first + 1);

        var withdrawn = (await Log.ReadAtAsync([first + 1], Now))[0].ShouldBeOfType<InteractionWithdrawn>();
        (withdrawn.Position, withdrawn.Reason, withdrawn.Interaction!.From).ShouldBe((first, WithdrawalReason.Retracted, sent.From));

        (await OutcomeAsync(Corrected("c1", "cem", null, isAmendment: true))).ShouldBe(AppendOutcome.Accepted);
        (await OutcomeAsync(Corrected("c1", "cem", null))).ShouldBe(AppendOutcome.Duplicate);
        (await OutcomeAsync(sent)).ShouldBe(AppendOutcome.Conflict);
        var state = InteractionState.Of("c1", await Log.FindAsync("c1", Now));
        (state.Stands, state.IsAmended, state.Current!.To[0]).ShouldBe((true, true, "cem"));
    }

    [Fact]
    public async Task An_interaction_counts_while_one_of_its_sources_stands()
    {
        await AppendAsync(Corrected("s1", "bob", "b1"), Corrected("s2", "bob", "b1"), Corrected("s1", "bob", "b2"),
            Corrected("s1", "bob", "b2"));
        Log.LastPosition.ShouldBe(3);
        await ReopenAsync();

        (await OutcomeAsync(Undo("s1", "b1"))).ShouldBe(AppendOutcome.Accepted);
        (await OutcomeAsync(Undo("s2", "b1"))).ShouldBe(AppendOutcome.Accepted);
        (await OutcomeAsync(Undo("s2", "b1"))).ShouldBe(AppendOutcome.Duplicate);

        InteractionState.Of("s1", await Log.FindAsync("s1", Now)).Sources.Select(source => source.Batch).ShouldBe(["b2"]);
        InteractionState.Of("s2", await Log.FindAsync("s2", Now)).Stands.ShouldBeFalse();
        (await OutcomeAsync(Corrected("s2", "cem", "b1"))).ShouldBe(AppendOutcome.Accepted);
        InteractionState.Of("s2", await Log.FindAsync("s2", Now)).Current!.To.ShouldBe(["cem"]);
        (await Log.FindAsync("nothing", Now)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Corrections_in_one_append_see_one_another()
    {
        var results = await AppendAsync(
            Corrected("o1", "bob", null), Retraction("o1"), Corrected("o1", "bob", null), Corrected("o1", "cem", null, isAmendment: true),
                Retraction("o2"));

        results.Select(result => result.Outcome).ShouldBe(
            [AppendOutcome.Accepted, AppendOutcome.Accepted, AppendOutcome.Retracted, AppendOutcome.Accepted, AppendOutcome.NotFound]);
        InteractionState.Of("o1", await Log.FindAsync("o1", Now)).Current!.To.ShouldBe(["cem"]);
    }

    [Fact]
    public async Task Erasing_a_person_erases_the_corrections_that_name_them()
    {
        await AppendAsync(Corrected("e1", "bob", null), Retraction("e1"));

        await Log.EraseAsync("bob", [1, 2], 5, Now);

        (await AllAsync()).Take(2).ShouldAllBe(record => record is Tombstone);
        (await OutcomeAsync(Corrected("e1", "cem", null, isAmendment: true))).ShouldBe(AppendOutcome.NotFound);
        (await OutcomeAsync(Corrected("e1", "bob", null))).ShouldBe(AppendOutcome.Accepted);
    }

    private async Task<AppendOutcome> OutcomeAsync(LogRecord record) => (await AppendAsync(record))[0].Outcome;

    private static Interaction Corrected(string id, string to, string? batch, bool isAmendment = false) => new()
    {
        Id = id,
        AtMs = SampleRecords.StartMs,
        From = "ann",
        To = [to],
        Kind = InteractionKind.Message,
        Batch = batch,
        IsAmendment = isAmendment,
    };

    private static InteractionWithdrawn Retraction(string id) =>
        new() { AtMs = SampleRecords.StartMs, Id = id, Reason = WithdrawalReason.Retracted };

    private static InteractionWithdrawn Undo(string id, string batch) =>
        new() { AtMs = SampleRecords.StartMs, Id = id, Reason = WithdrawalReason.SourceWithdrawn, Batch = batch };
}
