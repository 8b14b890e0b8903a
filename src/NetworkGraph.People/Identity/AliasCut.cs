using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Identity;

/// <summary>Aliases as a checkpoint holds them: all records, in order, since everything else follows from them.</summary>
public sealed record AliasCut(IReadOnlyList<PlacedAlias> Records)
{
    /// <summary>A copy of everything. Only while nothing is being folded.</summary>
    public static AliasCut Of(AliasStore aliases)
    {
        ArgumentNullException.ThrowIfNull(aliases);
        return new AliasCut(aliases.History.All());
    }

    public void Write(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Records.Count);
        foreach (var (position, record, _) in Records)
        {
            writer.Write(position);
            writer.Write((byte)record.Change);
            writer.Write(record.AtMs);
            writer.Write(record.One);
            writer.Write(record.Other);
            writer.Write(record.Canonical ?? "");
            writer.Write(record.Rule ?? "");
            writer.Write(record.Batch ?? "");
        }
    }

    public static AliasStore Read(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var aliases = new AliasStore();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var position = reader.ReadInt64();
            var record = new AliasChanged
            {
                Change = (AliasChange)reader.ReadByte(),
                AtMs = reader.ReadInt64(),
                One = reader.ReadString(),
                Other = reader.ReadString(),
                Canonical = Text(reader),
                Rule = Text(reader),
                Batch = Text(reader),
            };
            aliases.Apply(record, position);
        }
        return aliases;
    }

    private static string? Text(BinaryReader reader) => reader.ReadString() is { Length: > 0 } text ? text : null;
}
