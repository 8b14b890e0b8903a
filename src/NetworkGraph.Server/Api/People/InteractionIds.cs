using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Server.Api.People;

/// <summary>Turns the positions that evidence names into ids of interactions.</summary>
internal sealed class InteractionIds
{
    private readonly Dictionary<long, string> _ids = [];

    private InteractionIds()
    {
    }

    /// <summary>Reads the ids at these positions, all at once.</summary>
    public static async ValueTask<InteractionIds> ReadAsync(
        IInteractionLog log, IEnumerable<long> positions, CancellationToken cancellation)
    {
        var read = new InteractionIds();
        long[] distinct = [.. positions.Distinct().Order()];
        if (distinct.Length == 0) return read;
        var records = await log.ReadAtAsync(distinct, cancellation);
        for (var i = 0; i < records.Length; i++)
            if (records[i] is Interaction interaction) read._ids.Add(distinct[i], interaction.Id);
        return read;
    }

    /// <summary>The ids of those that are still held: what was erased since is a tombstone, and has none.</summary>
    public IReadOnlyList<string> Of(IEnumerable<long> positions) => [.. positions.Select(Of).OfType<string>()];

    public string? Of(long position) => _ids.GetValueOrDefault(position);
}
