namespace NetworkGraph.People.Habits;

/// <summary>The names under which answers give the sums that archetypes and warnings rest on.</summary>
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

    /// <summary>Those sums by their names.</summary>
    public static Dictionary<string, double> Named(IReadOnlyList<HabitFact> facts, in HabitCounts counts)
    {
        var evidence = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var fact in facts) evidence[s_names[fact]] = counts[fact];
        return evidence;
    }
}
