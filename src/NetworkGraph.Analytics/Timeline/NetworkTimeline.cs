using NetworkGraph.Engine.Reciprocity;
using NetworkGraph.Engine.Ties;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics.Timeline;

/// <summary>
/// Problem: the network's numbers at many dates, each as a snapshot of that date would give them.
/// Preconditions: dates ascending, at least one.
/// Method: one pass over the histories. A dyad's events are walked once (<see cref="RunningFacts"/>); at each date its
/// status and strengths go into that date's sums. Dyads in parallel, sums added up in a fixed order.
/// Cost: O(events + dyads × dates); 8 bytes a person and thread, nothing a dyad.
/// Source: the definitions of <see cref="TieStatusRule"/> and <see cref="NetworkReciprocity"/>.
/// </summary>
public static class NetworkTimeline
{
    private const int DyadsPerTask = 8192;
    private static readonly int s_statuses = Enum.GetValues<TieStatus>().Length;

    public static TimelinePoint[] Compute(HistoryStore histories, long[] datesMs, PeopleOptions options, CancellationToken cancellation)
    {
        var (dyads, people) = (histories.DyadCount, histories.People.Count);
        var tasks = (dyads + DyadsPerTask - 1) / DyadsPerTask;
        var parts = new Sums[tasks][];
        var firsts = new List<Firsts>();
        Parallel.For(0, tasks,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () =>
            {
                var own = new Walk(new DyadReader(histories), new RunningFacts(options), new Firsts(people, datesMs.Length));
                lock (firsts) firsts.Add(own.Firsts);
                return own;
            },
            (task, _, own) =>
            {
                var sums = NewSums(datesMs.Length);
                var end = Math.Min(dyads, (task + 1) * DyadsPerTask);
                for (var dyad = task * DyadsPerTask; dyad < end; dyad++) Add(histories, dyad, datesMs, options, own, sums);
                parts[task] = sums;
                return own;
            },
            static _ => { });
        return Points(datesMs, parts, Firsts.Earliest(firsts, people, datesMs.Length));
    }

    private static void Add(HistoryStore histories, int dyad, long[] datesMs, PeopleOptions options, Walk own, Sums[] sums)
    {
        var events = own.Reader.Read(dyad, datesMs[^1]);
        if (events.IsEmpty) return;
        var (low, high) = histories.PeopleOf(dyad);
        own.Facts.Begin(options.DecayAt(datesMs[^1]));
        var isTie = histories.Entities.AreRelated(low, high);
        var (known, facts, seen) = (0, default(DyadFacts), false);
        for (var date = 0; date < datesMs.Length; date++)
        {
            var before = known;
            for (; known < events.Length && events[known].AtMs <= datesMs[date]; known++)
            {
                if (events[known].IsFirstOfInteraction) sums[date].NewInteractions++;
                seen |= events[known].Direction is not DyadDirection.Mentioned;
                if (isTie) own.Facts.Add(in events[known]);
            }
            if (known == 0) continue;
            if (known > before)
            {
                if (seen) own.Firsts.See(low, high, date);
                if (isTie) facts = own.Facts.Of(events[..known]);
            }
            if (!isTie || (facts.StrengthOut == 0 && facts.StrengthIn == 0)) continue;
            own.Firsts.Tie(low, high, date);
            sums[date].Add(in facts, TieStatusRule.Of(in facts, datesMs[date], options.Status));
        }
    }

    private static TimelinePoint[] Points(long[] datesMs, Sums[][] parts, Firsts firsts)
    {
        var points = new TimelinePoint[datesMs.Length];
        var (interactions, people, tied) = (0L, 0, 0);
        for (var date = 0; date < datesMs.Length; date++)
        {
            var sum = NewSums(1)[0];
            foreach (var part in parts) sum.Add(in part[date]);
            interactions += sum.NewInteractions;
            people += firsts.SeenAt(date);
            tied += firsts.TiedAt(date);
            var reciprocity = NetworkReciprocity.Of(tied, sum.Ties, sum.Reciprocated, sum.Strength, sum.Returned);
            points[date] = new TimelinePoint
            {
                At = DateTimeOffset.FromUnixTimeMilliseconds(datesMs[date]),
                People = people,
                Interactions = interactions,
                Ties = sum.Ties,
                Dyads = sum.Dyads,
                Statuses = Enum.GetValues<TieStatus>().ToDictionary(TieNames.Of, status => sum.Statuses[(int)status]),
                R = reciprocity.R,
                Rho = reciprocity.Rho,
                Weighted = reciprocity.Weighted,
            };
        }
        return points;
    }

    private static Sums[] NewSums(int dates)
    {
        var sums = new Sums[dates];
        foreach (ref var sum in sums.AsSpan()) sum.Statuses = new long[s_statuses];
        return sums;
    }

    private sealed record Walk(DyadReader Reader, RunningFacts Facts, Firsts Firsts);

    private struct Sums
    {
        public long NewInteractions;
        public long Dyads;
        public long Ties;
        public long Reciprocated;
        public double Strength;
        public double Returned;
        public long[] Statuses;

        public void Add(in DyadFacts facts, TieStatus status)
        {
            Dyads++;
            Statuses[(int)status]++;
            var mutual = facts is { StrengthOut: > 0, StrengthIn: > 0 };
            Ties += mutual ? 2 : 1;
            Reciprocated += mutual ? 2 : 0;
            Strength += facts.StrengthOut + facts.StrengthIn;
            Returned += 2 * Math.Min(facts.StrengthOut, facts.StrengthIn);
        }

        public void Add(in Sums other)
        {
            NewInteractions += other.NewInteractions;
            Dyads += other.Dyads;
            Ties += other.Ties;
            Reciprocated += other.Reciprocated;
            Strength += other.Strength;
            Returned += other.Returned;
            for (var status = 0; status < Statuses.Length; status++) Statuses[status] += other.Statuses[status];
        }
    }

    /// <summary>For everyone the first date by which they had taken part in something, and by which they were tied.</summary>
    private sealed class Firsts
    {
        private readonly int[] _seen;
        private readonly int[] _tied;
        private readonly int[] _seenAt;
        private readonly int[] _tiedAt;

        public Firsts(int people, int dates)
        {
            (_seen, _tied) = (new int[people], new int[people]);
            (_seenAt, _tiedAt) = (new int[dates], new int[dates]);
            Array.Fill(_seen, dates);
            Array.Fill(_tied, dates);
        }

        public int SeenAt(int date) => _seenAt[date];

        public int TiedAt(int date) => _tiedAt[date];

        public void See(int low, int high, int date) => Set(_seen, low, high, date);

        public void Tie(int low, int high, int date) => Set(_tied, low, high, date);

        public static Firsts Earliest(List<Firsts> all, int people, int dates)
        {
            var earliest = new Firsts(people, dates);
            for (var person = 0; person < people; person++)
            {
                foreach (var part in all)
                {
                    earliest._seen[person] = Math.Min(earliest._seen[person], part._seen[person]);
                    earliest._tied[person] = Math.Min(earliest._tied[person], part._tied[person]);
                }
                if (earliest._seen[person] < dates) earliest._seenAt[earliest._seen[person]]++;
                if (earliest._tied[person] < dates) earliest._tiedAt[earliest._tied[person]]++;
            }
            return earliest;
        }

        // People who came after the count began are left for the next one.
        private static void Set(int[] firsts, int low, int high, int date)
        {
            if (low < firsts.Length && date < firsts[low]) firsts[low] = date;
            if (high < firsts.Length && date < firsts[high]) firsts[high] = date;
        }
    }
}
