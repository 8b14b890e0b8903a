using System.Collections.Concurrent;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Identity;

namespace NetworkGraph.People.Preferences;

/// <summary>A preference as it stands: since when, and where in the log.</summary>
public readonly record struct StatedPreference(Preference Preference, long SinceMs, long Position);

/// <summary>
/// The fold of preferences. They stay with the ids they were stated for, and hold for the whole person: of what was stated for
/// several ids of the two, the newest counts. So a split gives back what was before. One writer; any number of readers without locks.
/// </summary>
public sealed class PreferenceStore
{
    private readonly ConcurrentDictionary<(string Person, string Other), Stated> _byPerson = new();
    private readonly ConcurrentDictionary<(string Person, string Tag), Stated> _byTag = new();

    /// <summary>What was stated, or that it was taken back (null).</summary>
    private readonly record struct Stated(Preference? Preference, long SinceMs, long Position);

    /// <summary>Which ids are one person's.</summary>
    public AliasStore Aliases { get; set; } = new();

    /// <summary>What a person wishes about another; null where nothing.</summary>
    public StatedPreference? Of(string person, string other)
    {
        Stated newest = default;
        foreach (var id in Aliases.IdsOf(person))
            foreach (var otherId in Aliases.IdsOf(other))
                if (_byPerson.TryGetValue((id, otherId), out var stated) && stated.Position > newest.Position) newest = stated;
        return Standing(newest);
    }

    /// <summary>All whom a person has a preference about, by canonical id.</summary>
    public IReadOnlyDictionary<string, StatedPreference> About(string person) => NewestOf(_byPerson, person, Aliases.CanonicalOf);

    /// <summary>A person's cadences by tag, days.</summary>
    public IReadOnlyDictionary<string, double> CadencesOf(string person) => NewestOf(_byTag, person, static tag => tag)
        .Where(stated => stated.Value.Preference.CadenceDays is not null)
        .ToDictionary(stated => stated.Key, stated => stated.Value.Preference.CadenceDays!.Value, StringComparer.Ordinal);

    private Dictionary<string,
        StatedPreference> NewestOf(
        ConcurrentDictionary<(string Person, string About), Stated> from, string person, Func<string, string> known)
    {
        var ids = Aliases.IdsOf(person);
        var newest = new Dictionary<string, Stated>(StringComparer.Ordinal);
        foreach (var ((by, about), stated) in from)
        {
            if (!ids.Contains(by, StringComparer.Ordinal)) continue;
            var key = known(about);
            if (!newest.TryGetValue(key, out var before) || stated.Position > before.Position) newest[key] = stated;
        }
        return newest.Where(static stated => stated.Value.Preference is not null)
            .ToDictionary(static stated => stated.Key, static stated => Standing(stated.Value)!.Value, StringComparer.Ordinal);
    }

    private static StatedPreference? Standing(Stated stated) =>
        stated.Preference is { } preference ? new StatedPreference(preference, stated.SinceMs, stated.Position) : null;

    /// <summary>
    /// How often a preference wants the two in touch, days: its own cadence, else the shortest of its tags; null for neither.
    /// </summary>
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

    private static void Put(
        ConcurrentDictionary<(string, string), Stated> into, (string, string) key, PreferenceChanged changed, long position) =>
        into[key] = new Stated(changed.Preference, changed.AtMs, position);

    private static void Write(BinaryWriter writer, ConcurrentDictionary<(string First, string Second), Stated> from)
    {
        var all = from.ToArray();
        writer.Write(all.Length);
        foreach (var (key, stated) in all)
        {
            writer.Write(key.First);
            writer.Write(key.Second);
            writer.Write(stated.SinceMs);
            writer.Write(stated.Position);
            writer.Write(stated.Preference is not null);
            if (stated.Preference is null) continue;
            writer.Write(stated.Preference.CadenceDays ?? double.NaN);
            writer.Write((byte)(stated.Preference.Setting is { } setting ? (int)setting + 1 : 0));
            writer.Write(stated.Preference.Hidden);
            writer.Write(stated.Preference.Tags.Count);
            foreach (var tag in stated.Preference.Tags) writer.Write(tag);
        }
    }

    private static void Read(BinaryReader reader, ConcurrentDictionary<(string, string), Stated> into)
    {
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var key = (reader.ReadString(), reader.ReadString());
            var (sinceMs, position) = (reader.ReadInt64(), reader.ReadInt64());
            if (!reader.ReadBoolean())
            {
                into[key] = new Stated(null, sinceMs, position);
                continue;
            }
            var days = reader.ReadDouble();
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
            into[key] = new Stated(preference, sinceMs, position);
        }
    }
}
