using NetworkGraph.Engine.Statistics;
using NetworkGraph.People;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Venues;

namespace NetworkGraph.Analytics.Venues;

/// <summary>A venue, or the name that no venue has.</summary>
public readonly record struct VenueOutcome(VenueAnswer? Answer, string? Unknown);

/// <summary>
/// What comes of venues. Reads only the dyads that had something at a venue. The survey of all venues is made once for each
/// date asked for and kept while nothing is recorded. Dates are Unix ms.
/// </summary>
public sealed class VenueQueries(HistoryStore histories, LiveNetwork network, PeopleOptions options)
{
    /// <summary>Of a group of fewer people nothing is disclosed.</summary>
    public const int MinPeople = 5;

    private const int DatesKept = 4;
    private const int MaxMinutesBefore = 10;
    private readonly Lock _gate = new();
    private readonly List<KeptSurvey> _surveys = [];

    /// <summary>
    /// The date of what is said of venues where none is asked for: that of the current snapshot; of a large network in
    /// which nothing was recorded since, that of the survey made last, if it is a few minutes old at most.
    /// </summary>
    public long CurrentAsOfMs
    {
        get
        {
            var view = network.Current;
            if (!network.IsLarge) return view.Snapshot.AsOfMs;
            lock (_gate)
            {
                var earliestMs = view.Snapshot.AsOfMs - MaxMinutesBefore * 60_000L;
                var known = _surveys.FindLastIndex(s => s.AsOfMs >= earliestMs && s.AsOfMs <= view.Snapshot.AsOfMs && IsOf(s, view));
                return known < 0 ? view.Snapshot.AsOfMs : _surveys[known].AsOfMs;
            }
        }
    }

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
        var others = (await SurveyAsync(asOfMs, cancellation)).Where(
            o => o.Venue != name && !o.Suppressed && (with is null || o.Venue == with)).ToList();
        answer = answer with
        {
            States = figures.Contacts.Rates.ByState(),
            FollowUpCurve = Curve(figures),
            Worth = Worth(figures),
            Comparison = Compare(summary, others, with),
        };
        return new VenueOutcome(answer, null);
    }

    /// <summary>Those who ask for one date at once share one survey.</summary>
    private Task<List<VenueSummary>> SurveyAsync(long asOfMs, CancellationToken cancellation)
    {
        var view = network.Current;
        lock (_gate)
        {
            _surveys.RemoveAll(s => !IsOf(s, view));
            var known = _surveys.FindIndex(s => s.AsOfMs == asOfMs && !s.Survey.IsFaulted);
            if (known < 0)
            {
                if (_surveys.Count == DatesKept) _surveys.RemoveAt(0);
                known = _surveys.Count;
                _surveys.Add(new KeptSurvey(asOfMs, view.Position, network.Builds, Task.Run(() => Survey(asOfMs))));
            }
            return _surveys[known].Survey.WaitAsync(cancellation);
        }
    }

    private bool IsOf(KeptSurvey survey, NetworkView view) => survey.Position == view.Position && survey.Builds == network.Builds;

    private List<VenueSummary> Survey(long asOfMs)
    {
        var summaries = new VenueSummary?[histories.Venues.Count];
        Parallel.For(0, summaries.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, venue =>
        {
            var name = histories.Venues.NameOf(venue);
            if (name.Length == 0) return;
            var figures = Figure(venue, asOfMs, CancellationToken.None);
            if (figures.People > 0) summaries[venue] = Summary(name, figures);
        });
        var surveyed = summaries.OfType<VenueSummary>().ToList();
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
            if (histories.Aliases.Resolve(happened.Dyad) is { } dyad) dyads.Add(dyad);
        }
        var figures = new VenueFigures(venue, histories, asOfMs, options.VenueSettings());
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
        if (figures.People < MinPeople) return new VenueSummary { Venue = name, Suppressed = true };
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
            RateWithin24h = figures.Contacts.Rates.ShareWithin24h.Value,
            RateWithin48h = figures.Contacts.Rates.ShareWithin48h.Value,
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
        figures.People, figures.Contacts.FollowedUpElsewhere, figures.Contacts.StillReciprocated, figures.IsSeenElsewhere(MinPeople),
            options.Venues);

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
                Part("followedUpElsewhere", figures.Contacts.FollowedUpElsewhere, thresholds.GraveyardFollowedUpBelow,
                    thresholds.FruitfulFollowedUpFrom),
                Part("stillReciprocated", figures.Contacts.StillReciprocated, thresholds.GraveyardLastingBelow,
                    thresholds.FruitfulLastingFrom),
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

    private static VenueDifference Differ(
        string measure, VenueSummary self, List<VenueSummary> others, Func<VenueSummary, Proportion> share)
    {
        var own = share(self);
        var other = Proportion.Together([.. others.Select(share)]);
        Interval? bounds = own is { Value: { } one, Low: { } low, High: { } high }
            && other is { Value: { } two, Low: { } otherLow, High: { } otherHigh }
            ? NewcombeDifference.Of(one, new Interval(low, high), two, new Interval(otherLow, otherHigh))
            : null;
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

    private sealed record KeptSurvey(long AsOfMs, long Position, long Builds, Task<List<VenueSummary>> Survey);
}
