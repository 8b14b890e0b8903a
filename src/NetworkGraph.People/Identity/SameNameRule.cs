namespace NetworkGraph.People.Identity;

/// <summary>
/// The same full name, whatever the order of its words, their accents and case. A name of three words or more is hardly ever two
/// people's. The same name is also one that is written together or apart (Shu Wei Hao, Hao Shuwei) or with its umlauts as two letters.
/// </summary>
internal sealed class SameNameRule : IDuplicateRule
{
    private const int LongName = 3;

    public void Find(DuplicatePeople people, DuplicateReport link)
    {
        foreach (var (name, block) in people.Blocks(static person => person.Full.Select(NameForms.Sorted)))
        {
            var rule = name.Count(' ') >= LongName - 1 ? DuplicateRule.SameLongName : DuplicateRule.SameName;
            DuplicatePeople.Pairs(block, (one, other) => link(one, other, rule, $"both are called {people.NameOf(one)}"));
        }
        foreach (var (_, block) in people.Blocks(
            static person => person.Full.SelectMany(NameForms.Joined).Concat(person.Joined.Select(NameForms.Plain))))
        {
            DuplicatePeople.Pairs(block, (one, other) =>
                link(one, other, DuplicateRule.SameName, $"{people.NameOf(one)} and {people.NameOf(other)} are one name"));
        }
    }
}
