namespace NetworkGraph.Engine.Introductions;

/// <summary>
/// Who never brokers, and which pairs carry nothing. Immutable: the keeper of profiles and blocks makes a new one when
/// they change. One bit a person; pairs are looked up only for people who have one.
/// </summary>
public sealed class IntroductionConstraints
{
    public static readonly IntroductionConstraints None = new([], []);

    private readonly ulong[] _closed;
    private readonly ulong[] _inBlocks;
    private readonly HashSet<(int Low, int High)> _blocked = [];

    /// <param name="neverBrokers">People who are never brokers; they can still ask, and be asked for.</param>
    /// <param name="blockedPairs">Pairs, in either order, between whom no introduction passes.</param>
    public IntroductionConstraints(IEnumerable<int> neverBrokers, IEnumerable<(int A, int B)> blockedPairs)
    {
        _closed = Bits(neverBrokers);
        foreach (var (a, b) in blockedPairs) _blocked.Add((Math.Min(a, b), Math.Max(a, b)));
        _inBlocks = Bits(_blocked.SelectMany(pair => new[] { pair.Low, pair.High }));
    }

    public bool IsClosed(int person) => Has(_closed, person);

    public bool HasBlocks(int person) => Has(_inBlocks, person);

    public bool IsBlocked(int a, int b) => _blocked.Contains((Math.Min(a, b), Math.Max(a, b)));

    private static bool Has(ulong[] bits, int person)
    {
        var word = person >> 6;
        return word < bits.Length && (bits[word] >> person & 1) != 0;
    }

    private static ulong[] Bits(IEnumerable<int> people)
    {
        var bits = Array.Empty<ulong>();
        foreach (var person in people)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(person, nameof(people));
            if (person >> 6 >= bits.Length) Array.Resize(ref bits, Math.Max((person >> 6) + 1, 2 * bits.Length));
            bits[person >> 6] |= 1UL << person;
        }
        return bits;
    }
}
