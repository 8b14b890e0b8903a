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
/// (σ(α + β·ln(1+m)), 0 below the least strength), z their common mutual contacts: the tie that stands carries it, or at least one
/// common contact does. People who are not open to introductions are no such contact, blocked pairs carry nothing, and
/// ways through a contact below 1e-4 are left out. Each row is one walk of two hops from a candidate, rows in parallel.
/// Cost: Σ over candidates of their contacts' mutual contacts, as far as those matter; 4 bytes a person.
/// Source: noisy-or (Pearl, "Probabilistic Reasoning in Intelligent Systems", 1988) over paths of one broker.
/// </summary>
public static class PairLikelihoods
{
    private const double MinWay = 1e-4;

    /// <summary>By candidate, the pairs above 0 in ascending order of place.</summary>
    /// <param name="snapshot">The network.</param>
    /// <param name="candidates">Person numbers.</param>
    /// <param name="options">hops, δ and who carries nothing.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="threads">0: all processors.</param>
    /// <param name="hops">The probabilities of hops, kept from one set of candidates to the next; of the same snapshot and model.</param>
    public static PairLikelihood[][] Compute(
        NetworkSnapshot snapshot, int[] candidates, IntroductionOptions options, CancellationToken cancellation, int threads = 0,
            HopProbabilities? hops = null)
    {
        var probabilities = hops ?? new HopProbabilities(snapshot, options.Hop, options.MinStrength);
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
                Walk(snapshot, candidates[place], placeOf, options, probabilities, failures, cancellation);
                rows[place] = failures.Take(place);
            }
        }, cancellation);
        return rows;
    }

    /// <summary>The same without some of the candidates, given by place in ascending order; those after them move up.</summary>
    public static PairLikelihood[][] Without(PairLikelihood[][] likelihoods, ReadOnlySpan<int> gone)
    {
        var placeOf = new int[likelihoods.Length];
        var (next, place) = (0, 0);
        for (var old = 0; old < placeOf.Length; old++)
        {
            var isGone = next < gone.Length && gone[next] == old;
            if (isGone) next++;
            placeOf[old] = isGone ? -1 : place++;
        }
        var rows = new PairLikelihood[place][];
        for (var old = 0; old < placeOf.Length; old++)
            if (placeOf[old] >= 0) rows[placeOf[old]] = Without(likelihoods[old], placeOf);
        return rows;
    }

    private static PairLikelihood[] Without(PairLikelihood[] row, int[] placeOf)
    {
        var left = 0;
        foreach (var pair in row) left += placeOf[pair.Other] >= 0 ? 1 : 0;
        var pairs = new PairLikelihood[left];
        var at = 0;
        foreach (var pair in row)
            if (placeOf[pair.Other] >= 0) pairs[at++] = pair with { Other = placeOf[pair.Other] };
        return pairs;
    }

    private static void Walk(
        NetworkSnapshot snapshot, int person, int[] placeOf, IntroductionOptions options, HopProbabilities hops, Failures failures,
            CancellationToken cancellation)
    {
        var limits = options.Constraints;
        var row = snapshot.Row(person);
        var contacts = row.Neighbours[..row.MutualCount];
        var toContacts = hops.Of(person);
        for (var i = 0; i < contacts.Length; i++)
        {
            var contact = contacts[i];
            if (limits.IsBlocked(person, contact)) continue;
            var toContact = toContacts[i];
            if (toContact == 0) continue;
            if (placeOf[contact] >= 0) failures.Add(placeOf[contact], 1 - toContact);
            if (limits.IsClosed(contact) || options.Delta * toContact < MinWay) continue;
            cancellation.ThrowIfCancellationRequested();
            var further = snapshot.Row(contact);
            var others = further.Neighbours[..further.MutualCount];
            var furtherHops = hops.Of(contact);
            var mayBeBlocked = limits.HasBlocks(contact);
            for (var j = 0; j < others.Length; j++)
            {
                if (furtherHops[j] == 0) continue;
                var way = options.Delta * toContact * furtherHops[j];
                if (way < MinWay) break;
                if (others[j] == person || placeOf[others[j]] < 0) continue;
                if (!mayBeBlocked || !limits.IsBlocked(contact, others[j])) failures.Add(placeOf[others[j]], 1 - way);
            }
        }
    }

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
