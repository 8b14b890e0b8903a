using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>
/// Where records stand that name a person and are in no history of theirs (corrections, preferences): what an erasure has
/// to overwrite beside the histories. One writer; readers while nothing is folded.
/// </summary>
public sealed class NamingRecords
{
    private readonly Dictionary<string, List<long>> _positions = new(StringComparer.Ordinal);
    private readonly List<string> _people = [];

    /// <summary>Notes everyone whom the record names.</summary>
    public void Add(LogRecord record, long position)
    {
        _people.Clear();
        RecordPeople.Collect(record, _people);
        foreach (var person in _people) Add(person, position);
    }

    /// <summary>Positions of the records that name the person, ascending.</summary>
    public IReadOnlyList<long> Of(string person) => _positions.TryGetValue(person, out var positions) ? positions : [];

    /// <summary>Forgets a person.</summary>
    public void Forget(string person) => _positions.Remove(person);

    /// <summary>Forgets the records at these positions; returns whether there were any.</summary>
    public bool ForgetAt(IReadOnlySet<long> positions)
    {
        var any = false;
        foreach (var (person, named) in _positions.ToArray())
        {
            any |= named.RemoveAll(positions.Contains) > 0;
            if (named.Count == 0) _positions.Remove(person);
        }
        return any;
    }

    /// <summary>A copy that does not change, for a checkpoint.</summary>
    public NamingRecords Copy()
    {
        var copy = new NamingRecords();
        foreach (var (person, positions) in _positions) copy._positions[person] = [.. positions];
        return copy;
    }

    public void Write(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(_positions.Count);
        foreach (var (person, positions) in _positions)
        {
            writer.Write(person);
            writer.Write(positions.Count);
            foreach (var position in positions) writer.Write(position);
        }
    }

    public static NamingRecords Read(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var records = new NamingRecords();
        for (var people = reader.ReadInt32(); people > 0; people--)
        {
            var positions = new List<long>();
            records._positions[reader.ReadString()] = positions;
            for (var count = reader.ReadInt32(); count > 0; count--) positions.Add(reader.ReadInt64());
        }
        return records;
    }

    private void Add(string person, long position)
    {
        if (!_positions.TryGetValue(person, out var positions)) _positions[person] = positions = [];
        if (positions.Count == 0 || positions[^1] != position) positions.Add(position);
    }
}
