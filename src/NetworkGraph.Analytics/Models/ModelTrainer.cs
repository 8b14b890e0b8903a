using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Learning;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics.Models;

/// <summary>What learning begins with, and stays near where there is little to go by.</summary>
/// <param name="Persistence">Weights of <see cref="TieFeatures"/>.</param>
/// <param name="Answer">The same for dormant ties.</param>
/// <param name="Hop">α and β.</param>
/// <param name="Connection">Weights of <see cref="LikelyToConnect"/>.</param>
public sealed record Priors(IReadOnlyList<double> Persistence, IReadOnlyList<double> Answer, HopModel Hop, IReadOnlyList<double> Connection)
{
    /// <summary>Those that are shipped.</summary>
    public static Priors Shipped { get; } = new(ModelPriors.Persistence, ModelPriors.Answer, ModelPriors.Hop, LikelyToConnect.Prior);
}

/// <summary>
/// Problem: which models fit what happened in a network before a date?
/// Method: cut-offs at the date less 1, 1.5, 2 and 2.5 windows, none in the first 15 % of the history; at each what was known then
/// is held against what followed within the window, which ends before the date; later cut-offs count more (× 0.6 each). Ridge
/// logistic regression (<see cref="RidgeLogistic"/>) towards the priors, and, of P(persist), a mixture with the prior of 0.25, 0.5
/// and 1 for 1, 2 and 3 cut-offs or more. New ties from half a year of history on, at one cut-off, their own window before the date.
/// Properties: a function of the histories up to the position, and of the date; nothing that happened on the date or later is looked
/// at. The same bits on every node.
/// Cost: a snapshot for each of nine cut-offs (one look at every event each), and a few Newton steps on at most
/// <see cref="MostRows"/> rows; one thread but for the snapshots.
/// </summary>
public sealed class ModelTrainer(HistoryStore histories, PeopleOptions options, Priors priors)
{
    /// <summary>Rows that one model is fitted on at most.</summary>
    public const int MostRows = 40_000;

    private const double FirstShare = 0.15;
    private const double OlderCounts = 0.6;
    private const double Pull = 10;
    private const double PullOfConstant = 0.1;
    private const int MinRows = 200;
    private const int MinDormant = 50;
    private const int MinEach = 10;
    private const double MinDaysOfConnections = 2 * LikelyToConnect.WindowDays;
    private const int MostSendsOfDyad = 40;
    private static readonly double[] s_windows = [1, 1.5, 2, 2.5];

    /// <summary>
    /// The models at a grid date (Unix ms) that there is evidence for, as records of now; none where the history before it is
    /// too short. <paramref name="position"/> is what of the log is known.
    /// </summary>
    public IReadOnlyList<ModelTrained> Train(long gridMs, long position, long nowMs, CancellationToken cancellation)
    {
        if (histories.Dates.HistoryDays(gridMs - 1) is not { } days || days < TieForecast.MinHistoryDays) return [];
        var trained = new List<ModelTrained>();
        var window = TieForecast.WindowOf(days);
        var interactions = histories.Dates.CountBefore(gridMs);
        NetworkSnapshot? beforePairs = null;
        var beforePairsMs = gridMs - (long)(LikelyToConnect.WindowDays * TieDecay.DayMs);
        var ties = new Rows(TieFeatures.Count);
        var cutOffs = CutOffs(gridMs, days, window);
        foreach (var (cutMs, counts) in cutOffs)
        {
            var snapshot = SnapshotAt(cutMs, position, cancellation);
            if (cutMs == beforePairsMs) beforePairs = snapshot;
            AddTies(snapshot, cutMs, window, position, counts, MostRows / cutOffs.Count, ties, cancellation);
        }
        var share = cutOffs.Count switch { 0 => 0, 1 => 0.25, 2 => 0.5, _ => 1.0 };
        if (ties.IsEnough(MinRows, MinEach))
            Add(ModelKind.Persistence, window, ties.Count, Mix(Fit(ties, priors.Persistence), priors.Persistence, share));
        if (days >= MinDaysOfConnections)
        {
            var pairs = Connections(beforePairs ?? SnapshotAt(beforePairsMs, position, cancellation), position, cancellation);
            if (pairs.IsEnough(MinRows, 2 * MinEach))
                Add(ModelKind.Connection, (int)LikelyToConnect.WindowDays, pairs.Count, FitConnections(pairs));
        }
        if (Dormant(gridMs, days, position, cancellation) is { } dormant && dormant.IsEnough(MinDormant, MinEach))
            Add(ModelKind.Answer, AnswerWithin(days), dormant.Count, Fit(dormant, priors.Answer));
        if (FitHop(gridMs, position, cancellation) is { } hop)
            Add(ModelKind.Hop, (int)options.AnsweredWithinDays, hop.Rows, [hop.Alpha, hop.Beta, hop.HalfLife]);
        return trained;

        void Add(ModelKind kind, int windowDays, int rows, double[] parameters) => trained.Add(new ModelTrained
        {
            Kind = kind,
            GridMs = gridMs,
            AtMs = nowMs,
            Position = position,
            Interactions = interactions,
            WindowDays = windowDays,
            Rows = rows,
            Parameters = parameters,
        });
    }

