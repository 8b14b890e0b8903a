using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.Imports;

/// <summary>
/// Towards whom something is said in a chat. Between two, it is a message to the other. In a group it is a comment to who spoke before;
/// where no one did, the one who speaks is there, at most once a day.
/// </summary>
/// <param name="venue">The group; null for a chat of two.</param>
/// <param name="people">Ids of all who speak in the chat.</param>
internal sealed class GroupTalk(string? venue, IEnumerable<string> people)
{
    private const long DayMs = 86_400_000;

    private readonly List<string> _people = [.. people];
    private readonly HashSet<(string, long)> _present = [];
    private string? _last;
    private string? _lastOther;

    /// <summary>What a saying is; null where it is towards no one, and that its speaker is there is known already.</summary>
    public InteractionSeed? Said(string who, long atMs)
    {
        if (venue is null)
        {
            var other = _people.Find(person => person != who);
            return new InteractionSeed { AtMs = atMs, From = who, To = other is null ? [] : [other], Kind = InteractionKind.Message };
        }
        if (who != _last) (_lastOther, _last) = (_last, who);
        if (_lastOther is { } before)
            return new InteractionSeed { AtMs = atMs, From = who, To = [before], Kind = InteractionKind.Comment, Venue = venue };
        return Present(who, atMs);
    }

    /// <summary>That somebody is there; null where that is known of the day.</summary>
    public InteractionSeed? Present(string who, long atMs) =>
        _present.Add((who, atMs / DayMs))
            ? new InteractionSeed { AtMs = atMs, From = who, Kind = InteractionKind.Attendance, Venue = venue } : null;
}
