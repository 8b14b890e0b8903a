using System.Collections.Concurrent;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.People.Histories;

/// <summary>Which number a person id has. Numbers are dense and never reused. One writer, any number of readers.</summary>
public sealed class PersonDirectory
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(concurrencyLevel: 1, capacity: 31, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<int, int> _standIns = new();
    private readonly ConcurrentDictionary<int, bool> _hidden = new(concurrencyLevel: 1, capacity: 31);

    public PersonIds Ids { get; } = new();

    public int Count => Ids.Count;

    /// <summary>The number of the person with this id, whichever of their ids it is; false for one of whom nothing counts any more.</summary>
    public bool TryGetNumber(string id, out int number)
    {
        if (!_numbers.TryGetValue(id, out number)) return false;
        number = Resolve(number);
        return !IsHidden(number);
    }

    /// <summary>The number that stands for the person with this one; the number itself where it is the person's only or canonical one.</summary>
    public int Resolve(int number) => !_standIns.IsEmpty && _standIns.TryGetValue(number, out var other) ? other : number;

    /// <summary>Whether another number stands for the person with this one.</summary>
    public bool IsAlias(int number) => !_standIns.IsEmpty && _standIns.ContainsKey(number);

    /// <summary>Says which number stands for the person with this one. Only the one writer calls this.</summary>
    internal void StandsFor(int number, int canonical)
    {
        if (number == canonical) _standIns.TryRemove(number, out _);
        else _standIns[number] = canonical;
    }

    /// <summary>Finds the person with a number, known or not: what the log holds of somebody is theirs to have erased.</summary>
    public bool TryGetAnyNumber(string id, out int number) => _numbers.TryGetValue(id, out number);

    /// <summary>Whether nothing counts any more of what named the person with this number.</summary>
    public bool IsHidden(int number) => !_hidden.IsEmpty && _hidden.ContainsKey(number);

    /// <summary>The number of a person, new where the id was not known. Only the one writer calls this.</summary>
    public int NumberOf(string id)
    {
        if (_numbers.TryGetValue(id, out var number)) return number;
        number = Ids.Add(id);
        _numbers[id] = number;
        return number;
    }

    /// <summary>Makes a person unknown, or known again. Only the one writer calls this.</summary>
    internal void Hide(int number, bool isHidden)
    {
        if (isHidden) _hidden[number] = true;
        else if (!_hidden.IsEmpty) _hidden.TryRemove(number, out _);
    }

    /// <summary>Forgets who has this number.</summary>
    public void Erase(int number)
    {
        _hidden.TryRemove(number, out _);
        _numbers.TryRemove(Ids[number], out _);
        _standIns.TryRemove(number, out _);
        Ids.Erase(number);
    }
}
