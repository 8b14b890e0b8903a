using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Importers.Imports;

/// <summary>What an import brings, counted while it is read: the numbers of a dry run and of the report at the end.</summary>
public sealed class ImportSummary
{
    public const int MaxExamples = 10;

    private readonly long[] _byKind = new long[InteractionKinds.Count];
    private readonly HashSet<string> _people = new(StringComparer.Ordinal);
    private readonly List<Interaction> _examples = [];
    private readonly HashSet<InteractionKind> _shownKinds = [];
    private readonly List<Interaction> _spare = [];

    public long Interactions { get; private set; }

    public long Profiles { get; private set; }

    /// <summary>When the first and the last interaction happened, Unix ms; null where there are none.</summary>
    public long? FirstMs { get; private set; }

    public long? LastMs { get; private set; }

    /// <summary>People who act, are acted upon, or have a profile, by id before aliases.</summary>
    public int People => _people.Count;

    /// <summary>Counts by kind, of those that occur, most first.</summary>
    public IEnumerable<KeyValuePair<string, long>> ByKind => _byKind
        .Select((count, kind) => KeyValuePair.Create(WireNames.Of((InteractionKind)kind), count))
        .Where(k => k.Value > 0)
        .OrderByDescending(k => k.Value);

    /// <summary>One of each kind first, then as they come.</summary>
    public IReadOnlyList<Interaction> Examples => [.. _examples.Concat(_spare).Take(MaxExamples)];

    /// <summary>The ids that <see cref="People"/> counts.</summary>
    public IReadOnlyCollection<string> Ids => _people;

    /// <summary>Counts the records from an index on.</summary>
    public void Add(IReadOnlyList<LogRecord> records, int from = 0)
    {
        ArgumentNullException.ThrowIfNull(records);
        for (var i = from; i < records.Count; i++)
        {
            if (records[i] is Interaction interaction) Add(interaction);
            else if (records[i] is ProfileChanged changed) Add(changed);
        }
    }

    private void Add(ProfileChanged changed)
    {
        Profiles++;
        _people.Add(changed.Profile.Id);
    }

    private void Add(Interaction interaction)
    {
        Interactions++;
        _byKind[(int)interaction.Kind]++;
        if (FirstMs is not { } first || interaction.AtMs < first) FirstMs = interaction.AtMs;
        if (LastMs is not { } last || interaction.AtMs > last) LastMs = interaction.AtMs;
        _people.Add(interaction.From);
        foreach (var person in interaction.To) _people.Add(person);
        if (_examples.Count < MaxExamples && _shownKinds.Add(interaction.Kind)) _examples.Add(interaction);
        else if (_spare.Count < MaxExamples) _spare.Add(interaction);
    }
}