    /// <summary>
    /// The span, days, in which a dormant tie comes back or not, after so many days of history: it takes eight months until there
    /// are any.
    /// </summary>
    public static int AnswerWithin(double historyDays) => (int)Math.Clamp((historyDays - 240) / 3, 30, 365);

    /// <summary>What is known at a date of all ties with contacts, at most so many, and what followed.</summary>
    public Rows TiesAt(long cutMs, double windowDays, long position, int most, CancellationToken cancellation)
    {
        var rows = new Rows(TieFeatures.Count);
        AddTies(SnapshotAt(cutMs, position, cancellation), cutMs, windowDays, position, 1, most, rows, cancellation);
        return rows;
    }

    /// <summary>The same of the ties that are dormant then.</summary>
    public Rows DormantAt(long cutMs, double windowDays, long position, CancellationToken cancellation)
    {
        var rows = new Rows(TieFeatures.Count);
        AddDormant(SnapshotAt(cutMs, position, cancellation), cutMs, windowDays, position, 1, rows, cancellation);
        return rows;
    }

    /// <summary>
    /// Pairs of people active at a snapshot's date without a tie, and whether they had contacts both ways within the window.
    /// </summary>
    public Rows Connections(NetworkSnapshot snapshot, long position, CancellationToken cancellation)
    {
        var rows = new Rows(LikelyToConnect.Count);
        var untilMs = snapshot.AsOfMs + (long)(LikelyToConnect.WindowDays * TieDecay.DayMs);
        var reader = new DyadReader(histories);
        Span<double> features = stackalloc double[LikelyToConnect.Count];
        var met = new HashSet<(int, int)>();
        for (var dyad = 0; dyad < histories.DyadCount; dyad++)
        {
            if (dyad % 4096 == 0) cancellation.ThrowIfCancellationRequested();
            var (low, high) = histories.PeopleOf(dyad);
            if (!IsActive(snapshot, low) || !IsActive(snapshot, high) || snapshot.Row(low).IndexOf(high) >= 0) continue;
            if (!histories.Entities.AreRelated(low, high) || !IsMutual(reader.Read(dyad, untilMs - 1, position))) continue;
            met.Add((low, high));
            if (rows.Count >= MostRows / 4 || !LikelyToConnect.Features(snapshot, low, high, features)) continue;
            rows.Add(features, true, 1);
        }
        int[] people = [.. Enumerable.Range(0, snapshot.People).Where(person => IsActive(snapshot, person))];
        var pairs = (long)people.Length * (people.Length - 1) / 2 - met.Count - snapshot.Entries / 2;
        if (people.Length < 2 || pairs <= 0) return rows;
        var tries = (int)Math.Min(MostRows / 2, pairs);
        var random = new SplitMix(1);
        for (var i = 0; i < tries; i++)
        {
            var (one, other) = (people[random.Below(people.Length)], people[random.Below(people.Length)]);
            if (met.Contains((Math.Min(one, other), Math.Max(one, other)))) continue;
            if (!LikelyToConnect.Features(snapshot, one, other, features)) continue;
            rows.Add(features, false, (double)pairs / tries);
        }
        return rows;
    }

