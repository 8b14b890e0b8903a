using System.Globalization;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Nudges;
using NetworkGraph.People.Preferences;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// Problem: the nudges of a person as that person wants them.
/// Method: what the network suggests (<see cref="NudgeQueries"/>), without those about people the person hides; where the
/// person has a cadence with somebody, losing touch is measured against it instead of the tie's own rhythm; each with what
/// the person has done about it.
/// A cadence is kept while the silence since the last message-like interaction is shorter. Past it the nudge is worth
/// stake × overdue, overdue = 1 − 2^(−silence/cadence): half the stake when it falls due, three quarters at twice that.
/// </summary>
public sealed class PersonalNudges(NudgeQueries nudges, EmbeddedPeople people, NudgeThresholds thresholds, TimeProvider time)
{
    private const double ReplyWithinDays = 2;
    private const double ThankWithinDays = 1;

    /// <summary>All nudges of a person, whatever their state, worth most first; null for an unknown id. Rules counts open ones.</summary>
    public async ValueTask<NudgeList?> NudgesAsync(string person, long? asOfMs, CancellationToken cancellation)
    {
        if (await nudges.NudgesAsync(person, asOfMs, cancellation) is not { } list) return null;
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var about = people.Preferences.About(person);
        var all = list.Items.Where(nudge => !IsHidden(about, nudge.Person) && !(nudge.With is { } with && IsHidden(about, with))).ToList();
        AddLosingTouch(person, about, list.AsOf.ToUnixTimeMilliseconds(), all);
        all.Sort(NudgeQueries.Listed);
        var items = all.ConvertAll(nudge => WithState(person, nudge, nowMs));
        return list with
        {
            Items = items,
            Rules = items.Where(nudge => nudge.State == NudgeIds.NameOf(NudgeState.Open)).CountBy(nudge => nudge.Rule).ToDictionary(
                StringComparer.Ordinal),
        };
    }

    private static bool IsHidden(IReadOnlyDictionary<string, StatedPreference> about, string other) =>
        about.TryGetValue(other, out var stated) && stated.Preference.Hidden;

    private Nudge WithState(string person, Nudge nudge, long nowMs)
    {
        var (state, untilMs) = people.NudgeStates.Of(
            person, [.. people.Aliases.IdsOf(nudge.Person).Select(id => NudgeIds.Of(nudge with { Person = id }))], nudge.Person,
                nudge.Rule, nowMs);
        return nudge with
        {
            State = NudgeIds.NameOf(state),
            Until = untilMs is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
            Name = NameOf(nudge.Person),
            Entity = Profile.EntityOf(
                nudge.Person, people.Histories.People.TryGetNumber(nudge.Person, out var number) ? people.Profiles.Of(number) : null),
            Due = nudge.Due ?? DueOf(nudge),
        };
    }

    private static DateTimeOffset? DueOf(Nudge nudge) => nudge.Rule switch
    {
        NudgeRules.ReplyOwed => nudge.Evidence.Since?.AddDays(ReplyWithinDays),
        NudgeRules.ThankForHelp => nudge.Evidence.Since?.AddDays(ThankWithinDays),
        _ => null,
    };

    private void AddLosingTouch(string person, IReadOnlyDictionary<string, StatedPreference> about, long asOfMs, List<Nudge> all)
    {
        if (about.Count == 0 || !people.Histories.People.TryGetNumber(person, out var self)) return;
        var byTag = people.Preferences.CadencesOf(person);
        var reader = new DyadReader(people.Histories);
        foreach (var (other, stated) in about)
        {
            if (stated.Preference.Hidden || people.Boundaries.HasBlocked(person, other)) continue;
            if (PreferenceStore.CadenceOf(stated.Preference, byTag) is not { } cadenceDays) continue;
            // The cadence decides, not the tie's own rhythm.
            all.RemoveAll(nudge =>
                nudge.Person == other && nudge.Rule is NudgeRules.TieCooling or NudgeRules.DormantTie && nudge.Person == other);
            if (all.Exists(nudge => nudge.Person == other)) continue;
            if (!people.Histories.People.TryGetNumber(other, out var number)) continue;
            var last = people.Histories.Find(self, number) is { } dyad ? LastContact(reader.Read(dyad.Index, asOfMs)) : null;
            var sinceMs = last?.AtMs ?? stated.SinceMs;
            var silenceDays = (asOfMs - sinceMs) / TieDecay.DayMs;
            if (silenceDays < cadenceDays) continue;
            all.Add(LosingTouch(other, last, sinceMs, silenceDays, cadenceDays));
        }
    }

    private Nudge LosingTouch(string other, DyadEvent? last, long sinceMs, double silenceDays, double cadenceDays)
    {
        var overdue = 1 - Math.Pow(2, -silenceDays / cadenceDays);
        var since = DateTimeOffset.FromUnixTimeMilliseconds(sinceMs);
        return new Nudge
        {
            Action = "keep-in-touch",
            Person = other,
            Worth = thresholds.LosingTouchWorth * overdue,
            Rule = NudgeRules.LosingTouch,
            Reason = string.Create(CultureInfo.InvariantCulture,
                $"You want to be in touch with {NameOf(other)} every {Elapsed.Days(cadenceDays)}; ")
                + string.Create(CultureInfo.InvariantCulture, $"it has been {Elapsed.Days(silenceDays)}."),
            Due = since.AddDays(cadenceDays),
            Evidence = new NudgeEvidence
            {
                Parts = new Dictionary<string, double> { ["stake"] = thresholds.LosingTouchWorth, ["overdue"] = overdue },
                Counts = new Dictionary<string, double> { ["silenceDays"] = silenceDays, ["cadenceDays"] = cadenceDays },
                Since = since,
                Positions = last is { } contact ? [contact.Position] : [],
            },
        };
    }

    private static DyadEvent? LastContact(ReadOnlySpan<DyadEvent> events)
    {
        for (var i = events.Length - 1; i >= 0; i--)
            if (events[i].Kind.IsMessageLike()) return events[i];
        return null;
    }

    private string NameOf(string person) =>
        people.Histories.People.TryGetNumber(person, out var number) && people.Profiles.Of(number)?.Name is { } name ? name : person;
}
