namespace NetworkGraph.People.Identity;

/// <summary>
/// The same first and last name, and a middle name that one leaves out. Not where people with two middle names are known, whose it
/// may be, nor where the address spells another middle initial.
/// </summary>
internal sealed class MiddleNameRule : IDuplicateRule
{
    public void Find(DuplicatePeople people, DuplicateReport link)
    {
        foreach (var (_, names) in people.Names(static name => [$"{name[0]} {name[^1]}"]))
        {
            if (names.Count > DuplicatePeople.MaxWithWord
                || names.Exists(name => names.Exists(other => NameForms.HaveOtherMiddle(name.Words, other.Words)))) continue;
            for (var i = 1; i < names.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var (one, other) = (names[j], names[i]);
                    if (one.Person == other.Person || one.Words.Length == other.Words.Length) continue;
                    if (people[one.Person].SpellsOtherMiddle(other.Words) || people[other.Person].SpellsOtherMiddle(one.Words)) continue;
                    link(one.Person, other.Person, DuplicateRule.MiddleName,
                        $"{string.Join(' ', one.Words)} and {string.Join(' ', other.Words)} may be one name");
                }
            }
        }
    }
}
