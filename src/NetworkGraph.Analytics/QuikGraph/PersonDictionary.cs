using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace NetworkGraph.Analytics.QuikGraph;

/// <summary>
/// A value of every person, by number, in the form in which QuikGraph's algorithms hand out results: a dictionary, which
/// here is an array behind it and cannot be changed.
/// </summary>
public sealed class PersonDictionary<T>(T[] values) : IDictionary<int, T>
{
    public int Count => values.Length;

    public bool IsReadOnly => true;

    public ICollection<int> Keys => [.. Enumerable.Range(0, values.Length)];

    public ICollection<T> Values => values;

    public T this[int key]
    {
        get => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"No one has the number {key}.");
        set => throw Unchangeable();
    }

    public bool ContainsKey(int key) => (uint)key < (uint)values.Length;

    public bool TryGetValue(int key, [MaybeNullWhen(false)] out T value)
    {
        value = ContainsKey(key) ? values[key] : default;
        return ContainsKey(key);
    }

    public bool Contains(KeyValuePair<int, T> item) =>
        TryGetValue(item.Key, out var value) && EqualityComparer<T>.Default.Equals(value, item.Value);

    public void CopyTo(KeyValuePair<int, T>[] array, int arrayIndex)
    {
        foreach (var pair in this) array[arrayIndex++] = pair;
    }

    public IEnumerator<KeyValuePair<int, T>> GetEnumerator()
    {
        for (var person = 0; person < values.Length; person++) yield return new KeyValuePair<int, T>(person, values[person]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void IDictionary<int, T>.Add(int key, T value) => throw Unchangeable();

    void ICollection<KeyValuePair<int, T>>.Add(KeyValuePair<int, T> item) => throw Unchangeable();

    bool IDictionary<int, T>.Remove(int key) => throw Unchangeable();

    bool ICollection<KeyValuePair<int, T>>.Remove(KeyValuePair<int, T> item) => throw Unchangeable();

    void ICollection<KeyValuePair<int, T>>.Clear() => throw Unchangeable();

    private static NotSupportedException Unchangeable() => new("The results of an algorithm cannot be changed.");
}
