using NetworkGraph.Events.Records;
using NetworkGraph.People.Identity;

namespace NetworkGraph.People.Boundaries;

/// <summary>Blocks and reports as a checkpoint holds them. A cut is a copy: the store goes on changing.</summary>
public sealed record BoundaryCut
{
    public required IReadOnlyList<(string By, PlacedBlock Block)> Blocks { get; init; }

    public required IReadOnlyList<Report> Reports { get; init; }

    public required AliasCut Aliases { get; init; }

    public required IReadOnlyList<(string Person, long[] Positions)> Positions { get; init; }

    /// <summary>A copy of everything. Only while nothing is being folded.</summary>
    public static BoundaryCut Of(BoundaryStore boundaries)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        return new BoundaryCut
        {
            Blocks = [.. boundaries.Blocks],
            Reports = [.. boundaries.Reports],
            Aliases = AliasCut.Of(boundaries.Aliases),
            Positions = [.. boundaries.Positions.Select(named => (named.Key, named.Value.ToArray()))],
        };
    }

    internal void Write(BinaryWriter writer)
    {
        Aliases.Write(writer);
        writer.Write(Blocks.Count);
        foreach (var (by, block) in Blocks)
        {
            writer.Write(by);
            writer.Write(block.Against);
            writer.Write(block.SinceMs);
        }
        writer.Write(Reports.Count);
        foreach (var report in Reports) Write(writer, report);
        writer.Write(Positions.Count);
        foreach (var (person, positions) in Positions)
        {
            writer.Write(person);
            writer.Write(positions.Length);
            foreach (var position in positions) writer.Write(position);
        }
    }

    internal static BoundaryStore Read(BinaryReader reader)
    {
        var boundaries = new BoundaryStore { Aliases = AliasCut.Read(reader) };
        for (var left = reader.ReadInt32(); left > 0; left--)
            boundaries.Restore(reader.ReadString(), new PlacedBlock(reader.ReadString(), reader.ReadInt64()));
        for (var left = reader.ReadInt32(); left > 0; left--) boundaries.Restore(ReadReport(reader));
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var person = reader.ReadString();
            var positions = new long[reader.ReadInt32()];
            for (var i = 0; i < positions.Length; i++) positions[i] = reader.ReadInt64();
            boundaries.Restore(person, positions);
        }
        return boundaries;
    }

    private static void Write(BinaryWriter writer, Report report)
    {
        writer.Write(report.Id);
        writer.Write(report.AtMs);
        writer.Write(report.Reporter);
        writer.Write(report.About);
        writer.Write((byte)report.Reason);
        writer.Write(report.Evidence.Length);
        foreach (var id in report.Evidence) writer.Write(id);
        writer.Write(report.AboutIds.Length);
        foreach (var id in report.AboutIds) writer.Write(id);
        writer.Write((byte)report.State);
        writer.Write(report.StateAtMs);
        writer.Write(report.Position);
    }

    private static Report ReadReport(BinaryReader reader)
    {
        var id = reader.ReadString();
        var atMs = reader.ReadInt64();
        var reporter = reader.ReadString();
        var about = reader.ReadString();
        var reason = (ReportReason)reader.ReadByte();
        var evidence = new string[reader.ReadInt32()];
        for (var i = 0; i < evidence.Length; i++) evidence[i] = reader.ReadString();
        var aboutIds = new string[reader.ReadInt32()];
        for (var i = 0; i < aboutIds.Length; i++) aboutIds[i] = reader.ReadString();
        return new Report
        {
            Id = id,
            AboutIds = aboutIds,
            AtMs = atMs,
            Reporter = reporter,
            About = about,
            Reason = reason,
            Evidence = evidence,
            State = (ReportState)reader.ReadByte(),
            StateAtMs = reader.ReadInt64(),
            Position = reader.ReadInt64(),
        };
    }
}
