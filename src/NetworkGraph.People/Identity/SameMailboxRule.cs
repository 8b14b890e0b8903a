namespace NetworkGraph.People.Identity;

/// <summary>
/// Addresses that one mailbox takes. What stands behind a plus is the recipient's own mark (RFC 5233), and Gmail passes over dots.
/// </summary>
internal sealed class SameMailboxRule : IDuplicateRule
{
    public void Find(DuplicatePeople people, DuplicateReport link)
    {
        foreach (var (mailbox, block) in people.Blocks(static person => person.Mailbox is { } own ? [own] : []))
            DuplicatePeople.Pairs(block, (one, other) => link(one, other, DuplicateRule.SameMailbox, $"both go to {mailbox}"));
    }
}
