using NetworkGraph.People.Habits;

namespace NetworkGraph.People.Tests.Habits;

public class HabitRuleTests
{
    [Fact]
    public void Every_archetype_has_one_rule_found_by_kind_and_by_name()
    {
        foreach (var kind in Enum.GetValues<ArchetypeKind>())
        {
            ArchetypeRules.Of(kind).Kind.ShouldBe(kind);
            ArchetypeRules.Named(kind.WireName()).ShouldBe(ArchetypeRules.Of(kind));
        }
        ArchetypeRules.All.Count.ShouldBe(Enum.GetValues<ArchetypeKind>().Length);
        ArchetypeNames.All.ShouldBe(
            [
                "card-collector", "self-promoter", "demander", "gossip", "know-it-all", "wallflower", "ghost", "crisis-networker",
                    "connector", "nurturer",
                "giver",
            ]);
        ArchetypeRules.Named("saint").ShouldBeNull();
    }

    [Fact]
    public void Every_warning_has_one_rule_found_by_kind()
    {
        foreach (var kind in Enum.GetValues<WarningKind>())
            if ((int)kind < WarningNames.OfTies) WarningRules.OfTie(kind).Kind.ShouldBe(kind);
            else WarningRules.OfPerson(kind).Kind.ShouldBe(kind);
        (WarningRules.OfTies.Length, WarningRules.OfPeople.Length).ShouldBe(
            (WarningNames.OfTies, Enum.GetValues<WarningKind>().Length - WarningNames.OfTies));
        WarningNames.All.ShouldBe(
            [
                "exploitation", "transactional", "superficial", "premature-pitch", "one-way-mentorship", "unwanted-persistence",
                    "spamming", "burning-bridges",
                "no-follow-up", "monologue",
            ]);
    }

    [Fact]
    public void Every_counsel_is_one_sentence()
    {
        foreach (var rule in ArchetypeRules.All) rule.Counsel.ShouldEndWith(".");
        foreach (var rule in WarningRules.OfTies) rule.Counsel.ShouldEndWith(".");
        foreach (var rule in WarningRules.OfPeople) rule.Counsel.ShouldEndWith(".");
    }

    [Fact]
    public void A_broken_threshold_is_named_with_its_rule()
    {
        var habits = new HabitThresholds
        {
            Archetypes = new ArchetypeThresholds { Ghost = new GhostThresholds { AnsweredShare = 2 } },
            Warnings = new WarningThresholds { Monologue = new MonologueThresholds { FromRun = 1 } },
        };
        habits.Validate().Select(error => error.Split(' ')[0]).ShouldBe(["Archetypes:Ghost:AnsweredShare", "Warnings:Monologue:FromRun"]);
    }
}
