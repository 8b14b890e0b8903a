using System.Runtime.InteropServices;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics.Huddles;

/// <summary>
/// What each of some people offers, as bits, so that whether two offer the same is a matter of a few instructions: a search
/// asks it of millions of pairs. Offers are the same regardless of case.
/// </summary>
internal sealed class OfferSets
{
    private readonly int _words;
    private readonly ulong[] _bits;

    /// <param name="people">Person numbers; each stands at its place.</param>
    /// <param name="profiles">What they offer.</param>
    public OfferSets(int[] people, ProfileStore profiles)
    {
        var numbers = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var offered = Array.ConvertAll(people, person => (profiles.Of(person)?.Offers ?? []).Select(offer =>
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, offer, out var isKnown);
            if (!isKnown) number = numbers.Count - 1;
            return number;
        }).ToArray());
        _words = (numbers.Count + 63) / 64;
        _bits = new ulong[people.Length * _words];
        for (var place = 0; place < offered.Length; place++)
            foreach (var number in offered[place]) _bits[place * _words + number / 64] |= 1UL << number % 64;
    }

    private OfferSets(int words, ulong[] bits) => (_words, _bits) = (words, bits);

    /// <summary>Whether the people at two places offer anything in common.</summary>
    public bool Overlap(int a, int b)
    {
        for (var word = 0; word < _words; word++)
            if ((_bits[a * _words + word] & _bits[b * _words + word]) != 0) return true;
        return false;
    }

    /// <summary>The same without those at some places, in ascending order; those after them move up.</summary>
    public OfferSets Without(ReadOnlySpan<int> gone)
    {
        var bits = new List<ulong>(_bits.Length);
        var places = _words == 0 ? 0 : _bits.Length / _words;
        for (var (place, next) = (0, 0); place < places; place++)
        {
            if (next < gone.Length && gone[next] == place) next++;
            else bits.AddRange(_bits.AsSpan(place * _words, _words));
        }
        return new OfferSets(_words, [.. bits]);
    }
}
