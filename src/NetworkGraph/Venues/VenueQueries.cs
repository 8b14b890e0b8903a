using System.Runtime.CompilerServices;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Statistics;
using NetworkGraph.FollowUps;
using NetworkGraph.Histories;
using NetworkGraph.Measures;
using NetworkGraph.Network;

namespace NetworkGraph.Venues;

/// <summary>A venue, or the name that no venue has.</summary>
public readonly record struct VenueOutcome(VenueAnswer? Answer, string? Unknown);

/// <summary>
/// What comes of venues. Reads only the dyads that had something at a venue. The survey of all venues is made once for each
/// date asked for and kept until the next snapshot is published. Dates are Unix ms.
/// </summary>
public sealed class VenueQueries(HistoryStore histories, LiveNetwork network, MeasureOptions options)
{
    /// <summary>Of a group of fewer people nothing is told.</summary>
    public const int LeastPeople = 5;

    private const int DatesKept = 4;
    private readonly ConditionalWeakTable<NetworkSnapshot, Surveys> _surveys = [];

    /// <summary>All venues at which something happened by then, by name.</summary>
    public async ValueTask<IReadOnlyList<VenueSummary>> AllAsync(long asOfMs, CancellationToken cancellation) =>
        await SurveyAsync(asOfMs, cancellation);

