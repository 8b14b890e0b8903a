namespace NetworkGraph.People.Identity;

/// <summary>
/// The same last name, and first names that are nicknames, short forms or initials of each other. Only of a last name that few
/// bear: among many Smiths, Mike and Michael are two. An initial stands for no one where several people have it.
/// </summary>
internal sealed class NicknameRule : IDuplicateRule
{
    /// <summary>A last name that people with more first initials bear is a common one.</summary>
    private const int MaxBearers = 2;

    private const int MinName = 3;

    public void Find(DuplicatePeople people, DuplicateReport link)
    {
        foreach (var (_, names) in people.Names(static name => name[^1].Length >= MinName ? [name[^1]] : []))
        {
            if (names.Count > DuplicatePeople.MaxWithWord || names.DistinctBy(static name => name.Words[0][0]).Skip(MaxBearers).Any())
                continue;
            for (var i = 1; i < names.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var (one, other) = (names[j], names[i]);
                    if (one.Person == other.Person || !AreVariants(one.Words, other.Words, names)) continue;
                    link(one.Person, other.Person, DuplicateRule.NicknameOrInitial,
                        $"{string.Join(' ', one.Words)} and {string.Join(' ', other.Words)} may be forms of one name");
                }
            }
        }
    }

    private static bool AreVariants(string[] one, string[] other, List<DuplicateName> names)
    {
        if (one[0] == other[0] || !NameForms.MayBeFirst(one[0], other[0]) || NameForms.HaveOtherMiddle(one, other)) return false;
        if (one[0].Length > 1 && other[0].Length > 1) return true;
        var rivals = names.Where(name => name.Words[0].Length > 1 && name.Words[0][0] == one[0][0]).Select(
            static name => name.Words[0]).Distinct(StringComparer.Ordinal).ToList();
        return rivals.TrueForAll(first => rivals.TrueForAll(second => NameForms.MayBeFirst(first, second)));
    }
}
