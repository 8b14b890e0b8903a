namespace NetworkGraph.Importers.Imports;

/// <summary>Something that was left out on purpose, for example.</summary>
/// <param name="Reason">The group it is counted under.</param>
/// <param name="File">The file within the import.</param>
/// <param name="Line">The line, message or element, from 1; 0 for the whole file.</param>
/// <param name="Detail">More, where there is more to say. Never text of a message.</param>
public readonly record struct LeftOut(string Reason, string File, long Line, string? Detail);

/// <summary>
/// What was left out, and what was guessed, while an import was read. One writer; counts may be read by others meanwhile.
/// </summary>
public sealed class ImportReport
{
    /// <summary>So many of the things left out are listed for each reason; all are counted.</summary>
    public const int MaxListedPerReason = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _leftOut = new(StringComparer.Ordinal);
    private readonly List<LeftOut> _listed = [];
    private readonly List<string> _guesses = [];

    /// <summary>How many were left out, by reason, most first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> LeftOutCounts
    {
        get
        {
            lock (_gate) return [.. _leftOut.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal)];
        }
    }

    /// <summary>The first few of each reason.</summary>
    public IReadOnlyList<LeftOut> Listed
    {
        get
        {
            lock (_gate) return [.. _listed];
        }
    }

    /// <summary>What was assumed because nothing says it, in sentences.</summary>
    public IReadOnlyList<string> Guesses
    {
        get
        {
            lock (_gate) return [.. _guesses];
        }
    }

    public long LeftOutCount
    {
        get
        {
            lock (_gate) return _leftOut.Values.Sum();
        }
    }

    public void LeaveOut(string reason, string file, long line, string? detail = null)
    {
        ArgumentNullException.ThrowIfNull(reason);
        lock (_gate)
        {
            var count = _leftOut.GetValueOrDefault(reason);
            _leftOut[reason] = count + 1;
            if (count < MaxListedPerReason) _listed.Add(new LeftOut(reason, file, line, detail));
        }
    }

    public void Guess(string sentence)
    {
        lock (_gate)
        {
            if (_guesses.Count < 100 && !_guesses.Contains(sentence)) _guesses.Add(sentence);
        }
    }
}
