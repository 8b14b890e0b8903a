using System.Text;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Outreach;

namespace NetworkGraph.People.Tests.Outreach;

public sealed class OutreachStoreTests
{
    private const long DayMs = 86_400_000;

    [Fact]
    public void What_is_written_into_a_checkpoint_comes_back()
    {
        var store = new OutreachStore();
        store.Apply(Ask("a1", "ann", AskState.Proposed, 1), 3);
        store.Apply(Ask("a1", "ann", AskState.Asked, 2), 7);
        store.Apply(new AccessRecorded { AtMs = 5, Person = "ann", Role = "analyst", KeyName = "k", Operation = "getTies" }, 8);
        store.Apply(new SubscriptionChanged { AtMs = 6, Id = "s", Url = "https://x", Events = ["ask"], Signer = "g", IsActive = true }, 9);
        store.Apply(new SubscriptionAdvanced { AtMs = 7, Id = "s", Position = 9 }, 10);
        store.Apply(new SubscriptionAdvanced { AtMs = 8, Id = "s", Position = 11 }, 12);
        store.Apply(new BeginningStated { AtMs = 9, Person = "ann", Other = "bob", How = "self" }, 13);

        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true)) store.Copy().Write(writer);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        var read = OutreachStore.Read(reader);

        read.AskOf("a1").Select(placed => (placed.Position, ((AskChanged)placed.Record).State)).ShouldBe([(3, AskState.Proposed), (7,
            AskState.Asked)]);
        read.AccessTo("ann").Single().KeyName.ShouldBe("k");
        read.SubscriptionOf("s").Select(placed => placed.Position).ShouldBe([9, 12]);
        read.BeginningOf("ann", "bob")!.How.ShouldBe("self");
    }

    [Fact]
    public void A_person_who_is_forgotten_is_in_nothing()
    {
        var store = new OutreachStore();
        store.Apply(Ask("a1", "ann", AskState.Proposed, 1), 1);
        store.Apply(Ask("a2", "eve", AskState.Proposed, 1), 2);
        store.Apply(new AccessRecorded { AtMs = 5, Person = "ann", Role = "analyst", KeyName = "k", Operation = "getTies" }, 3);
        store.Apply(new BeginningStated { AtMs = 9, Person = "bob", Other = "eve", How = "introducedBy", By = "ann" }, 4);
        store.Forget("ann");
        store.AskOf("a1").ShouldBeEmpty();
        store.AskOf("a2").Count.ShouldBe(1);
        store.AccessTo("ann").ShouldBeEmpty();
        store.BeginningOf("bob", "eve").ShouldBeNull();
    }

    [Fact]
    public void A_broker_sees_an_ask_once_sent_and_the_target_once_accepted_also_when_it_is_declined_later()
    {
        AskChanged[] proposed = [Ask("a", "ann", AskState.Proposed, 1)];
        AskChanged[] sent = [.. proposed, Ask("a", "ann", AskState.Asked, 2)];
        AskChanged[] refused = [.. sent, Ask("a", "ann", AskState.Declined, 3)];
        AskChanged[] withdrawn = [.. proposed, Ask("a", "ann", AskState.Declined, 2)];
        AskChanged[] accepted = [.. sent, Ask("a", "ann", AskState.Accepted, 3)];
        Seen(proposed).ShouldBe("ann");
        Seen(withdrawn).ShouldBe("ann");
        Seen(sent).ShouldBe("ann broker");
        Seen(refused).ShouldBe("ann broker");
        Seen(accepted).ShouldBe("ann broker second target");

        static string Seen(AskChanged[] records) => string.Join(' ', new[] { "ann", "broker", "second", "target", "stranger" }
            .Where(person => Asks.IsSeenBy(person, records)));
    }

    [Fact]
    public void Outcomes_are_given_from_thirty_on_and_an_ask_without_an_answer_is_one_after_14_days()
    {
        var store = new OutreachStore();
        var position = 0L;
        for (var i = 0; i < 30; i++)
        {
            store.Apply(Ask($"a{i}", $"p{i:D2}", AskState.Proposed, 0), ++position);
            store.Apply(Ask($"a{i}", $"p{i:D2}", AskState.Asked, i), ++position);
            if (i % 3 == 0) store.Apply(Ask($"a{i}", $"p{i:D2}", AskState.Accepted, i + DayMs), ++position);
            if (i % 3 == 1) store.Apply(Ask($"a{i}", $"p{i:D2}", AskState.Declined, i + DayMs), ++position);
        }
        Asks.Outcomes(store, 13 * DayMs).ShouldBeEmpty();
        var outcomes = Asks.Outcomes(store, 15 * DayMs);
        outcomes.Count.ShouldBe(30);
        outcomes.Count(outcome => outcome.Worked).ShouldBe(10);
        outcomes.ShouldAllBe(outcome => outcome.Broker == "broker");
    }

    private static AskChanged Ask(string id, string from, AskState state, long atMs) =>
        new() { AtMs = atMs, Id = id, From = from, Target = "target", Brokers = ["broker", "second"], State = state, Score = 0.25 };
}
