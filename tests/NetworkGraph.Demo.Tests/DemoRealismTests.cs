using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo.Tests;

/// <summary>The default network looks like one: volume, rhythms, tails, reciprocity, variety.</summary>
public class DemoRealismTests(DemoReading reading) : IClassFixture<DemoReading>
{
    [Fact]
    public void The_default_network_is_valid_and_of_the_promised_size()
    {
        reading.Network.Profiles.Count.ShouldBe(2000);
        reading.All.Length.ShouldBeInRange(150_000, 400_000);
        DemoNetworkTests.ShouldBeValid(reading.Network);
    }

    [Fact]
    public void Every_kind_exchange_and_setting_occurs()
    {
        reading.All.Select(i => i.Kind).Distinct().Count().ShouldBe(InteractionKinds.Count);
        reading.All.Select(i => i.Exchange).Distinct().Count().ShouldBe(Enum.GetValues<Exchange>().Length);
        reading.All.Select(i => i.Setting).Distinct().Count().ShouldBe(Enum.GetValues<Setting>().Length);
        (reading.All.Count(i => i.Setting is Setting.Professional) / (double)reading.All.Length).ShouldBeGreaterThan(0.85);
    }

    [Fact]
    public void People_keep_working_days_sleep_at_night_and_rest_in_summer()
    {
        var times = reading.All.Select(i => DateTimeOffset.FromUnixTimeMilliseconds(i.AtMs)).ToList();
        double Share(Func<DateTimeOffset, bool> isCounted) => times.Count(isCounted) / (double)times.Count;
        Share(t => t.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ShouldBeInRange(0.92, 0.985);
        Share(t => t.Hour < 5).ShouldBeInRange(0.0005, 0.02);
        Share(t => t.Month is 8).ShouldBeLessThan(0.7 * Share(t => t.Month is 9));
        Share(t => t is { Month: 12, Day: >= 24 }).ShouldBeLessThan(0.4 * Share(t => t is { Month: 11, Day: >= 10 and <= 17 }));
    }

    [Fact]
    public void A_few_people_ties_and_organisations_carry_much()
    {
        var sent = reading.Network.Profiles.Select(p => reading.Sent[p.Id].Count()).OrderDescending().ToList();
        (sent.Take(200).Sum() / (double)sent.Sum()).ShouldBeInRange(0.24, 0.5);
        var sizes = reading.Dyads.Values.Select(d => d.Count).OrderDescending().ToList();
        sizes[0].ShouldBeGreaterThan(25 * sizes[sizes.Count / 2]);
        (sizes.Take(sizes.Count / 10).Sum() / (double)sizes.Sum()).ShouldBeGreaterThan(0.45);
        var organisations = reading.Network.Profiles.GroupBy(p => p.Organisation).Select(g => g.Count()).OrderDescending().ToList();
        organisations[0].ShouldBeGreaterThan(40);
        organisations.Count(o => o <= 2).ShouldBeGreaterThan(organisations.Count / 2);
    }

    [Fact]
    public void Most_ties_are_returned_but_not_all()
    {
        var tied = new HashSet<(string, string)>();
        foreach (var interaction in reading.All)
        {
            if (interaction.Kind is InteractionKind.Decline or InteractionKind.Attendance
                || interaction.Exchange is Exchange.Gossip or Exchange.Complaint) continue;
            foreach (var other in interaction.To) tied.Add((interaction.From, other));
            if (!interaction.Kind.IsMutual()) continue;
            foreach (var (one, other) in DemoReading.PairsOf(interaction))
            {
                tied.Add((one, other));
                tied.Add((other, one));
            }
        }
        var returned = tied.Count(t => tied.Contains((t.Item2, t.Item1))) / (double)tied.Count;
        returned.ShouldBeInRange(0.6, 0.95);
    }

    [Fact]
    public void Replies_take_their_time_and_each_person_their_own()
    {
        var hours = reading.All.Where(i => i.Kind is InteractionKind.Reply && i.InReplyTo is not null)
            .Select(i => (i.From, Hours: (i.AtMs - reading.ById[i.InReplyTo!].AtMs) / 3_600_000.0)).ToList();
        Median(hours.Select(h => h.Hours)).ShouldBeInRange(2, 30);
        var medians = hours.GroupBy(h => h.From).Where(g => g.Count() >= 20).Select(g => Median(g.Select(h => h.Hours))).Order().ToList();
        medians[medians.Count * 9 / 10].ShouldBeGreaterThan(4 * medians[medians.Count / 10]);
    }

    [Fact]
    public void People_talk_most_within_their_organisation_trade_and_town()
    {
        var organisation = reading.Network.Profiles.ToDictionary(p => p.Id, p => p.Organisation, StringComparer.Ordinal);
        var within = reading.Dyads.Where(d => organisation[d.Key.Item1] == organisation[d.Key.Item2]).Sum(d => d.Value.Count);
        var all = reading.Dyads.Sum(d => d.Value.Count);
        (within / (double)all).ShouldBeGreaterThan(0.1);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
