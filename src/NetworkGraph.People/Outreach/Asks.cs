using System.Collections.Immutable;
using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Outreach;

/// <summary>What became of an introduction that was asked for: what a model of hops learns from.</summary>
/// <param name="From">Who asked.</param>
/// <param name="Broker">Who was asked.</param>
/// <param name="AskedAtMs">When the broker was asked, Unix ms.</param>
/// <param name="Score">The path's chance when it was proposed.</param>
/// <param name="Worked">Whether the broker accepted or introduced them; no answer within 14 days, or a refusal, is that they did
/// not.</param>
public readonly record struct AskOutcome(string From, string Broker, long AskedAtMs, double Score, bool Worked);

/// <summary>The rules of asks: who sees one, what may follow what, and what their outcomes are.</summary>
public static class Asks
{
    /// <summary>From how many outcomes on a model of hops learns from them.</summary>
    public const int MinOutcomes = 30;

    private const long AnsweredWithinMs = 14 * 86_400_000L;

    /// <summary>Wire names of the states, by number.</summary>
    public static ImmutableArray<string> States { get; } = ["proposed", "asked", "accepted", "introduced", "declined"];

    /// <summary>Whether an ask that is in a state may come into another.</summary>
    public static bool MayFollow(AskState before, AskState after) => (before, after) is
        (AskState.Proposed, AskState.Asked or AskState.Declined) or (AskState.Asked, AskState.Accepted or AskState.Declined)
        or (AskState.Accepted, AskState.Introduced or AskState.Declined);

    /// <summary>
    /// Whether a person sees an ask, all of whose records are given: who asks always, the first broker once it was sent, the others
    /// on the path and the target once the first broker has accepted.
    /// </summary>
    public static bool IsSeenBy(string person, IReadOnlyList<AskChanged> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (records.Count == 0 || !records[0].Names(person)) return false;
        if (records[0].From == person) return true;
        var needed = records[0].Brokers[0] == person ? AskState.Asked : AskState.Accepted;
        return records.Any(record => record.State >= needed && record.State is not AskState.Declined);
    }

    /// <summary>Whether a person may bring an ask into a state: who asks may say all that happened; a broker answers what was sent to
    /// them.</summary>
    public static bool MayChange(string person, AskChanged ask, AskState after)
    {
        ArgumentNullException.ThrowIfNull(ask);
        if (ask.From == person) return true;
        if (ask.Brokers[0] == person) return after is not AskState.Asked;
        return ask.Target == person && after is AskState.Introduced or AskState.Declined;
    }

    /// <summary>
    /// The outcomes known at a date (Unix ms), by when the broker was asked; empty where there are fewer than <see cref="MinOutcomes"/>.
    /// What was asked less than 14 days before and has no answer yet is no outcome.
    /// </summary>
    public static IReadOnlyList<AskOutcome> Outcomes(OutreachStore outreach, long atMs)
    {
        ArgumentNullException.ThrowIfNull(outreach);
        var outcomes = new List<AskOutcome>();
        foreach (var placed in outreach.Asks)
        {
            AskChanged? asked = null, answered = null;
            foreach (var record in placed.Select(record => (AskChanged)record.Record).Where(record => record.AtMs <= atMs))
            {
                if (record.State is AskState.Asked) asked ??= record;
                else if (asked is not null && record.State is not AskState.Proposed) answered ??= record;
            }
            if (asked is null || (answered is null && atMs - asked.AtMs < AnsweredWithinMs)) continue;
            outcomes.Add(new AskOutcome(asked.From, asked.Brokers[0], asked.AtMs, asked.Score,
                answered?.State is AskState.Accepted or AskState.Introduced));
        }
        if (outcomes.Count < MinOutcomes) return [];
        outcomes.Sort((a, b) => a.AskedAtMs != b.AskedAtMs ? a.AskedAtMs.CompareTo(b.AskedAtMs) : string.CompareOrdinal(a.From + a.Broker,
            b.From + b.Broker));
        return outcomes;
    }
}