    /// <summary>One venue in full, compared with another one or (where none is named) with all others taken together.</summary>
    public async ValueTask<VenueOutcome> OfAsync(string name, string? with, long asOfMs, CancellationToken cancellation)
    {
        if (!histories.Venues.TryGetNumber(name, out var venue)) return new VenueOutcome(null, name);
        if (with is not null && !histories.Venues.TryGetNumber(with, out _)) return new VenueOutcome(null, with);
        var figures = Figure(venue, asOfMs, cancellation);
        var summary = Summary(name, figures);
        var answer = new VenueAnswer(summary, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs));
        if (summary.Suppressed) return new VenueOutcome(answer, null);
        var others = (await SurveyAsync(asOfMs, cancellation)).Where(o => o.Venue != name && !o.Suppressed && (with is null || o.Venue == with)).ToList();
        answer = answer with
        {
            States = figures.Contacts.Rates.ByState(),
            FollowUpCurve = Curve(figures),
            Worth = Worth(figures),
            Comparison = Compare(summary, others, with),
        };
        return new VenueOutcome(answer, null);
    }

    private Task<List<VenueSummary>> SurveyAsync(long asOfMs, CancellationToken cancellation) =>
        _surveys.GetValue(network.Current.Snapshot, static _ => new Surveys()).At(asOfMs, () => Survey(asOfMs)).WaitAsync(cancellation);

    private List<VenueSummary> Survey(long asOfMs)
    {
        var surveyed = new List<VenueSummary>();
        for (var venue = 0; venue < histories.Venues.Count; venue++)
        {
            var name = histories.Venues.NameOf(venue);
            if (name.Length == 0) continue;
            var figures = Figure(venue, asOfMs, CancellationToken.None);
            if (figures.People > 0) surveyed.Add(Summary(name, figures));
        }
        surveyed.Sort(static (a, b) => string.CompareOrdinal(a.Venue, b.Venue));
        return surveyed;
    }

    private VenueFigures Figure(int venue, long asOfMs, CancellationToken cancellation)
    {
        var here = new HashSet<uint>();
        var dyads = new HashSet<int>();
        foreach (var happened in histories.Venues.EventsAt(venue))
        {
            here.Add(happened.Position);
            dyads.Add(happened.Dyad);
        }
        var figures = new VenueFigures(venue, histories, asOfMs, options);
        var reader = new DyadReader(histories);
        foreach (var dyad in dyads)
        {
            cancellation.ThrowIfCancellationRequested();
            figures.Add(dyad, reader.Read(dyad, asOfMs), here);
        }
        return figures;
    }

    private VenueSummary Summary(string name, VenueFigures figures)
    {
        if (figures.People < LeastPeople) return new VenueSummary { Venue = name, Suppressed = true };
        var verdict = Verdict(figures).Verdict;
        return new VenueSummary
        {
            Venue = name,
            Suppressed = false,
            People = figures.People,
            Attendances = figures.Attendances,
            Days = figures.Days,
            FirstSeen = At(figures.FirstMs),
            LastSeen = At(figures.LastMs),
            FirstContacts = figures.Contacts.Rates.FirstContacts,
            NewPeoplePerAttendee = 2.0 * figures.Contacts.Rates.FirstContacts / figures.People,
            RateWithin24h = figures.Contacts.Rates.RateWithin24h,
            RateWithin48h = figures.Contacts.Rates.RateWithin48h,
            Within24h = figures.Contacts.Rates.ShareWithin24h,
            Within48h = figures.Contacts.Rates.ShareWithin48h,
            FollowedUp = figures.Contacts.FollowedUp,
            FollowedUpElsewhere = figures.Contacts.FollowedUpElsewhere,
            StillReciprocated = figures.Contacts.StillReciprocated,
            MedianTieStrength = figures.MedianStrength(),
            HelpGiven = figures.HelpGiven,
            Verdict = verdict,
            Graveyard = verdict == VenueVerdicts.Graveyard,
        };
    }

    private static FollowUpCurve Curve(VenueFigures figures)
    {
        var curve = figures.Curve();
        var steps = new List<FollowUpStep>();
        for (var i = 0; i < curve.Count; i++)
        {
            if (i + 1 < curve.Count && Math.Floor(curve[i + 1].Time) == Math.Floor(curve[i].Time)) continue;
            var step = curve[i];
            steps.Add(new FollowUpStep(step.Time, step.AtRisk, step.Survival, Known(step.Low), Known(step.High)));
        }
        return new FollowUpCurve
        {
            Contacts = figures.Contacts.Rates.FirstContacts,
            Pending = figures.Contacts.Rates.Of(FollowUpState.Due) + figures.Contacts.Rates.Of(FollowUpState.Overdue),
            MedianHours = KaplanMeier.Median(curve),
            Steps = steps,
        };
    }

    private (string Verdict, string Reason) Verdict(VenueFigures figures) => VenueVerdicts.Of(
        figures.People, figures.Contacts.FollowedUpElsewhere, figures.Contacts.StillReciprocated, figures.IsSeenElsewhere(LeastPeople), options.Venues);

    private VenueWorth Worth(VenueFigures figures)
    {
        var thresholds = options.Venues;
        var (verdict, reason) = Verdict(figures);
        return new VenueWorth
        {
            Verdict = verdict,
            Reason = reason,
            Parts =
            [
                Part("followedUpElsewhere", figures.Contacts.FollowedUpElsewhere, thresholds.GraveyardFollowedUpBelow, thresholds.FruitfulFollowedUpFrom),
                Part("stillReciprocated", figures.Contacts.StillReciprocated, thresholds.GraveyardLastingBelow, thresholds.FruitfulLastingFrom),
            ],
        };
    }

    private static VenuePart Part(string part, Proportion share, double graveyardBelow, double fruitfulFrom) => new()
    {
        Part = part,
        Share = share,
        GraveyardBelow = graveyardBelow,
        FruitfulFrom = fruitfulFrom,
        SpeaksFor = share.High < graveyardBelow ? VenueVerdicts.Graveyard : share.Low >= fruitfulFrom ? VenueVerdicts.Fruitful : "neither",
    };

    private static VenueComparison? Compare(VenueSummary self, List<VenueSummary> others, string? with)
    {
        if (others.Count == 0) return null;
        return new VenueComparison
        {
            With = with,
            Venues = others.Count,
            Items =
            [
                Differ("within24h", self, others, static o => o.Within24h!),
                Differ("within48h", self, others, static o => o.Within48h!),
                Differ("followedUp", self, others, static o => o.FollowedUp!),
                Differ("followedUpElsewhere", self, others, static o => o.FollowedUpElsewhere!),
                Differ("stillReciprocated", self, others, static o => o.StillReciprocated!),
            ],
        };
    }

    private static VenueDifference Differ(string measure, VenueSummary self, List<VenueSummary> others, Func<VenueSummary, Proportion> share)
    {
        var own = share(self);
        var other = Proportion.Share(others.Sum(o => share(o).Count), others.Sum(o => share(o).Of));
        Interval? bounds = own.Of > 0 && other.Of > 0 ? NewcombeDifference.Of(own.Count, own.Of, other.Count, other.Of) : null;
        return new VenueDifference
        {
            Measure = measure,
            Own = own,
            Other = other,
            Difference = own.Value - other.Value,
            Low = bounds?.Low,
            High = bounds?.High,
            Standing = bounds?.Low > 0 ? "clearly-higher" : bounds?.High < 0 ? "clearly-lower" : "not-clear",
        };
    }

    private static double? Known(double bound) => double.IsNaN(bound) ? null : bound;

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>The surveys made while one snapshot is current. Those who ask for one date at once share one survey.</summary>
    private sealed class Surveys
    {
        private readonly Lock _gate = new();
        private readonly List<(long AsOfMs, Task<List<VenueSummary>> Survey)> _recent = [];

        public Task<List<VenueSummary>> At(long asOfMs, Func<List<VenueSummary>> make)
        {
            lock (_gate)
            {
                var known = _recent.FindIndex(r => r.AsOfMs == asOfMs && !r.Survey.IsFaulted);
                if (known >= 0) return _recent[known].Survey;
                if (_recent.Count == DatesKept) _recent.RemoveAt(0);
                var survey = Task.Run(make);
                _recent.Add((asOfMs, survey));
                return survey;
            }
        }
    }
}
