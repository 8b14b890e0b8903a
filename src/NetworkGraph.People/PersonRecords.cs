using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People;

/// <summary>
/// Where in the log a person is: what they took part in, oldest first, and where others named them as the third person of
/// what they had with each other.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record PersonRecords(IReadOnlyList<long> TakesPart, IReadOnlyList<PersonMention> Mentions)
{
    /// <summary>All there is, whatever its date; null for an unknown id. Memory for a position an interaction.</summary>
    public static PersonRecords? Of(HistoryStore histories, string id)
    {
        ArgumentNullException.ThrowIfNull(histories);
        if (!histories.People.TryGetNumber(id, out var person)) return null;
        var reader = new DyadReader(histories);
        var takesPart = new SortedSet<(long AtMs, long Position)>();
        foreach (var dyad in histories.DyadsOf(person))
            foreach (ref readonly var happened in reader.Read(dyad.Index, DyadEvent.NeverMs - 1))
                takesPart.Add((happened.AtMs, happened.Position));
        var mentions = new List<PersonMention>();
        if (histories.OwnListOf(person) is { } own)
        {
            foreach (ref readonly var happened in reader.Read(own.Index, DyadEvent.NeverMs - 1))
            {
                if (happened.Direction is DyadDirection.Mentioned)
                    mentions.Add(new PersonMention(happened.AtMs, happened.Kind, happened.Exchange));
                else takesPart.Add((happened.AtMs, happened.Position));
            }
        }
        return new PersonRecords([.. takesPart.Select(one => one.Position)], mentions);
    }
}

/// <summary>A person was named by others as the third person of what they had with each other. Unix ms.</summary>
[GenerateSerializer, Immutable]
public readonly record struct PersonMention(long AtMs, InteractionKind Kind, Exchange Exchange);
