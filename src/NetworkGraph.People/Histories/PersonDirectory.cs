using System.Collections.Concurrent;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.People.Histories;

/// <summary>Which number a person id has. Numbers are dense and never reused. One writer, any number of readers.</summary>
public sealed class PersonDirectory
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(concurrencyLevel: 1, capacity: 31, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<int, bool> _hidden = new(concurrencyLevel: 1, capacity: 31);

    /// <summary>
    /// For each number the one that stands for it, plus 1; 0 where none does. An array, for every event is looked up in it.
    /// </summary>
    private int[] _standIns = [];

    public PersonIds Ids { get; } = new();

    public int Count => Ids.Count;

    /// <summary>
    /// The number of the person with this id, whichever of their ids it is; false for one of whom nothing counts any more.
    /// </summary>
    public bool TryGetNumber(string id, out int number)
    {
        if (!_numbers.TryGetValue(id, out number)) return false;
        number = Resolve(number);
        return !IsHidden(number);
    }

    /// <summary>
    /// The number that stands for the person with this one; the number itself where it is the person's only or canonical one.
    /// </summary>
    public int Resolve(int number)
    {
        var standIns = Volatile.Read(ref _standIns);
        return (uint)number < (uint)standIns.Length && Volatile.Read(ref standIns[number]) is > 0 and var other ? other - 1 : number;
    }

    /// <summary>Whether another number stands for the person with this one.</summary>
    public bool IsAlias(int number) => Resolve(number) != number;

    /// <summary>Says which number stands for the person with this one. Only the one writer calls this.</summary>
    internal void StandsFor(int number, int canonical)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        var standIns = _standIns;
        if (number >= standIns.Length)
        {
            if (number == canonical) return;
            Array.Resize(ref standIns, Math.Max(Count, number + 1) * 2);
            Volatile.Write(ref _standIns, standIns);
        }
        Volatile.Write(ref standIns[number], number == canonical ? 0 : canonical + 1);
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
        StandsFor(number, number);
        Ids.Erase(number);
    }
}
