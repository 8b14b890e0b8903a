namespace NetworkGraph.People.Identity;

/// <summary>
/// Addresses are made of names: alee, annlee, ann.lee of Ann Lee. The address of one who has no full name (or one that goes with
/// it: <see cref="DuplicateRule.SpeltAndName"/>) spells the name of the other. What several people's names spell is no evidence
/// for any of them.
/// </summary>
internal sealed class SpeltNameRule : IDuplicateRule
{
    public void Find(DuplicatePeople people, DuplicateReport link)
    {
        var spelling = people.Names(NameForms.Spelt);
        for (var one = 0; one < people.Count; one++)
        {
            foreach (var handle in people[one].Spellings)
            {
                if (!spelling.TryGetValue(handle, out var all) || all.Count > DuplicatePeople.MaxWithWord || !DuplicatePeople.AreOne(all))
                    continue;
                foreach (var (other, name) in all)
                    if (other != one) Link(people, link, one, other, name, handle);
            }
        }
    }

    private static void Link(DuplicatePeople people, DuplicateReport link, int one, int other, string[] name, string handle)
    {
        var evidence = $"{handle} spells {string.Join(' ', name)}";
        if (people[one].Full.Count == 0)
        {
            if (people[one].IsMany || people[other].IsMany || people[one].IsCalledOtherwiseThan(name)) return;
            link(one, other, DuplicateRule.SpeltName, evidence);
        }
        else if (DuplicatePeople.GoTogether(people[one], people[other]))
        {
            link(one, other, DuplicateRule.SpeltAndName, $"{evidence}, and {people.NameOf(one)} and {people.NameOf(other)} go together");
        }
    }
}
