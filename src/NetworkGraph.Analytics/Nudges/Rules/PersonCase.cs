using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;
using NetworkGraph.People.Referrals;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>Who is to be nudged, in which network, what is known of them, and whom to leave alone.</summary>
internal sealed class PersonCase(HistoryStore histories, ProfileStore profiles, BoundaryStore boundaries, PeopleOptions options)
{
    public required string Person { get; init; }

    /// <summary>Their number.</summary>
    public required int Self { get; init; }

    public required NetworkSnapshot Snapshot { get; init; }

    public required IReadOnlyList<HabitFinding> Warnings { get; init; }

    /// <summary>Ids of people who persist upon the person unwanted, or the other way round.</summary>
    public required HashSet<string> OffLimits { get; init; }

    public required IReadOnlyList<DormantTie> Dormant { get; init; }

    /// <summary>The referral loops the person has a part in.</summary>
    public required IReadOnlyList<Referral> Referrals { get; init; }

    /// <summary>Who carries no introduction, as far as the person may know.</summary>
    public required IntroductionConstraints Limits { get; init; }

    /// <summary>How likely a hop carries an introduction.</summary>
    public required HopModel Hop { get; init; }

    public HistoryStore Histories => histories;

    public ProfileStore Profiles => profiles;

    public PeopleOptions Options => options;

    public long AsOfMs => Snapshot.AsOfMs;

    // Whom the person has blocked; not who has blocked the person, who must not find out by what is no longer proposed.
    public bool IsOffLimits(string other) => other.Length == 0 || OffLimits.Contains(other) || boundaries.HasBlocked(Person, other);

    public string NameOf(string person) =>
        histories.People.TryGetNumber(person, out var number) && profiles.Of(number)?.Name is { } name ? name : person;

    public string Ago(long atMs) => NudgeText.Ago(atMs, AsOfMs);

    /// <summary>Days since then; 0 for null.</summary>
    public double DaysSince(DateTimeOffset? then) => then is { } at ? (AsOfMs - at.ToUnixTimeMilliseconds()) / TieDecay.DayMs : 0;
}
