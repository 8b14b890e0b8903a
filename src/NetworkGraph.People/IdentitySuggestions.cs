using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Identity;

namespace NetworkGraph.People;

/// <summary>Two ids that may be one person's.</summary>
/// <param name="Id">Of the suggestion; stays the same while the two are suggested.</param>
/// <param name="One">The id that comes first, ordinal.</param>
/// <param name="Other">The other id.</param>
/// <param name="Probability">That it is right, in (0, 1): expected of the rule, and recalibrated by what was decided of it.</param>
/// <param name="Rule">Wire name of the rule it comes from; null where none speaks for the two.</param>
/// <param name="Evidence">What it rests on, in words.</param>
/// <param name="State">open, merged, distinct, or none where no rule speaks for the two.</param>
public sealed record IdentitySuggestion(
    string Id, string One, string Other, double? Probability, string? Rule, string Evidence, string State);

/// <summary>
/// Suggests which ids are one person's, from ids and names alone, most probable first. Kept until a profile, an alias or the
/// number of people changes. Any number of readers.
/// </summary>
public sealed class IdentitySuggestions(EmbeddedPeople people)
{
    private readonly Lock _gate = new();
    private ((int People, int Profiles, int Aliases) State, IReadOnlyList<IdentitySuggestion> Items)? _kept;

    /// <summary>All open suggestions, the most probable first, then by id.</summary>
    public IReadOnlyList<IdentitySuggestion> Open(CancellationToken cancellation)
    {
        lock (_gate)
        {
            var state = (people.Histories.People.Count, people.Profiles.Changes, people.Aliases.Changes);
            if (_kept is { } kept && kept.State == state) return [.. kept.Items.Where(IsOpen)];
            var candidates = Candidates();
            var items = DuplicateSearch.Find(candidates, cancellation)
                .Select(link => Suggestion(candidates[link.One].Id, candidates[link.Other].Id, link)).Where(IsOpen)
                .OrderByDescending(static item => item.Probability).ThenBy(static item => item.Id, StringComparer.Ordinal).ToList();
            _kept = (state, items);
            return items;
        }
    }

    /// <summary>What speaks for two ids being one person's, or that nothing does, whatever was decided.</summary>
    public IdentitySuggestion Of(string one, string other)
    {
        if (string.CompareOrdinal(one, other) > 0) (one, other) = (other, one);
        DuplicateCandidate[] both = [new(one, NamesOf(one)), new(other, NamesOf(other))];
        return DuplicateSearch.Find(both, CancellationToken.None) is [var link, ..]
            ? Suggestion(one, other, link)
            : new IdentitySuggestion(IdOf(one, other), one, other, null, null, WhyNot(both), StateOf(one, other) ?? "none");
    }

    /// <summary>The two ids of a suggestion's id; null where it is none.</summary>
    public static (string One, string Other)? Read(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!System.Buffers.Text.Base64Url.IsValid(id)) return null;
        var text = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(id)).Split('\n');
        return text is [{ Length: > 0 } one, { Length: > 0 } other] && string.CompareOrdinal(one, other) < 0 ? (one, other) : null;
    }

    private IdentitySuggestion Suggestion(string one, string other, DuplicateLink link)
    {
        if (string.CompareOrdinal(one, other) > 0) (one, other) = (other, one);
        var rule = link.Rule.WireName();
        var decided = people.Aliases.Decided.TryGetValue(rule, out var known) ? known : default;
        return new IdentitySuggestion(
            IdOf(one, other), one, other, Math.Round(link.Rule.Probability(decided), 3), rule, link.Evidence, StateOf(one, other)
            ?? "open");
    }

    private static string IdOf(string one, string other) =>
        System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes($"{one}\n{other}"));

    private bool IsOpen(IdentitySuggestion item) => StateOf(item.One, item.Other) is null;

    private string? StateOf(string one, string other) =>
        people.Aliases.CanonicalOf(one) == people.Aliases.CanonicalOf(other) ? "merged" : people.Aliases.AreDistinct(one, other)
            ? "distinct" : null;

    /// <summary>Everybody known who may be a person; shared desks are distinguished by their address alone.</summary>
    private List<DuplicateCandidate> Candidates()
    {
        var histories = people.Histories;
        var candidates = new List<DuplicateCandidate>(histories.People.Count);
        for (var number = 0; number < histories.People.Count; number++)
        {
            var id = histories.People.Ids[number];
            if (id.Length > 0 && histories.Entities.Of(histories.People.Resolve(number)) is EntityKind.Person)
                candidates.Add(new DuplicateCandidate(id, NamesOf(id)));
        }
        return candidates;
    }

    private string[] NamesOf(string id) =>
        people.Histories.People.TryGetAnyNumber(id, out var number) && people.Profiles.OwnOf(number)?.Name is { } name ? [name] : [];

    private static string WhyNot(DuplicateCandidate[] both)
    {
        foreach (var one in both)
            if (EntityRules.Of(one.Id) is { Kind: not EntityKind.Person, Reason: { } reason })
                return $"{one.Id} is not a person's: {reason}.";
        var names = both.Select(static one => one.Names.Count == 0 ? null : one.Names[0]).ToArray();
        return names[0] is { } first && names[1] is { } second
            ? $"The names {first} and {second} are not forms of one, and the addresses share no handle."
            : "The addresses share no handle, and no name is known that the other address spells.";
    }
}
