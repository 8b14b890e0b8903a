using System.Runtime.InteropServices;
using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Identity;
using NetworkGraph.People.Imports;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Nudges;
using NetworkGraph.People.Outreach;
using NetworkGraph.People.Preferences;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.People.Checkpoints;

/// <summary>What a checkpoint holds up to: taken while nothing is being folded, after which it may be written at leisure.</summary>
public sealed record CheckpointCut(
    long Position, int People, int Dyads, int Events, int Venues, int VenueEntries, int Brokered, long Interactions, long LatestAtMs,
    IReadOnlyList<StoredProfile> Profiles, BoundaryCut Boundaries, NamingRecords Naming, ImportStore Imports, PreferenceStore Preferences,
    NudgeStates Nudges, ModelStore Models, OutreachStore Outreach);

/// <summary>What was read from a checkpoint.</summary>
public sealed record RestoredFold(
    HistoryStore Histories, ProfileStore Profiles, BoundaryStore Boundaries, NamingRecords Naming, ImportStore Imports,
    PreferenceStore Preferences, NudgeStates Nudges, ModelStore Models, OutreachStore Outreach, long Position)
{
    /// <summary>What a fold from the log's beginning starts with.</summary>
    public static RestoredFold Empty() =>
        new(new HistoryStore(), new ProfileStore(), new BoundaryStore(), new NamingRecords(), new ImportStore(),
        new PreferenceStore(), new NudgeStates(), new ModelStore(), new OutreachStore(), 0);
}

/// <summary>
/// The fold in a file, so that a start need not replay the whole log. Only a cache: a missing, damaged, foreign or older
/// file is not used, and the log is replayed instead. The tables only grow, so a cut of them can be written while the
/// fold goes on. Layout: header, ids of people, dyads each followed by its events, venues and what happened at them,
/// what was brokered, profiles, blocks and reports, CRC-32C of all that.
/// </summary>
public static class HistoryCheckpoint
{
    private const long Magic = 0x39_30_4B_43_4F_46_47_4E; // "NGFOCK09"
    private const int BufferBytes = 1 << 20;

    /// <summary>What a checkpoint is called while it is being written.</summary>
    public static string UnfinishedPath(string path) => path + ".new";

    /// <summary>Marks where to write up to. Only while nothing is being folded.</summary>
    public static CheckpointCut Cut(EmbeddedPeople people, long position) => Cut(people.Histories, people.Profiles, people, position);

    private static CheckpointCut Cut(HistoryStore histories, ProfileStore profiles, EmbeddedPeople people, long position) => new(
        position, histories.People.Count, histories.DyadCount, histories.EventCount, histories.Venues.Count, histories.Venues.EntryCount,
        histories.Brokered.Count, histories.StoredInteractions, histories.LatestAtMs, profiles.All(), BoundaryCut.Of(people.Boundaries),
        people.Naming.Copy(), people.Imports.Copy(), people.Preferences.Copy(), people.NudgeStates.Copy(), people.Models.Copy(),
            people.Outreach.Copy());

    /// <summary>Writes a checkpoint, replacing the one at <paramref name="path"/> in one step.</summary>
    /// <param name="path">The checkpoint's file.</param>
    /// <param name="logIdentity">Names the log and its history up to the cut, so that a checkpoint is never used with another.</param>
    /// <param name="histories">The tables, at least as far as the cut.</param>
    /// <param name="cut">What to write.</param>
    /// <param name="cancellation">Leaves the checkpoint before as it was.</param>
    public static void Write(string path, string logIdentity, HistoryStore histories, CheckpointCut cut, CancellationToken cancellation)
    {
        var unfinished = UnfinishedPath(path);
        using (var file = new FileStream(unfinished, OwnersFile()))
        {
            var checksummed = new ChecksummedStream(file);
            using var writer = new BinaryWriter(new BufferedStream(checksummed, BufferBytes), Encoding.UTF8, leaveOpen: true);
            WriteHeader(writer, logIdentity, cut);
            for (var person = 0; person < cut.People; person++) writer.Write(histories.People.Ids[person]);
            WriteWithdrawn(writer, histories.Withdrawn, cut);
            WriteDyads(writer, histories, cut, cancellation);
            WriteVenues(writer, histories.Venues, cut, cancellation);
            WriteBrokered(writer, histories.Brokered, cut);
            writer.Write(cut.Profiles.Count);
            foreach (var (profile, positions) in cut.Profiles)
            {
                WriteProfile(writer, profile);
                writer.Write(positions.Length);
                foreach (var position in positions) writer.Write(position);
            }
            cut.Boundaries.Write(writer);
            cut.Naming.Write(writer);
            cut.Imports.Write(writer);
            cut.Preferences.Write(writer);
            cut.Nudges.Write(writer);
            cut.Models.Write(writer);
            cut.Outreach.Write(writer);
            writer.Flush();
            file.Write(BitConverter.GetBytes(checksummed.Checksum));
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>The position that a checkpoint reaches to, by its header alone; 0 where there is none that can be read.</summary>
    public static long PositionOf(string path)
    {
        if (!File.Exists(path)) return 0;
        try
        {
            using var reader = new BinaryReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read), Encoding.UTF8);
            if (reader.ReadInt64() != Magic) return 0;
            reader.ReadString();
            return Math.Max(0, reader.ReadInt64());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            return 0;
        }
    }

