using NetworkGraph.Events.Records;


namespace NetworkGraph.People.Identity;

/// <summary>Aliases as a checkpoint holds them: a copy, since the store goes on changing.</summary>
public sealed record AliasCut(
    IReadOnlyList<(AliasChanged Record, long Position)> Records, IReadOnlyList<(string Id, long[] Positions)> Positions,
    IReadOnlyList<(string Rule, long Accepted, long Rejected)> Decided)
{
    /// <summary>A copy of everything. Only while nothing is being folded.</summary>
    public static AliasCut Of(AliasStore aliases)
    {
        ArgumentNullException.ThrowIfNull(aliases);
        return new AliasCut(
            aliases.All(), [.. aliases.Positions.Select(static named => (named.Key, named.Value.ToArray()))],
            [.. aliases.Decided.Select(static rule => (rule.Key, rule.Value.Accepted, rule.Value.Rejected))]);
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(Records.Count);
        foreach (var (record, position) in Records)
        {
            writer.Write((byte)record.Change);
            writer.Write(record.AtMs);
            writer.Write(record.One);
            writer.Write(record.Other);
            writer.Write(record.Canonical ?? "");
            writer.Write(position);
        }
        writer.Write(Positions.Count);
        foreach (var (id, positions) in Positions)
        {
            writer.Write(id);
            writer.Write(positions.Length);
            foreach (var position in positions) writer.Write(position);
        }
        writer.Write(Decided.Count);
        foreach (var (rule, accepted, rejected) in Decided)
        {
            writer.Write(rule);
            writer.Write(accepted);
            writer.Write(rejected);
        }
    }

    internal static AliasStore Read(BinaryReader reader)
    {
        var aliases = new AliasStore();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var record = new AliasChanged
            {
                Change = (AliasChange)reader.ReadByte(),
                AtMs = reader.ReadInt64(),
                One = reader.ReadString(),
                Other = reader.ReadString(),
                Canonical = reader.ReadString() is { Length: > 0 } canonical ? canonical : null,
            };
            aliases.Apply(record, reader.ReadInt64());
        }
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var id = reader.ReadString();
            var positions = new long[reader.ReadInt32()];
            for (var i = 0; i < positions.Length; i++) positions[i] = reader.ReadInt64();
            aliases.RestorePositions(id, positions);
        }
        for (var left = reader.ReadInt32(); left > 0; left--) aliases.RestoreDecided(reader.ReadString(), reader.ReadInt64(), reader.ReadInt64());
        return aliases;
    }
}
