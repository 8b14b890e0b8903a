namespace NetworkGraph.People.Identity;

/// <summary>
/// People keep their handle from one host to the next: the same local part, account or name of one word, also with another number
/// at its end. Where both have full names, these must go together (<see cref="DuplicateRule.HandleAndName"/>). A first name is no
/// handle, and one that several people go by is no evidence for any of them.
/// </summary>
internal sealed class SharedHandleRule : IDuplicateRule
{
    private const int MaxWithHandle = 12;
    private const int SureHandle = 6;

    public void Find(DuplicatePeople people, DuplicateReport link)
    {
        var firstNames = people.Names(static name => [name[0]]).Where(static names => !DuplicatePeople.AreOne(names.Value))
            .Select(static names => names.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (handle, block) in people.Blocks(static person => person.Handles))
        {
            if (block.Count > MaxWithHandle) continue;
            var isOfOne = !firstNames.Contains(handle)
                && DuplicatePeople.AreOne(
                    [.. block.SelectMany(person => people[person].Full.Select(name => new DuplicateName(person, name)))]);
            DuplicatePeople.Pairs(block, (one, other) =>
            {
                var (a, b) = (people[one], people[other]);
                if (a.Full.Count > 0 && b.Full.Count > 0)
                {
                    if (!DuplicatePeople.GoTogether(a, b)) return;
                    link(one, other, DuplicateRule.HandleAndName,
                        $"both go by {handle}, and {people.NameOf(one)} and {people.NameOf(other)} go together");
                }
                else if (isOfOne && !a.IsMany && !b.IsMany && IsSign(handle, a, b))
                {
                    link(one, other, DuplicateRule.SharedHandle, $"both go by {handle}");
                }
            });
        }
    }

    private static bool IsSign(string handle, DuplicatePerson one, DuplicatePerson other)
    {
        if (one.GivenNames.Contains(handle) && other.GivenNames.Contains(handle)) return true;
        // What somebody is called is no sign of an address that has the word by chance.
        if (one.IsCalledOnly(handle) || other.IsCalledOnly(handle)) return false;
        // A short word is most often a first name; one that the other's name abbreviates is not.
        return handle.Length >= SureHandle || one.Full.Concat(other.Full).Any(name => NameForms.Abbreviates(handle, name));
    }
}
