using System.Collections.Concurrent;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Preferences;

/// <summary>A preference as it stands: since when, and where in the log.</summary>
public readonly record struct StatedPreference(Preference Preference, long SinceMs, long Position);

/// <summary>The fold of preferences, by id. One writer; any number of readers without locks.</summary>
public sealed class PreferenceStore
{
    private readonly ConcurrentDictionary<(string Person, string Other), StatedPreference> _byPerson = new();
    private readonly ConcurrentDictionary<(string Person, string Tag), StatedPreference> _byTag = new();

    /// <summary>What a person wishes about another; null where nothing.</summary>
    public StatedPreference? Of(string person, string other) => _byPerson.TryGetValue((person, other), out var stated) ? stated : null;

    /// <summary>All whom a person has a preference about, by id.</summary>
    public IReadOnlyDictionary<string, StatedPreference> About(string person) =>
        _byPerson.Where(stated => stated.Key.Person == person).ToDictionary(stated => stated.Key.Other, stated => stated.Value, StringComparer.Ordinal);

    /// <summary>A person's cadences by tag, days.</summary>
    public IReadOnlyDictionary<string, double> CadencesOf(string person) => _byTag
        .Where(stated => stated.Key.Person == person && stated.Value.Preference.CadenceDays is not null)
        .ToDictionary(stated => stated.Key.Tag, stated => stated.Value.Preference.CadenceDays!.Value, StringComparer.Ordinal);

    /// <summary>How often a preference wants the two in touch, days: its own cadence, else the shortest of its tags; null for neither.</summary>
    public static double? CadenceOf(Preference preference, IReadOnlyDictionary<string, double> byTag)
    {
        ArgumentNullException.ThrowIfNull(preference);
        ArgumentNullException.ThrowIfNull(byTag);
        if (preference.CadenceDays is { } own) return own;
        double? shortest = null;
        foreach (var tag in preference.Tags)
            if (byTag.TryGetValue(tag, out var days) && !(days >= shortest)) shortest = days;
        return shortest;
    }

    public void Apply(PreferenceChanged changed, long position)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (changed.Other is { } other) Put(_byPerson, (changed.Person, other), changed, position);
        if (changed.Tag is { } tag) Put(_byTag, (changed.Person, tag), changed, position);
    }

    /// <summary>Forgets a person's preferences and those about them.</summary>
    public void Forget(string person)
    {
        foreach (var key in _byPerson.Keys)
            if (key.Person == person || key.Other == person) _byPerson.TryRemove(key, out _);
        foreach (var key in _byTag.Keys)
            if (key.Person == person) _byTag.TryRemove(key, out _);
    }

    /// <summary>Forgets what was stated at these positions.</summary>
    public void ForgetAt(IReadOnlySet<long> positions)
    {
        foreach (var (key, stated) in _byPerson)
            if (positions.Contains(stated.Position)) _byPerson.TryRemove(key, out _);
        foreach (var (key, stated) in _byTag)
            if (positions.Contains(stated.Position)) _byTag.TryRemove(key, out _);
    }

    /// <summary>A copy that does not change, for a checkpoint.</summary>
    public PreferenceStore Copy()
    {
        var copy = new PreferenceStore();
        foreach (var (key, stated) in _byPerson) copy._byPerson[key] = stated;
        foreach (var (key, stated) in _byTag) copy._byTag[key] = stated;
        return copy;
    }

    public void Write(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Write(writer, _byPerson);
        Write(writer, _byTag);
    }

    public static PreferenceStore Read(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var store = new PreferenceStore();
        Read(reader, store._byPerson);
        Read(reader, store._byTag);
        return store;
    }

    private static void Put(ConcurrentDictionary<(string, string), StatedPreference> into, (string, string) key, PreferenceChanged changed, long position)
    {
        if (changed.Preference is { } preference) into[key] = new StatedPreference(preference, changed.AtMs, position);
        else into.TryRemove(key, out _);
    }

    private static void Write(BinaryWriter writer, ConcurrentDictionary<(string First, string Second), StatedPreference> from)
    {
        var all = from.ToArray();
        writer.Write(all.Length);
        foreach (var (key, stated) in all)
        {
            writer.Write(key.First);
            writer.Write(key.Second);
            writer.Write(stated.SinceMs);
            writer.Write(stated.Position);
            writer.Write(stated.Preference.CadenceDays ?? double.NaN);
            writer.Write((byte)(stated.Preference.Setting is { } setting ? (int)setting + 1 : 0));
            writer.Write(stated.Preference.Hidden);
            writer.Write(stated.Preference.Tags.Count);
            foreach (var tag in stated.Preference.Tags) writer.Write(tag);
        }
    }

    private static void Read(BinaryReader reader, ConcurrentDictionary<(string, string), StatedPreference> into)
    {
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var key = (reader.ReadString(), reader.ReadString());
            var (sinceMs, position, days) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadDouble());
            var (setting, hidden) = (reader.ReadByte(), reader.ReadBoolean());
            var tags = new string[reader.ReadInt32()];
            for (var i = 0; i < tags.Length; i++) tags[i] = reader.ReadString();
            var preference = new Preference
            {
                CadenceDays = double.IsNaN(days) ? null : days,
                Setting = setting == 0 ? null : (Setting)(setting - 1),
                Tags = tags,
                Hidden = hidden,
            };
            into[key] = new StatedPreference(preference, sinceMs, position);
        }
    }
}
