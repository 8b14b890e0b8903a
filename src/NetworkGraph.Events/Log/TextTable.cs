using System.Runtime.CompilerServices;

namespace NetworkGraph.Events.Log;

/// <summary>Numbers distinct strings from 0 in the order first seen; for one batch, then cleared. Not thread-safe.</summary>
internal sealed class TextTable
{
    private const int SmallSlots = 1 << 11;

    private int[] _slots = new int[SmallSlots];
    private string[] _texts = new string[SmallSlots / 2];
    private uint[] _hashes = new uint[SmallSlots / 2];
    private int _count;

    public ReadOnlySpan<string> Texts => _texts.AsSpan(0, _count);

    public int IndexOf(string text)
    {
        var hash = TextHash.Of(text);
        var slots = _slots;
        var mask = slots.Length - 1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            var index = slots[slot] - 1;
            if (index < 0) return Add(text, hash, slot);
            if (_hashes[index] == hash && string.Equals(_texts[index], text)) return index;
        }
    }

    /// <summary>Forgets the strings too: nothing here outlives the batch.</summary>
    public void Clear()
    {
        if (_slots.Length > 16 * SmallSlots)
        {
            _slots = new int[SmallSlots];
            _texts = new string[SmallSlots / 2];
            _hashes = new uint[SmallSlots / 2];
        }
        else
        {
            Array.Clear(_slots);
            Array.Clear(_texts, 0, _count);
        }
        _count = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Add(string text, uint hash, int slot)
    {
        if (_count == _texts.Length) slot = Grow(hash);
        _texts[_count] = text;
        _hashes[_count] = hash;
        _slots[slot] = ++_count;
        return _count - 1;
    }

    private int Grow(uint hash)
    {
        Array.Resize(ref _texts, 2 * _texts.Length);
        Array.Resize(ref _hashes, 2 * _hashes.Length);
        _slots = new int[2 * _slots.Length];
        for (var index = 0; index < _count; index++) _slots[FreeSlot(_hashes[index])] = index + 1;
        return FreeSlot(hash);
    }

    private int FreeSlot(uint hash)
    {
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        while (_slots[slot] != 0) slot = (slot + 1) & mask;
        return slot;
    }
}
