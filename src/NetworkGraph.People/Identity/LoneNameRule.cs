namespace NetworkGraph.People.Identity;

/// <summary>
/// An address of somebody's own machine, which was never set up, under one word, and the only person known whose name has that
/// word. Addresses that take mail are passed over: of these, such pairs were right in ten of twenty-six only.
/// </summary>
internal sealed class LoneNameRule : IDuplicateRule
{
    private const int MinName = 4;

    public void Find(DuplicatePeople people, DuplicateReport link)
    {
        var holders = people.Names(static name => new[] { name[0], name[^1] }.Where(static end => end.Length >= MinName));
        for (var one = 0; one < people.Count; one++)
        {
            if (people[one].Full.Count > 0 || !people[one].IsMachine) continue;
            foreach (var word in people[one].GivenNames)
            {
                if (!holders.TryGetValue(word, out var all) || all.Count > DuplicatePeople.MaxWithWord || !DuplicatePeople.AreOne(all))
                    continue;
                foreach (var (other, name) in all)
                    if (!people[other].IsMany)
                        link(one, other, DuplicateRule.LoneName, $"no one else is called {word} but {string.Join(' ', name)}");
            }
        }
    }
}
