using NetworkGraph.V1;

namespace NetworkGraph.Client;

/// <summary>What became of interactions that were recorded.</summary>
/// <param name="Accepted">Durable now, and not before.</param>
/// <param name="Duplicates">There already with the same content.</param>
/// <param name="Conflicts">There already with other content; nothing changed.</param>
/// <param name="Retracted">Retracted before; nothing changed.</param>
/// <param name="RejectedCount">Those that broke a rule.</param>
/// <param name="Rejected">The first 1,000 that were rejected or in conflict.</param>
public sealed record RecordResult(long Accepted, long Duplicates, long Conflicts, long Retracted, long RejectedCount,
    IReadOnlyList<RejectedInteraction> Rejected)
{
    internal static RecordResult Nothing { get; } = new(0, 0, 0, 0, 0, []);

    internal RecordResult Plus(RecordResponse answer) => new(
        Accepted + answer.Accepted, Duplicates + answer.Duplicates, Conflicts + answer.Conflicts, Retracted + answer.Retracted,
            RejectedCount + answer.RejectedCount,
        Rejected.Count >= 1000 ? Rejected : [.. Rejected.Concat(answer.Rejected).Take(1000)]);
}
