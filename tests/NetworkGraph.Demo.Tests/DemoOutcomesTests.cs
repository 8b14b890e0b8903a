using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Referrals;
using NetworkGraph.Stories;

namespace NetworkGraph.Demo.Tests;

/// <summary>The measures find what was planted: what venues, referrals and introductions of the demo network came to.</summary>
public class DemoOutcomesTests(DemoReading reading) : IClassFixture<DemoReading>
{
    private readonly HistoryStore _store = Fold(reading.All);

    private static long AsOfMs => DemoReading.Until.ToUnixTimeMilliseconds();

    [Fact]
    public async Task The_verdicts_of_venues_are_those_they_were_made_for()
    {
        var found = (await NetworkStory.VenuesIn(_store, PeopleOptions.Default).AllAsync(AsOfMs, TestContext.Current.CancellationToken))
            .ToDictionary(v => v.Venue, v => v.Verdict, StringComparer.Ordinal);
        var missed = reading.Network.Truth.Venues.Where(
            v => !string.Equals(found.GetValueOrDefault(v.Name), v.Verdict.ToString(), StringComparison.OrdinalIgnoreCase)).ToList();

        reading.Network.Truth.Venues.Count(v => v.Verdict is DemoVerdict.Graveyard).ShouldBeGreaterThan(3);
        missed.Where(v => v.Verdict is DemoVerdict.Graveyard).ShouldBeEmpty();
        found.Values.Count(v => v == "graveyard").ShouldBe(reading.Network.Truth.Venues.Count(v => v.Verdict is DemoVerdict.Graveyard));
        missed.Count.ShouldBeLessThanOrEqualTo(
            reading.Network.Truth.Venues.Count / 10,
            string.Join('\n', missed.Select(v => $"{v.Name}: {v.Verdict}, found {found.GetValueOrDefault(v.Name)}")));
    }

    [Fact]
    public void Referrals_are_found_acted_on_and_reported_as_planted()
    {
        var queries = new ReferralQueries(_store, PeopleOptions.Default.Referrals);
        var byReferrer = reading.Network.Truth.Referrals.ToLookup(r => r.Referrer, StringComparer.Ordinal);
        foreach (var referrals in byReferrer)
        {
            var found = queries.Of(referrals.Key, AsOfMs, TestContext.Current.CancellationToken).ShouldNotBeNull().Items
                .Where(loop => loop.Role == "referrer").ToDictionary(
                    loop => reading.All[loop.Evidence.Positions[0] - 1].Id, StringComparer.Ordinal);
            foreach (var truth in referrals)
            {
                var loop = found[truth.Interaction];
                (loop.Receiver, loop.Referred, loop.Acted, loop.Reported).ShouldBe(
                    (truth.Receiver, truth.Referred, truth.Acted, truth.Reported), truth.Interaction);
            }
        }
    }

    [Fact]
    public void Introductions_are_found_to_have_led_to_contact_as_planted()
    {
        var queries = new ReferralQueries(_store, PeopleOptions.Default.Referrals);
        int right = 0, all = 0;
        foreach (var introductions in reading.Network.Truth.Introductions.ToLookup(i => i.Broker, StringComparer.Ordinal))
        {
            var found = queries.Of(introductions.Key, AsOfMs, TestContext.Current.CancellationToken).ShouldNotBeNull().Introductions.Items
                .ToDictionary(made => reading.All[made.Position - 1].Id, StringComparer.Ordinal);
            foreach (var truth in introductions)
            {
                all++;
                if (found[truth.Interaction].LedToContact == truth.LedToContact) right++;
            }
        }
        all.ShouldBeGreaterThan(200);
        (right / (double)all).ShouldBeGreaterThanOrEqualTo(0.99);
    }

    private static HistoryStore Fold(Interaction[] interactions)
    {
        var store = new HistoryStore();
        for (var i = 0; i < interactions.Length; i++) store.Apply(interactions[i], i + 1);
        return store;
    }
}