    /// <summary>The network at a date, as answers of that date see it, whatever was learned.</summary>
    public NetworkSnapshot SnapshotAt(long atMs, long position, CancellationToken cancellation) =>
        SnapshotAssembly.Collect(histories, options, options.DecayFor(atMs), atMs, position, null, cancellation).Build(atMs);

    /// <summary>Ridge regression towards weights of <see cref="TieFeatures"/>.</summary>
    public static double[] Fit(Rows rows, IReadOnlyList<double> prior, double pull = Pull)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var pulls = Enumerable.Repeat(pull, rows.Features).ToArray();
        pulls[0] = PullOfConstant;
        return RidgeLogistic.Fit(rows.All, rows.Labels, rows.Weights, [.. prior], pulls, [.. TieFeatures.Lower], [.. TieFeatures.Upper]);
    }

    /// <summary>The same towards weights of <see cref="LikelyToConnect"/>, none of which but the constant is below 0.</summary>
    public double[] FitConnections(Rows rows, double pull = Pull)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return RidgeLogistic.Fit(rows.All, rows.Labels, rows.Weights, [.. priors.Connection], [PullOfConstant, pull, pull, pull],
            [double.NegativeInfinity, 0, 0, 0], [.. Enumerable.Repeat(double.PositiveInfinity, 4)]);
    }

    /// <summary>
    /// The hop's model at a date: of a sample of dyads, which contacts of the year before it, over ties that carry introductions,
    /// were answered in time, by ln(1 + m) at each half-life; the half-life that fits best. Null where there is too little.
    /// </summary>
    public (double Alpha, double Beta, double HalfLife, int Rows)? FitHop(long gridMs, long position, CancellationToken cancellation) =>
        SendsBetween(gridMs - (long)(365 * TieDecay.DayMs), gridMs, position, cancellation).Fit(priors.Hop, MinRows, MinEach);

    /// <summary>Of a sample of dyads, the contacts from a date on whose time to be answered ends before another; Unix ms.</summary>
    public HopSends SendsBetween(long fromMs, long gridMs, long position, CancellationToken cancellation)
    {
        var sends = new HopSends(options);
        var toMs = gridMs - (long)(options.AnsweredWithinDays * TieDecay.DayMs);
        var reader = new DyadReader(histories);
        var dyads = histories.DyadCount;
        var rate = Math.Min(1, (double)MostRows / Math.Max(1, dyads));
        for (var dyad = 0; dyad < dyads && sends.Count < MostRows; dyad++)
        {
            if (dyad % 4096 == 0) cancellation.ThrowIfCancellationRequested();
            if (!SplitMix.IsChosen(dyad, rate)) continue;
            var (low, high) = histories.PeopleOf(dyad);
            if (low == high || !histories.Entities.AreRelated(low, high)) continue;
            sends.Add(reader.Read(dyad, gridMs - 1, position), fromMs, toMs, MostSendsOfDyad);
        }
        return sends;
    }

    private static double[] Mix(double[] learned, IReadOnlyList<double> prior, double share)
    {
        var mixed = new double[learned.Length];
        for (var j = 0; j < mixed.Length; j++) mixed[j] = share * learned[j] + (1 - share) * prior[j];
        return mixed;
    }

    private static List<(long CutMs, double Counts)> CutOffs(long gridMs, double historyDays, double windowDays)
    {
        var cutOffs = new List<(long, double)>();
        var counts = 1.0;
        foreach (var windows in s_windows)
        {
            if (windows * windowDays > (1 - FirstShare) * historyDays) break;
            cutOffs.Add((gridMs - (long)(windows * windowDays * TieDecay.DayMs), counts));
            counts *= OlderCounts;
        }
        return cutOffs;
    }

    private void AddTies(
        NetworkSnapshot snapshot, long cutMs, double windowDays, long position, double counts, int most, Rows rows,
            CancellationToken cancellation)
    {
        var rate = Math.Min(1, most / Math.Max(1, snapshot.Entries / 2.0));
        var chosen = new List<(int Low, int High, int Dyad)>();
        for (var dyad = 0; dyad < histories.DyadCount; dyad++)
        {
            if (!SplitMix.IsChosen(dyad, rate)) continue;
            var (low, high) = histories.PeopleOf(dyad);
            if (low != high && high < snapshot.People) chosen.Add((low, high, dyad));
        }
        AddRows(snapshot, chosen, cutMs, windowDays, windowDays, position, counts, rows, cancellation);
    }

    private Rows? Dormant(long gridMs, double historyDays, long position, CancellationToken cancellation)
    {
        var rows = new Rows(TieFeatures.Count);
        var window = AnswerWithin(historyDays);
        foreach (var (cutMs, counts) in CutOffs(gridMs, historyDays, window))
            AddDormant(SnapshotAt(cutMs, position, cancellation), cutMs, window, position, counts, rows, cancellation);
        return rows.Count > 0 ? rows : null;
    }

    private void AddDormant(
        NetworkSnapshot snapshot, long cutMs, double windowDays, long position, double counts, Rows rows, CancellationToken cancellation)
    {
        var chosen = new List<(int Low, int High, int Dyad)>();
        for (var person = 0; person < snapshot.People; person++)
        {
            var row = snapshot.Row(person);
            for (var entry = 0; entry < row.MutualCount; entry++)
            {
                var other = row.Neighbours[entry];
                if (other <= person || TieStatusRule.Of(row.FactsAt(entry), cutMs, options.Status) is not TieStatus.Dormant) continue;
                if (histories.Find(person, other) is { } dyad) chosen.Add((person, other, dyad.Index));
            }
        }
        AddRows(snapshot, chosen, cutMs, windowDays, TieFeatures.ScaleDays, position, counts, rows, cancellation);
    }

    /// <summary>
    /// One row a dyad with contacts at the cut-off; one person's ties after the other's, so that contacts are marked once.
    /// </summary>
    private void AddRows(
        NetworkSnapshot snapshot, List<(int Low, int High, int Dyad)> chosen, long cutMs, double windowDays, double scaleDays,
            long position,
        double counts, Rows rows, CancellationToken cancellation)
    {
        chosen.Sort();
        var contexts = new TieContexts(snapshot);
        var reader = new DyadReader(histories);
        var untilMs = cutMs + (long)(windowDays * TieDecay.DayMs);
        Span<double> features = stackalloc double[TieFeatures.Count];
        var weights = options.WeightTable;
        foreach (var (low, high, dyad) in chosen)
        {
            cancellation.ThrowIfCancellationRequested();
            if (snapshot.Row(low).IndexOf(high) < 0) continue;
            // The window ends before the grid date: what happens on it belongs to the future.
            var events = reader.Read(dyad, untilMs - 1, position);
            int known = 0, contacts = 0;
            for (; known < events.Length && events[known].AtMs <= cutMs; known++)
                if (weights.IsContact(in events[known])) contacts++;
            if (contacts == 0) continue;
            TieFeatures.Fill(events[..known], cutMs, scaleDays, contexts.Of(low, high), weights, features);
            var follows = false;
            for (var i = known; i < events.Length && !follows; i++) follows = weights.IsContact(in events[i]);
            rows.Add(features, follows, counts);
        }
    }

    private bool IsMutual(ReadOnlySpan<DyadEvent> events)
    {
        bool up = false, down = false;
        foreach (ref readonly var happened in events)
        {
            if (!options.WeightTable.IsContact(in happened)) continue;
            up |= happened.Direction is not DyadDirection.HighToLow;
            down |= happened.Direction is not DyadDirection.LowToHigh;
        }
        return up && down;
    }

    private static bool IsActive(NetworkSnapshot snapshot, int person) => snapshot.Row(person).Count > 0;
}
