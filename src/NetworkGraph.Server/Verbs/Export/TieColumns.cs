using NetworkGraph.People.Measures;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>
/// The fields of a dyad beside the ids of its two people, seen from the first of them: "out" is by <c>person</c>, "in" is
/// by <c>other</c>.
/// </summary>
internal static class TieColumns
{
    public static readonly IReadOnlyList<Column<Tie>> All =
    [
        new("status", ColumnType.Text, "new, burnt, nominal, one-sided, dormant, lapsed, cooling or active", t => t.Status),
        new("relationship", ColumnType.Text, "genuine, one-sided, transactional, superficial, social, family, mentorship or nominal", t =>
            t.Relationship),
        new("strengthOut", ColumnType.Number, "tie strength by person: weights of interactions, halved every half-life", t =>
            t.StrengthOut),
        new("strengthIn", ColumnType.Number, "the same by other", t => t.StrengthIn),
        new("balance", ColumnType.Number, "2 min(out, in) / (out + in) of the contacts' strengths, 0 to 1; none without contacts", t =>
            t.Balance),
        new("persistProbability", ColumnType.Number,
            "that they have another contact within persistWithinDays, 0 to 1; none without contacts", t => t.PersistProbability),
        new("persistWithinDays", ColumnType.Number, "days", t => t.Evidence.PersistWithinDays),
        new("interactions", ColumnType.Count, "of the two, one in both directions counted once", t => t.Evidence.Interactions),
        new("interactionsOut", ColumnType.Count, "by person; one in both directions counts in each", t => t.InteractionsOut),
        new("interactionsIn", ColumnType.Count, "by other", t => t.InteractionsIn),
        new("contactsOut", ColumnType.Count, "contacts by person: message-like interactions that weigh enough between the two", t =>
            t.ContactsOut),
        new("contactsIn", ColumnType.Count, "by other", t => t.ContactsIn),
        new("givesOut", ColumnType.Count, "interactions by which person gave", t => t.Gives.Out),
        new("givesIn", ColumnType.Count, "by which other gave", t => t.Gives.In),
        new("asksOut", ColumnType.Count, "interactions by which person asked", t => t.Asks.Out),
        new("asksIn", ColumnType.Count, "by which other asked", t => t.Asks.In),
        new("firstContact", ColumnType.Time, "of the first contact; none without contacts", t => t.FirstContact),
        new("lastContact", ColumnType.Time, "of the last contact; none without contacts", t => t.LastContact),
        new("lastInteraction", ColumnType.Time, "of the last interaction of any kind", t => t.LastInteraction),
        new("lastOut", ColumnType.Time, "of the last by person; none where there is none", t => t.Evidence.LastOut),
        new("lastIn", ColumnType.Time, "of the last by other; none where there is none", t => t.Evidence.LastIn),
        new("silenceDays", ColumnType.Number, "days since the last contact; none without contacts", t => t.SilenceDays),
        new("rhythmDays", ColumnType.Number, "median of the days between the starts of episodes of contacts; none where "
            + "there is no rhythm yet", t => t.RhythmDays),
        new("episodes", ColumnType.Count, "of contacts: each ends with a pause of three days, or seven days after its start", t =>
            t.Episodes),
        new("oneWay", ColumnType.Flag, "contacts went in one direction only", t => t.OneWay),
        new("turnTaking", ColumnType.Number, "share of changes of direction, 0 to 1; none with fewer than 2 contacts", t => t.TurnTaking),
        new("replyHoursOut", ColumnType.Number, "median hours in which person answers; none where they never did", t => t.ReplyHoursOut),
        new("replyHoursIn", ColumnType.Number, "median hours in which other answers; none where they never did", t => t.ReplyHoursIn),
        new("repliesOut", ColumnType.Count, "answers that replyHoursOut rests on", t => t.Evidence.Replies.Out),
        new("repliesIn", ColumnType.Count, "answers that replyHoursIn rests on", t => t.Evidence.Replies.In),
        new("burnt", ColumnType.Flag, "ended by a decline after a strength of at least 1, and no contact for 30 days since", t =>
            t.Evidence.Burnt),
    ];
}
