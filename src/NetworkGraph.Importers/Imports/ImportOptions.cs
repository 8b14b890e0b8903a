using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Times;
using NodaTime;

namespace NetworkGraph.Importers.Imports;


/// <summary>What the user said about an import; everything has a default or is guessed from the content.</summary>
public sealed record ImportOptions
{
    public static readonly ImportOptions Default = new();

    /// <summary>Whose data it is: ids of the owner. Empty: guessed, and shown.</summary>
    public IReadOnlyList<string> Me { get; init; } = [];

    /// <summary>The zone of times that name none. Null: UTC where a format allows it, else such a file is refused.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>Null: decided by the whole file.</summary>
    public DateOrder? DateOrder { get; init; }

    /// <summary>Participants of meetings who answered tentatively took part.</summary>
    public bool Tentative { get; init; }

    /// <summary>First posts to mailing lists are attendances at the list, instead of being left out.</summary>
    public bool Lists { get; init; }

    /// <summary>Texts are read for what was given or asked, and dropped.</summary>
    public bool ReadText { get; init; }

    /// <summary>When what has no time happened, Unix ms.</summary>
    public long? AtMs { get; init; }

    /// <summary>The import that interactions are brought by; null for none.</summary>
    public string? Batch { get; init; }

    /// <summary>The public id of the API key that imports; null where there is none. Marks what it writes.</summary>
    public string? Key { get; init; }

    /// <summary>What times that are numbers count.</summary>
    public TimeUnit TimeUnit { get; init; }

    /// <summary>What an edge of a graph is.</summary>
    public InteractionKind? Kind { get; init; }

    /// <summary>An undirected edge of a graph is one message each way, instead of one mutual interaction.</summary>
    public bool UndirectedBoth { get; init; }

    /// <summary>The name of the chat, for exports that do not say it.</summary>
    public string? Chat { get; init; }

    /// <summary>Delimiter, columns and constants of CSV files.</summary>
    public CsvRequest Csv { get; init; } = new();

    /// <summary>How tables are read that are not recognised by themselves; null where they are.</summary>
    public CsvMapping? Mapping { get; init; }
}
