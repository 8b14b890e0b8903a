using NetworkGraph.Events.Interactions;
using NodaTime;

namespace NetworkGraph.Importers.Imports;

/// <summary>What the readers of one import share: options, the clock's time, the owner, the report. Used by one thread.</summary>
public sealed class ImportContext
{
    private readonly List<string> _me = [];

    /// <param name="options">What the user said.</param>
    /// <param name="sourceName">The name of the file, folder or archive.</param>
    /// <param name="nowMs">The time, Unix ms.</param>
    /// <param name="cancellation">Stops reading; readers look at it between lines.</param>
    public ImportContext(ImportOptions options, string sourceName, long nowMs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        SourceName = sourceName;
        NowMs = nowMs;
        Cancellation = cancellation;
        _me.AddRange(options.Me.Select(PersonId.CanonicalOrSame));
        IsMeGiven = _me.Count > 0;
    }

    public ImportOptions Options { get; }

    public string SourceName { get; }

    public long NowMs { get; }

    public CancellationToken Cancellation { get; }

    public ImportReport Report { get; } = new();

    /// <summary>Ids of the owner, given or guessed; the first is the one to use.</summary>
    public IReadOnlyList<string> Me => _me;

    /// <summary>Whether the user said who the owner is.</summary>
    public bool IsMeGiven { get; }

    public DateTimeZone ZoneOrUtc => Options.Zone ?? DateTimeZone.Utc;

    public bool IsMe(string id) => _me.Contains(id, StringComparer.Ordinal);

    /// <summary>Takes somebody for the owner where the user has not said who that is.</summary>
    public void GuessMe(string id, string because)
    {
        if (IsMeGiven || _me.Contains(id, StringComparer.Ordinal)) return;
        _me.Add(id);
        Report.Guess($"The data is taken for that of {id}: {because} (--me says otherwise).");
    }

    /// <summary>
    /// Looks at a file before it is read. What cannot be read of it is said when it is read, not here.
    /// </summary>
    public static void LookAt(Action look)
    {
        ArgumentNullException.ThrowIfNull(look);
        foreach (var _ in Guard("", Once(look)))
        {
        }
    }

    private static IEnumerable<ImportItem> Once(Action look)
    {
        look();
        yield break;
    }

    /// <summary>
    /// Reads a file's items; where it could not be parsed past a fault, that is one rejected line and the other files are still read.
    /// </summary>
    public static IEnumerable<ImportItem> Guard(string file, IEnumerable<ImportItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        using var item = items.GetEnumerator();
        var line = 0L;
        while (true)
        {
            ImportItem? broken = null;
            try
            {
                if (!item.MoveNext()) yield break;
                line = item.Current.Line;
            }
            catch (Exception failure)
                when (failure is InvalidDataException or IOException or FormatException or System.Text.Json.JsonException
                or System.Xml.XmlException)
            {
                broken = ImportItem.Reject(file, line + 1, null, InteractionFields.Line, $"could not be parsed past: {failure.Message}");
            }
            if (broken is { } end)
            {
                yield return end;
                yield break;
            }
            yield return item.Current;
        }
    }
}
