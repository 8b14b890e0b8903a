using System.Text.Json;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Tests.Measures;

public class MeasureOptionsTests
{
    [Fact]
    public void The_defaults_are_valid_and_weigh_every_kind()
    {
        MeasureOptions.Default.Validate().ShouldBeEmpty();
        PeopleOptions.Default.Validate().ShouldBeEmpty();
        MeasureOptions.Default.Weights.Keys.ShouldBe(WireNames.Kinds, ignoreOrder: true);
    }

    [Fact]
    public void Every_error_is_named_at_once()
    {
        var options = new PeopleOptions
        {
            Weights = new() { ["letter"] = 1, ["message"] = double.NaN },
            HalfLifeDays = 0,
            Introductions = new IntroductionModelOptions { Beta = -1, HalfLifeDays = 20 },
            Delta = 1.5,
            AnsweredWithinDays = double.PositiveInfinity,
            ContactMinWeight = 0,
            BurntAfterDays = 0,
            CallUpToParticipants = 1,
            BurntFromStrength = 0,
            Status = new StatusThresholds
            {
                CoolingWithoutRhythmDays = 400,
                CoolingAfterRhythms = 9,
                NewWithinDays = -1,
                DormantContactsEachWay = 0,
                QuietMaxDays = 170,
                CoolingMaxDays = 160
            },
            Relationships = new RelationshipThresholds { MutualFromBalance = -0.1, GenuineFromEpisodes = 0 },
            FollowUps = new FollowUpThresholds { LateWithinDays = 2 },
        };
        string[] named =
        [
            "Weights:letter", "Weights:message", "HalfLifeDays", "Introductions:Beta", "Introductions:HalfLifeDays", "Delta",
                "AnsweredWithinDays", "ContactMinWeight", "BurntFromStrength",
            "BurntAfterDays", "CallUpToParticipants",
            "Status:CoolingWithoutRhythmDays", "Status:CoolingAfterRhythms", "Status:QuietMinDays",
            "Status:NewWithinDays", "Status:DormantContactsEachWay", "Relationships:MutualFromBalance", "Relationships:GenuineFromEpisodes",
            "FollowUps:LateWithinDays",
        ];
        var errors = options.Validate();
        errors.Count.ShouldBe(named.Length);
        foreach (var name in named) errors.ShouldContain(error => error.StartsWith(name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_kind_left_out_of_the_weights_weighs_nothing()
    {
        var options = new MeasureOptions { Weights = new() { ["call"] = 5 } };
        var tie = DyadMeasures.Tie(
            "them", new DyadStory().Me(0).Both(0, InteractionKind.Call).Events(), true, DyadStory.At(0), options).ShouldNotBeNull();
        tie.StrengthOut.ShouldBe(5);
    }

    [Fact]
    public void An_answer_has_the_names_of_the_contract()
    {
        var json = JsonSerializer.SerializeToElement(new DyadStory().Me(0).Them(1).Tie(2), JsonSerializerOptions.Web);
        var names = json.EnumerateObject().Select(p => p.Name);
        names.ShouldBe(
            [
                "person", "entity", "name", "status", "oneWay", "relationship", "began", "strengthOut", "strengthIn", "balance",
                    "persistProbability", "interactionsOut",
                "interactionsIn", "contactsOut", "contactsIn", "gives", "asks", "firstContact", "lastContact", "lastInteraction",
                    "silenceDays",
                "rhythmDays", "episodes", "turnTaking", "replyHoursOut", "replyHoursIn", "evidence",
                "tags", "cadenceDays",
            ]);
        json.GetProperty("status").GetString().ShouldBe("new");
        json.GetProperty("firstContact").GetString().ShouldBe("2020-01-01T00:00:00+00:00");
        json.GetProperty("gives").GetProperty("out").GetInt32().ShouldBe(0);
        json.GetProperty("replyHoursOut").ValueKind.ShouldBe(JsonValueKind.Null);
    }
}
