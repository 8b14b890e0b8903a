using NetworkGraph.Analytics.Timeline;
using NetworkGraph.Engine.Reciprocity;
using NetworkGraph.Engine.Statuses;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.Stories;

namespace NetworkGraph.Analytics.Tests;

public class TimelineTests
{
    private static readonly PeopleOptions s_options = PeopleOptions.Default;

    [Theory]
    [InlineData(1, 40, 4)]
    [InlineData(2, 400, 9)]
    [InlineData(3, 900, 25)]
    public void Each_date_says_what_a_snapshot_of_that_date_says(int seed, int count, int people)
    {
        var histories = TestHistories.Fold(TestHistories.Random(seed, count, people));
        long[] datesMs = [.. Enumerable.Range(0, 13).Select(
            i => TestHistories.StartMs - TestHistories.DayMs + i * 40 * TestHistories.DayMs)];
        var points = NetworkTimeline.Compute(histories, datesMs, s_options, TestContext.Current.CancellationToken);
        for (var date = 0; date < datesMs.Length; date++)
        {
            var snapshot = SnapshotAssembly
                .Collect(histories, s_options, s_options.DecayAt(datesMs[date]), datesMs[date], long.MaxValue, null,
                    TestContext.Current.CancellationToken).Build(datesMs[date]);
            var totals = NetworkTotals.Count(histories, datesMs[date], TestContext.Current.CancellationToken);
            var reciprocity = NetworkReciprocity.Compute(snapshot, TestContext.Current.CancellationToken);
            var counts = TieStatusCounts.Compute(snapshot, s_options.Status, TestContext.Current.CancellationToken);
            var point = points[date];
            (point.People, point.Interactions, point.Ties, point.Dyads).ShouldBe(
                (totals.People, totals.Interactions, reciprocity.Ties, snapshot.Entries / 2));
            point.R.ShouldBe(reciprocity.R);
            point.Rho.ShouldBe(reciprocity.Rho);
            (point.Weighted ?? -1).ShouldBe(reciprocity.Weighted ?? -1, 1e-5);
            foreach (var status in Enum.GetValues<TieStatus>())
                point.Statuses[TieNames.Of(status)].ShouldBe(counts[(int)status], $"{status} at {point.At}");
        }
    }

    [Fact]
    public void A_history_begins_where_the_data_is_and_tells_outliers_apart()
    {
        var usual = TestHistories.Random(7, 200, 6);
        var first = usual.Min(i => i.AtMs);
        HistorySpan.Of(TestHistories.Fold(usual)).ShouldBe(new HistorySpan(first, 0, first));

        var seconds = new Interaction { Id = "seconds", AtMs = 1_793_527_200, From = "a", To = ["b"], Kind = InteractionKind.Message };

        HistorySpan.Of(TestHistories.Fold([.. usual, seconds])).ShouldBe(new HistorySpan(first, 1, seconds.AtMs));
        HistorySpan.Of(TestHistories.Fold([seconds])).ShouldBe(new HistorySpan(seconds.AtMs, 0, seconds.AtMs));
        HistorySpan.Of(new HistoryStore()).ShouldBeNull();
    }

    [Fact]
    public void Facts_kept_while_events_go_by_are_those_of_the_events_so_far()
    {
        var histories = TestHistories.Fold(TestHistories.Random(4, 500, 4));
        var reader = new DyadReader(histories);
        var decay = s_options.DecayAt(TestHistories.StartMs + 400 * TestHistories.DayMs);
        var running = new RunningFacts(s_options);
        for (var dyad = 0; dyad < histories.DyadCount; dyad++)
        {
            var events = reader.Read(dyad, long.MaxValue - 1);
            running.Begin(decay);
            for (var k = 1; k <= events.Length; k++)
            {
                running.Add(in events[k - 1]);
                var facts = running.Of(events[..k]);
                var expected = DyadMeasures.Facts(events[..k], decay, s_options);
                facts.StrengthOut.ShouldBe(expected.StrengthOut, 1e-30 + expected.StrengthOut * 1e-9);
                facts.StrengthIn.ShouldBe(expected.StrengthIn, 1e-30 + expected.StrengthIn * 1e-9);
                facts.ContactStrengthOut.ShouldBe(expected.ContactStrengthOut, 1e-30 + expected.ContactStrengthOut * 1e-9);
                facts.ContactStrengthIn.ShouldBe(expected.ContactStrengthIn, 1e-30 + expected.ContactStrengthIn * 1e-9);
                Plain(facts).ShouldBe(Plain(expected));
            }
        }
    }

    private static DyadFacts Plain(DyadFacts facts) =>
        facts with { StrengthOut = 0, StrengthIn = 0, ContactStrengthOut = 0, ContactStrengthIn = 0 };
}
