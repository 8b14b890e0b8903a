using System.Security.Cryptography;
using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Demo.Tests;

public class DemoNetworkTests
{
    private static readonly DateTimeOffset s_until = new(2026, 5, 20, 15, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        Fingerprint(Small(5)).ShouldBe(Fingerprint(Small(5)));
    }

    [Fact]
    public void Reading_twice_gives_the_same_bytes()
    {
        var network = Small(5);
        Fingerprint(network).ShouldBe(Fingerprint(network));
    }

    [Fact]
    public void Another_seed_gives_another_network()
    {
        var one = Small(5);
        var other = Small(6);
        Fingerprint(one).ShouldNotBe(Fingerprint(other));
        one.Interactions.Select(i => i.Id).Intersect(other.Interactions.Select(i => i.Id)).ShouldBeEmpty();
    }

    [Fact]
    public void Another_end_moves_the_whole_time_and_keeps_the_people()
    {
        var later = s_until.AddYears(5);
        var network = Small(5);
        var moved = DemoNetwork.Generate(new DemoOptions { People = 300, Seed = 5, Until = later });
        moved.Profiles.Select(p => p.Id).ShouldBe(network.Profiles.Select(p => p.Id));
        ShouldFill(network, s_until);
        ShouldFill(moved, later);
    }

    [Theory]
    [InlineData(100, 2, 1UL)]
    [InlineData(101, 5, 2UL)]
    [InlineData(250, 3, 3UL)]
    [InlineData(1000, 2, ulong.MaxValue)]
    [InlineData(3000, 3, 0UL)]
    public void Every_size_is_valid_and_grows_in_proportion(int people, int years, ulong seed)
    {
        var network = DemoNetwork.Generate(new DemoOptions { People = people, Years = years, Seed = seed, Until = s_until });
        network.Profiles.Count.ShouldBe(people);
        ShouldBeValid(network);
        (network.InteractionCount / (double)(people * years)).ShouldBeInRange(25, 110);
    }

    [Fact]
    public void Records_are_the_profiles_and_then_the_interactions()
    {
        var network = Small(5);
        var records = network.Records().ToList();
        records.Count.ShouldBe(network.Profiles.Count + network.InteractionCount);
        records.Take(network.Profiles.Count).ShouldAllBe(r => r is ProfileChanged);
        records.Skip(network.Profiles.Count).ShouldAllBe(r => r is Interaction);
    }

    [Fact]
    public void People_have_whole_profiles_at_reserved_domains()
    {
        var network = Small(5);
        foreach (var profile in network.Profiles)
        {
            InteractionRules.BrokenId(profile.Id, "id").ShouldBeNull();
            profile.Id.ShouldMatch(@"^[a-z0-9.-]+@[a-z0-9-]+\.example$");
            profile.Name.ShouldNotBeNullOrEmpty();
            profile.Organisation.ShouldNotBeNullOrEmpty();
            profile.Role.ShouldNotBeNullOrEmpty();
            profile.Industry.ShouldNotBeNullOrEmpty();
            profile.Offers.ShouldNotBeEmpty();
            profile.Audience.ShouldNotBeEmpty();
            profile.Tags.ShouldNotBeEmpty();
        }
        network.Profiles.Select(p => p.Id).ShouldBeUnique();
    }

    [Theory]
    [InlineData(99, 3)]
    [InlineData(100_001, 3)]
    [InlineData(2000, 1)]
    [InlineData(2000, 6)]
    public void Options_out_of_range_are_refused(int people, int years)
    {
        Should.Throw<ArgumentOutOfRangeException>(
            () => DemoNetwork.Generate(new DemoOptions { People = people, Years = years, Until = s_until }));
    }

    internal static void ShouldBeValid(DemoNetwork network)
    {
        var people = network.Profiles.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        var until = s_until.ToUnixTimeMilliseconds();
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        var last = network.StartMs;
        var broken = new List<string>();
        foreach (var interaction in network.Interactions)
        {
            void Require(bool isSo, string rule)
            {
                if (!isSo) broken.Add($"{interaction.Id}: {rule}");
            }

            Require(InteractionRules.FirstBroken(interaction, until) is null, "keeps the rules of an interaction");
            Require(interaction.AtMs >= last && interaction.AtMs <= until, "comes in order of time, before the end");
            last = interaction.AtMs;
            if (interaction.InReplyTo is { } answered)
                Require(seen.TryGetValue(answered, out var answeredAt) && answeredAt < interaction.AtMs, "answers an earlier one");
            Require(seen.TryAdd(interaction.Id, interaction.AtMs), "has an id of its own");
            Require(people.Contains(interaction.From) && interaction.To.All(people.Contains), "is between people with a profile");
            Require(interaction.About is null || people.Contains(interaction.About), "is about somebody with a profile");
        }
        broken.ShouldBeEmpty();
        seen.Count.ShouldBe(network.InteractionCount);
    }

    private static DemoNetwork Small(ulong seed) => DemoNetwork.Generate(new DemoOptions { People = 300, Seed = seed, Until = s_until });

    private static void ShouldFill(DemoNetwork network, DateTimeOffset until)
    {
        var first = DateTimeOffset.FromUnixTimeMilliseconds(network.Interactions.First().AtMs);
        var last = DateTimeOffset.FromUnixTimeMilliseconds(network.Interactions.Last().AtMs);
        first.ShouldBeInRange(until.AddYears(-3).AddDays(-1), until.AddYears(-3).AddDays(7));
        last.ShouldBeInRange(until.AddDays(-3), until);
    }

    private static string Fingerprint(DemoNetwork network)
    {
        var text = new StringBuilder();
        foreach (var p in network.Profiles)
            text.AppendLine($"{p.Id}|{p.Name}|{p.Organisation}|{p.Role}|{p.Industry}|{string.Join(',', p.Offers)}|"
                + $"{string.Join(',', p.Audience)}|{string.Join(',', p.Tags)}|{p.OpenToIntroductions}");
        foreach (var i in network.Interactions)
            text.AppendLine($"{i.Id}|{i.AtMs}|{i.From}|{string.Join(',', i.To)}|{i.Kind}|{i.Exchange}|{i.Setting}|{i.Channel}|{i.Venue}|"
                + $"{i.InReplyTo}|{i.About}|{i.Personalised}|{i.LengthSeconds}");
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
