using System.Collections.Concurrent;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.People.Histories;

/// <summary>Which number a person id has. Numbers are dense and never reused. One writer, any number of readers.</summary>
public sealed class PersonDirectory
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(concurrencyLevel: 1, capacity: 31, StringComparer.Ordinal);

    public PersonIds Ids { get; } = new();

    public int Count => Ids.Count;

    public bool TryGetNumber(string id, out int number) => _numbers.TryGetValue(id, out number);

    /// <summary>The number of a person, new where the id was not known. Only the one writer calls this.</summary>
    public int NumberOf(string id)
    {
        if (_numbers.TryGetValue(id, out var number)) return number;
        number = Ids.Add(id);
        _numbers[id] = number;
        return number;
    }

    /// <summary>Forgets who has this number.</summary>
    public void Erase(int number)
    {
        _numbers.TryRemove(Ids[number], out _);
        Ids.Erase(number);
    }
}
