using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Huddles;

/// <summary>How likely two people are to be of use to each other, for the pairs where that is above 0.</summary>
/// <param name="Other">Place of the other among the candidates.</param>
/// <param name="Likelihood">In (0,1).</param>
public readonly record struct PairLikelihood(int Other, float Likelihood);

/// <summary>
/// Problem: the expected mutual strength of pairs of people, as a probability: that a favour passes between x and y.
/// Preconditions: every candidate is named once.
/// Method: w(x,y) = 1 − (1 − p(x,y)) · Π_z (1 − δ·p(x,z)·p(z,y)), p the probability of an introduction's hop
/// (1 − exp(−m/κ), 0 without a mutual tie), z their common mutual contacts: the tie that stands carries it, or at least one
/// common contact does. People who are not open to introductions are no such contact, blocked pairs carry nothing, and
/// ways through a contact below 1e-4 are left out. Each row is one walk of two hops from a candidate, rows in parallel.
/// Cost: Σ over candidates of their contacts' mutual contacts, as far as those matter; 4 bytes a person.
/// Source: noisy-or (Pearl, "Probabilistic Reasoning in Intelligent Systems", 1988) over paths of one broker.
/// </summary>
public static class PairLikelihoods
{
    private const double LeastWay = 1e-4;

    /// <summary>By candidate, the pairs above 0 in ascending order of place.</summary>
    /// <param name="snapshot">The network.</param>
    /// <param name="candidates">Person numbers.</param>
    /// <param name="options">κ, δ and who carries nothing.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="threads">0: all processors.</param>
    public static PairLikelihood[][] Compute(
        NetworkSnapshot snapshot, int[] candidates, IntroductionOptions options, CancellationToken cancellation, int threads = 0)
    {
        var placeOf = new int[snapshot.People];
        Array.Fill(placeOf, -1);
        for (var place = 0; place < candidates.Length; place++)
            if (candidates[place] < placeOf.Length) placeOf[candidates[place]] = place;
        var rows = new PairLikelihood[candidates.Length][];
        ParallelBlocks.Run(candidates.Length, 16, threads, () => new Failures(candidates.Length), (from, to, failures) =>
        {
            for (var place = from; place < to; place++)
            {
                cancellation.ThrowIfCancellationRequested();
                Walk(snapshot, candidates[place], placeOf, options, failures, cancellation);
                rows[place] = failures.Take(place);
            }
        }, cancellation);
        return rows;
    }

    private static void Walk(
        NetworkSnapshot snapshot, int person, int[] placeOf, IntroductionOptions options, Failures failures, CancellationToken cancellation)
    {
        var limits = options.Constraints;
        var perKappa = snapshot.StrengthFactor / options.Kappa;
        var row = snapshot.Row(person);
        var contacts = row.Neighbours[..row.MutualCount];
        var mutual = row.Mutual;
        for (var i = 0; i < contacts.Length; i++)
        {
            var contact = contacts[i];
            if (limits.IsBlocked(person, contact)) continue;
            var toContact = Probability(mutual[i], perKappa);
            if (placeOf[contact] >= 0) failures.Add(placeOf[contact], 1 - toContact);
            if (limits.IsClosed(contact) || options.Delta * toContact < LeastWay) continue;
            cancellation.ThrowIfCancellationRequested();
            var further = snapshot.Row(contact);
            var others = further.Neighbours[..further.MutualCount];
            var furtherMutual = further.Mutual;
            for (var j = 0; j < others.Length; j++)
            {
                var way = options.Delta * toContact * Probability(furtherMutual[j], perKappa);
                if (way < LeastWay) break;
                if (others[j] == person || placeOf[others[j]] < 0) continue;
                if (!limits.IsBlocked(contact, others[j])) failures.Add(placeOf[others[j]], 1 - way);
            }
        }
    }

    private static double Probability(float mutual, double perKappa) => -double.ExpM1(-mutual * perKappa);

    /// <summary>The probability by candidate that every way failed so far.</summary>
    private sealed class Failures(int candidates)
    {
        private readonly double[] _failed = new double[candidates];
        private readonly List<int> _touched = [];

        public void Add(int place, double fails)
        {
            if (_failed[place] == 0)
            {
                _failed[place] = 1;
                _touched.Add(place);
            }
            _failed[place] = Math.Max(_failed[place] * fails, double.Epsilon);
        }

        public PairLikelihood[] Take(int own)
        {
            _touched.Sort();
            var row = new List<PairLikelihood>(_touched.Count);
            foreach (var place in _touched)
            {
                if (place != own) row.Add(new PairLikelihood(place, (float)(1 - _failed[place])));
                _failed[place] = 0;
            }
            _touched.Clear();
            return [.. row];
        }
    }
}
