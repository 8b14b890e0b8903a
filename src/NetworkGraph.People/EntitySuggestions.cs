using System.Globalization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People;

/// <summary>An id that behaves as no person does.</summary>
/// <param name="Id">By which it is known.</param>
/// <param name="Name">Null where none is known.</param>
/// <param name="Entity">What it counts as now.</param>
/// <param name="Suggested">What it may be: list, or bot.</param>
/// <param name="Rule">many-senders or mass-sender.</param>
/// <param name="Evidence">What it rests on, in words.</param>
/// <param name="Senders">Different senders to it in 90 days.</param>
/// <param name="Received">Interactions towards it in 90 days.</param>
/// <param name="Sent">Interactions from it in 90 days.</param>
/// <param name="Recipients">People whom it wrote to alone, in 30 days.</param>
/// <param name="AnsweredShare">The share of them who answered; null where there are none.</param>
public sealed record EntitySuggestion(
    string Id, string? Name, string Entity, string Suggested, string Rule, string Evidence, int Senders, int Received, int Sent,
    int Recipients, double? AnsweredShare);

/// <summary>
/// Suggests by behaviour alone which ids are no person's. It suggests and nothing more: what leaves a measure is for a profile to
/// say, since a person may well be written to by many, or write to many in vain.
/// Cost: reads the dyads of those who have enough of them.
/// </summary>
public sealed class EntitySuggestions(EmbeddedPeople people)
{
    private const int MinSenders = 30;
    private const int MinReceived = 200;
    private const int MinRecipients = 50;
    private const double MaxAnswered = 0.02;
    private static readonly long s_receivedMs = (long)TimeSpan.FromDays(90).TotalMilliseconds;
    private static readonly long s_sentMs = (long)TimeSpan.FromDays(30).TotalMilliseconds;

    /// <summary>
    /// All suggestions at a date (Unix ms), those with the most senders or recipients first, then by id; none for whom a profile
    /// decides.
    /// </summary>
    public IReadOnlyList<EntitySuggestion> Find(long asOfMs, CancellationToken cancellation)
    {
        var histories = people.Histories;
        var reader = new DyadReader(histories);
        var found = new List<EntitySuggestion>();
        for (var number = 0; number < histories.People.Count; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (histories.People.Resolve(number) != number || histories.People.Ids[number].Length == 0) continue;
            if (histories.Entities.IsStated(number) || histories.Entities.Of(number) is not (EntityKind.Person or EntityKind.Role))
                continue;
            if (histories.DyadsOf(number).Take(MinSenders).Count() < MinSenders) continue;
            if (SuggestionFor(number, reader, asOfMs, cancellation) is { } suggestion) found.Add(suggestion);
        }
        return [.. found.OrderByDescending(RankOf).ThenBy(static suggestion => suggestion.Id, StringComparer.Ordinal)];
    }

    /// <summary>By what suggestions are ordered.</summary>
    public static double RankOf(EntitySuggestion suggestion)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        return Math.Max(suggestion.Senders, suggestion.Recipients);
    }

    private EntitySuggestion? SuggestionFor(int number, DyadReader reader, long asOfMs, CancellationToken cancellation)
    {
        int senders = 0, received = 0, sent = 0, recipients = 0, answered = 0;
        foreach (var dyad in people.Histories.DyadsOf(number))
        {
            cancellation.ThrowIfCancellationRequested();
            var (own, opposite) = dyad.SelfIsLow
                ? (DyadDirection.LowToHigh, DyadDirection.HighToLow)
                : (DyadDirection.HighToLow, DyadDirection.LowToHigh);
            var isSender = false;
            long? writtenMs = null;
            var isAnswered = false;
            foreach (ref readonly var happened in reader.Read(dyad.Index, asOfMs))
            {
                if (happened.AtMs > asOfMs - s_receivedMs)
                {
                    if (happened.Direction == opposite) (received, isSender) = (received + 1, true);
                    else if (happened.Direction is not DyadDirection.Mentioned) sent++;
                }
                if (happened.AtMs <= asOfMs - s_sentMs) continue;
                if (happened.Direction == own && happened.Recipients == 1 && happened.Kind.IsMessageLike()) writtenMs ??= happened.AtMs;
                else if (happened.Direction != own && writtenMs is not null && happened.Kind.IsMessageLike()) isAnswered = true;
            }
            if (isSender) senders++;
            if (writtenMs is null) continue;
            recipients++;
            if (isAnswered) answered++;
        }
        double? share = recipients == 0 ? null : (double)answered / recipients;
        if (senders >= MinSenders && received >= MinReceived && sent == 0)
            return Of("list", "many-senders", $"{senders:N0} senders wrote to it {received:N0} times in 90 days, and nothing came from it");
        return recipients >= MinRecipients && share < MaxAnswered
            ? Of("bot", "mass-sender", $"It wrote to {recipients:N0} people one by one in 30 days, and {answered:N0} answered")
            : null;

        EntitySuggestion Of(string suggested, string rule, FormattableString evidence) => new(
            people.Histories.People.Ids[number], people.Profiles.Of(number)?.Name,
            people.Histories.Entities.Of(number).WireName(), suggested, rule,
            evidence.ToString(CultureInfo.InvariantCulture), senders, received, sent, recipients,
            share is { } known ? Math.Round(known, 4) : null);
    }
}
