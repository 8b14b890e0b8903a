using System.Collections.Concurrent;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Identity;

namespace NetworkGraph.People.Nudges;

/// <summary>
/// What a person has done about one nudge, or about all of a person or rule: the state, until when, and where in the log.
/// </summary>
public readonly record struct StatedNudge(NudgeState State, long? UntilMs, long Position);

/// <summary>
/// The fold of what people did about their nudges. It stays with the ids it was done under, and holds for the whole person: of what
/// was done under several ids, the newest counts. One writer; any number of readers without locks.
/// </summary>
public sealed class NudgeStates
{
    private readonly ConcurrentDictionary<(string Person, NudgeScope Scope, string Key), (StatedNudge State, string Other)> _states = new();

    /// <summary>Which ids are one person's.</summary>
    public AliasStore Aliases { get; set; } = new();

    /// <summary>
    /// The state of a nudge at a date (Unix ms): its own; else that of all nudges about the person; else that of all of the
    /// rule; else open. What was snoozed is open again once its time has come.
    /// </summary>
    /// <param name="person">Whose nudge it is.</param>
    /// <param name="nudges">The nudge's id under each id of the one it is about.</param>
    /// <param name="other">Whom it is about.</param>
    /// <param name="rule">The rule it comes from.</param>
    /// <param name="nowMs">The date.</param>
    public (NudgeState State, long? UntilMs) Of(string person, IReadOnlyList<string> nudges, string other, string rule, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(nudges);
        var ids = Aliases.IdsOf(person);
        return Standing(NudgeScope.Nudge, nudges) ?? Standing(NudgeScope.Person, Aliases.IdsOf(other)) ?? Standing(NudgeScope.Rule, [rule])
            ?? (NudgeState.Open, null);

        (NudgeState State, long? UntilMs)? Standing(NudgeScope scope, IReadOnlyList<string> keys)
        {
            StatedNudge newest = default;
            foreach (var id in ids)
                foreach (var key in keys)
                    if (_states.TryGetValue((id, scope, key), out var known) && known.State.Position > newest.Position)
                        newest = known.State;
            if (newest.Position == 0 || (newest.State is NudgeState.Open && scope is not NudgeScope.Nudge)) return null;
            return newest.State is NudgeState.Snoozed && newest.UntilMs <= nowMs ? null : (newest.State, newest.UntilMs);
        }
    }

    public void Apply(NudgeChanged changed, long position)
    {
        ArgumentNullException.ThrowIfNull(changed);
        var key = changed.Scope switch { NudgeScope.Person => changed.Other, NudgeScope.Rule => changed.Rule, _ => changed.Nudge };
        _states[(changed.Person, changed.Scope, key)] = (new StatedNudge(changed.State, changed.UntilMs, position), changed.Other);
    }

    /// <summary>Forgets what a person did, and what others did about nudges that name the person.</summary>
    public void Forget(string person)
    {
        foreach (var (key, known) in _states)
            if (key.Person == person || known.Other == person) _states.TryRemove(key, out _);
    }

    /// <summary>Forgets what was recorded at these positions.</summary>
    public void ForgetAt(IReadOnlySet<long> positions)
    {
        foreach (var (key, known) in _states)
            if (positions.Contains(known.State.Position)) _states.TryRemove(key, out _);
    }

    /// <summary>A copy that does not change, for a checkpoint.</summary>
    public NudgeStates Copy()
    {
        var copy = new NudgeStates();
        foreach (var (key, known) in _states) copy._states[key] = known;
        return copy;
    }

    public void Write(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var all = _states.ToArray();
        writer.Write(all.Length);
        foreach (var (key, known) in all)
        {
            writer.Write(key.Person);
            writer.Write((byte)key.Scope);
            writer.Write(key.Key);
            writer.Write((byte)known.State.State);
            writer.Write(known.State.UntilMs ?? 0);
            writer.Write(known.State.Position);
            writer.Write(known.Other);
        }
    }

    public static NudgeStates Read(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var states = new NudgeStates();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var key = (reader.ReadString(), (NudgeScope)reader.ReadByte(), reader.ReadString());
            var state = (NudgeState)reader.ReadByte();
            var untilMs = reader.ReadInt64();
            states._states[key] = (new StatedNudge(state, untilMs == 0 ? null : untilMs, reader.ReadInt64()), reader.ReadString());
        }
        return states;
    }
}