    /// <summary>Reads a checkpoint; null, with the reason, where there is none that can be used.</summary>
    public static RestoredFold? TryRead(string path, string logIdentity, long lastPosition, out string? reason)
    {
        reason = null;
        if (!File.Exists(path)) return null;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
            // A damaged length must not become a huge allocation: the whole file is checked before any of it is used.
            if (!IsIntact(file))
            {
                reason = "its checksum does not fit its content";
                return null;
            }
            file.Position = 0;
            using var reader = new BinaryReader(new BufferedStream(file, BufferBytes), Encoding.UTF8);
            return Read(reader, logIdentity, lastPosition, out reason);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            reason = failure.Message;
            return null;
        }
    }

    /// <summary>Whether the file at the path is as it was written, by its checksum; also where there is none.</summary>
    public static bool IsWhole(string path)
    {
        if (!File.Exists(path)) return true;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes);
        return IsIntact(file);
    }

    private static FileStreamOptions OwnersFile()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = BufferBytes
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static bool IsIntact(FileStream file)
    {
        if (file.Length < sizeof(uint)) return false;
        var checksummed = new ChecksummedStream(file);
        var buffer = new byte[BufferBytes];
        for (var left = file.Length - sizeof(uint); left > 0;)
        {
            var count = checksummed.Read(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
            if (count == 0) return false;
            left -= count;
        }
        Span<byte> stored = stackalloc byte[sizeof(uint)];
        file.ReadExactly(stored);
        return BitConverter.ToUInt32(stored) == checksummed.Checksum;
    }

    private static RestoredFold? Read(BinaryReader reader, string logIdentity, long lastPosition, out string? reason)
    {
        reason = null;
        if (reader.ReadInt64() != Magic) reason = "it is of another format";
        else if (reader.ReadString() != logIdentity) reason = "it belongs to another log";
        if (reason is not null) return null;
        var position = reader.ReadInt64();
        if (position > lastPosition)
        {
            reason = $"it reaches to position {position}, the log only to {lastPosition}";
            return null;
        }
        var people = reader.ReadInt32();
        var dyads = reader.ReadInt32();
        var interactions = reader.ReadInt64();
        var latestAtMs = reader.ReadInt64();
        var histories = new HistoryStore();
        for (var person = 0; person < people; person++) histories.RestorePerson(reader.ReadString());
        for (var withdrawn = reader.ReadInt32(); withdrawn > 0; withdrawn--)
            histories.RestoreWithdrawn(reader.ReadUInt32(), reader.ReadUInt32());
        ReadDyads(reader, histories, dyads);
        ReadVenues(reader, histories);
        for (var brokered = reader.ReadInt32(); brokered > 0; brokered--) histories.Brokered.Add(reader.ReadUInt32(), reader.ReadInt32());
        histories.RestoreTotals(interactions, latestAtMs);
        var profiles = new ProfileStore();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var profile = ReadProfile(reader);
            for (var positions = reader.ReadInt32(); positions > 0; positions--)
                profiles.Put(histories.PersonOf(profile.Id), profile, reader.ReadInt64());
        }
        histories.HideUnnamed(person => profiles.Of(person) is not null);
        var boundaries = BoundaryCut.Read(reader);
        Identification.Restore(boundaries.Aliases, histories, profiles);
        return new RestoredFold(histories, profiles, boundaries, NamingRecords.Read(reader), ImportStore.Read(reader),
            PreferenceStore.Read(reader), NudgeStates.Read(reader), ModelStore.Read(reader), OutreachStore.Read(reader), position);
    }

    private static void WriteHeader(BinaryWriter writer, string logIdentity, CheckpointCut cut)
    {
        writer.Write(Magic);
        writer.Write(logIdentity);
        writer.Write(cut.Position);
        writer.Write(cut.People);
        writer.Write(cut.Dyads);
        writer.Write(cut.Interactions);
        writer.Write(cut.LatestAtMs);
    }

    private static void WriteWithdrawn(BinaryWriter writer, WithdrawnPositions withdrawn, CheckpointCut cut)
    {
        // More may be withdrawn meanwhile; what the cut knows stays the same.
        var known = withdrawn.UpTo(cut.Position).ToList();
        writer.Write(known.Count);
        foreach (var (position, by) in known)
        {
            writer.Write(position);
            writer.Write(by);
        }
    }

    private static void WriteDyads(BinaryWriter writer, HistoryStore histories, CheckpointCut cut, CancellationToken cancellation)
    {
        var chain = new List<int>();
        for (var dyad = 0; dyad < cut.Dyads; dyad++)
        {
            if ((dyad & 0xFFFF) == 0) cancellation.ThrowIfCancellationRequested();
            chain.Clear();
            for (var index = histories.LastEventOf(dyad); index >= 0; index = histories.Events[index].Previous)
                if (index < cut.Events && histories.Events[index].AtMs != DyadEvent.NeverMs) chain.Add(index);
            var (low, high) = histories.PeopleOf(dyad);
            writer.Write(low);
            writer.Write(high);
            writer.Write(chain.Count);
            for (var i = chain.Count - 1; i >= 0; i--)
                writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<DyadEvent>(in histories.Events[chain[i]])));
        }
    }

    private static void ReadDyads(BinaryReader reader, HistoryStore histories, int dyads)
    {
        Span<DyadEvent> entry = stackalloc DyadEvent[1];
        for (; dyads > 0; dyads--)
        {
            var low = reader.ReadInt32();
            var high = reader.ReadInt32();
            var events = reader.ReadInt32();
            var dyad = histories.DyadOf(low, high);
            for (; events > 0; events--)
            {
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(entry));
                histories.RestoreEvent(dyad, entry[0]);
            }
        }
    }

    private static void WriteVenues(BinaryWriter writer, VenueTable venues, CheckpointCut cut, CancellationToken cancellation)
    {
        writer.Write(cut.Venues);
        for (var venue = 0; venue < cut.Venues; venue++) writer.Write(venues.NameOf(venue));
        writer.Write(cut.VenueEntries);
        for (var index = 0; index < cut.VenueEntries; index++)
        {
            if ((index & 0xFFFF) == 0) cancellation.ThrowIfCancellationRequested();
            var entry = venues.EntryAt(index);
            writer.Write(entry.Position);
            writer.Write(entry.Venue);
            writer.Write(entry.Dyad);
        }
    }

    // Dyads are numbered in the order they were written in, so that the entries still mean the same ones.
    private static void ReadVenues(BinaryReader reader, HistoryStore histories)
    {
        var venues = histories.Venues;
        for (var names = reader.ReadInt32(); names > 0; names--) venues.Restore(reader.ReadString());
        for (var entries = reader.ReadInt32(); entries > 0; entries--)
        {
            var position = reader.ReadUInt32();
            var venue = reader.ReadInt32();
            venues.Add(position, venue, reader.ReadInt32(), histories.Withdrawn.At(position) == 0);
        }
    }

    private static void WriteBrokered(BinaryWriter writer, BrokeredTable brokered, CheckpointCut cut)
    {
        writer.Write(cut.Brokered);
        for (var index = 0; index < cut.Brokered; index++)
        {
            var (position, dyad) = brokered[index];
            writer.Write(position);
            writer.Write(dyad);
        }
    }

    private static void WriteProfile(BinaryWriter writer, Profile profile)
    {
        writer.Write(profile.Id);
        WriteOptional(writer, profile.Name);
        WriteOptional(writer, profile.Organisation);
        WriteOptional(writer, profile.Role);
        WriteOptional(writer, profile.Industry);
        WriteList(writer, profile.Offers);
        WriteList(writer, profile.Audience);
        WriteList(writer, profile.Tags);
        writer.Write(profile.OpenToIntroductions);
        writer.Write((byte)(profile.Entity is { } entity ? (int)entity + 1 : 0));
        writer.Write(profile.IsImported);
    }

    private static Profile ReadProfile(BinaryReader reader) => new()
    {
        Id = reader.ReadString(),
        Name = ReadOptional(reader),
        Organisation = ReadOptional(reader),
        Role = ReadOptional(reader),
        Industry = ReadOptional(reader),
        Offers = ReadList(reader),
        Audience = ReadList(reader),
        Tags = ReadList(reader),
        OpenToIntroductions = reader.ReadBoolean(),
        Entity = reader.ReadByte() is > 0 and var entity ? (EntityKind)(entity - 1) : null,
        IsImported = reader.ReadBoolean(),
    };

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null) writer.Write(text);
    }

    private static string? ReadOptional(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    private static void WriteList(BinaryWriter writer, string[] texts)
    {
        writer.Write(texts.Length);
        foreach (var text in texts) writer.Write(text);
    }

    private static string[] ReadList(BinaryReader reader)
    {
        var texts = new string[reader.ReadInt32()];
        for (var i = 0; i < texts.Length; i++) texts[i] = reader.ReadString();
        return texts;
    }
}
