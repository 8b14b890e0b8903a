using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Habits;

/// <summary>The counts that an archetype or warning rests on, under the names that answers give them.</summary>
internal static class HabitEvidence
{
    private static readonly Dictionary<HabitFact, string> s_names = new()
    {
        [HabitFact.Sent] = "sent",
        [HabitFact.Promotions] = "promotionsAndPitches",
        [HabitFact.Gossips] = "gossip",
        [HabitFact.UnsolicitedAdvice] = "unsolicitedAdvice",
        [HabitFact.Gives] = "gives",
        [HabitFact.UnaskedGives] = "unaskedGives",
        [HabitFact.Asks] = "asks",
        [HabitFact.AsksBeforeGive] = "asksBeforeGive",
        [HabitFact.AsksNewOrUnanswered] = "asksOnNewOrUnansweredTies",
        [HabitFact.AsksAfterSilence] = "asksAfterSilence",
        [HabitFact.TiesAskedFirst] = "tiesAskedFirst",
        [HabitFact.TiesGaveFirst] = "tiesGaveFirst",
        [HabitFact.FirstContacts] = "firstContacts",
        [HabitFact.FirstContactsFollowedUp] = "followedUp",
        [HabitFact.MetAtVenues] = "newPeopleMet",
        [HabitFact.NominalTies] = "nominalTies",
        [HabitFact.TiesAccepted] = "accepted",
        [HabitFact.ReceivedAfterAccept] = "received",
        [HabitFact.AnsweredAfterAccept] = "answered",
        [HabitFact.ColdTies] = "peopleWithoutContactBefore",
        [HabitFact.TiesWritten] = "tiesWithThreeContacts",
        [HabitFact.TiesUnanswered] = "tiesUnanswered",
        [HabitFact.TiesEstablished] = "establishedTies",
        [HabitFact.TiesKeptAlive] = "keptAlive",
        [HabitFact.TiesGoneDormant] = "goneDormant",
        [HabitFact.TiesRevived] = "revived",
        [HabitFact.TiesNurtured] = "nurtured",
        [HabitFact.TiesBurnt] = "tiesBurnt",
        [HabitFact.Connections] = "connections",
    };

    private static readonly HabitFact[][] s_ofArchetypes =
    [
        [HabitFact.FirstContacts, HabitFact.FirstContactsFollowedUp, HabitFact.NominalTies, HabitFact.Connections],
        [HabitFact.Promotions, HabitFact.Sent],
        [HabitFact.Asks, HabitFact.AsksBeforeGive, HabitFact.AsksNewOrUnanswered, HabitFact.Gives, HabitFact.TiesAskedFirst, HabitFact.TiesGaveFirst, HabitFact.Sent],
        [HabitFact.Gossips, HabitFact.Sent],
        [HabitFact.UnsolicitedAdvice, HabitFact.Sent],
        [HabitFact.MetAtVenues],
        [HabitFact.ReceivedAfterAccept, HabitFact.AnsweredAfterAccept, HabitFact.TiesAccepted],
        [HabitFact.AsksAfterSilence],
        [],
        [HabitFact.TiesNurtured, HabitFact.TiesKeptAlive, HabitFact.TiesGoneDormant, HabitFact.TiesRevived, HabitFact.TiesEstablished],
        [HabitFact.Gives, HabitFact.UnaskedGives, HabitFact.TiesGaveFirst, HabitFact.TiesAskedFirst, HabitFact.Sent],
    ];

    public static Dictionary<string, double> Of(ArchetypeKind kind, in HabitCounts counts, in PersonFacts person)
    {
        var evidence = Named(s_ofArchetypes[(int)kind], in counts);
        switch (kind)
        {
            case ArchetypeKind.Wallflower:
                evidence["attendances"] = person.Attendances;
                evidence["venues"] = person.Venues;
                break;
            case ArchetypeKind.CrisisNetworker:
                evidence["asksInBursts"] = person.AsksInBursts;
                evidence["asks"] = ArchetypeRules.AllAsks(in counts);
                break;
            case ArchetypeKind.Connector:
                evidence["introductions"] = person.Introductions;
                evidence["ledToContact"] = person.IntroductionsLed;
                break;
            case ArchetypeKind.Giver:
                evidence["asks"] = ArchetypeRules.AllAsks(in counts);
                break;
        }
        return evidence;
    }

    /// <summary>Whose latest interactions an archetype is shown with: the first of its facts.</summary>
    public static HabitFact ShownBy(ArchetypeKind kind) => kind switch
    {
        ArchetypeKind.Connector => HabitFact.IntroductionsMade,
        _ => s_ofArchetypes[(int)kind][0],
    };

    public static Dictionary<string, double> Of(WarningKind kind, in HabitCounts counts, in PersonFacts person)
    {
        var evidence = Named(
            kind switch
            {
                WarningKind.Spamming => [HabitFact.ColdTies],
                WarningKind.BurningBridges => [HabitFact.TiesBurnt],
                WarningKind.Monologue => [HabitFact.TiesUnanswered, HabitFact.TiesWritten],
                _ => [HabitFact.FirstContacts, HabitFact.FirstContactsFollowedUp],
            },
            in counts);
        if (kind is WarningKind.Spamming) evidence["withinAWeek"] = person.ColdUnanswered;
        return evidence;
    }

    public static HabitFact ShownBy(WarningKind kind) => kind switch
    {
        WarningKind.Spamming => HabitFact.ColdTies,
        WarningKind.Monologue => HabitFact.TiesUnanswered,
        WarningKind.BurningBridges => HabitFact.TiesBurnt,
        _ => HabitFact.FirstContacts,
    };

    public static Dictionary<string, double> Of(WarningKind kind, in TieFacts tie) => kind switch
    {
        WarningKind.Exploitation => new() { ["asks"] = tie.Asks, ["gives"] = tie.Gives, ["sent"] = tie.Sent },
        WarningKind.Transactional => new() { ["transactionsAndAsks"] = tie.Transactional, ["byThisPerson"] = tie.TransactionalOut, ["others"] = tie.Reactions + tie.Other },
        WarningKind.Superficial => new() { ["reactions"] = tie.Reactions, ["byThisPerson"] = tie.ReactionsOut, ["contacts"] = tie.SaidOut + tie.SaidIn },
        WarningKind.PrematurePitch => new() { ["prematurePitchesAndAsks"] = tie.Premature },
        WarningKind.OneWayMentorship => new()
        {
            ["adviceOut"] = tie.AdviceOut,
            ["adviceIn"] = tie.AdviceIn,
            ["adviceBalance"] = DyadMeasures.Balance(tie.AdviceOut, tie.AdviceIn) ?? 0,
            ["messageBalance"] = DyadMeasures.Balance(tie.SaidOut, tie.SaidIn) ?? 0,
        },
        _ => new() { ["attemptsAfterDecline"] = tie.AttemptsAfterDecline, ["unansweredAttempts"] = tie.UnansweredAttempts },
    };

    private static Dictionary<string, double> Named(ReadOnlySpan<HabitFact> facts, in HabitCounts counts)
    {
        var evidence = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var fact in facts) evidence[s_names[fact]] = counts[fact];
        return evidence;
    }
}
