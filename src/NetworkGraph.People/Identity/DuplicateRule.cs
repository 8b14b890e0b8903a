namespace NetworkGraph.People.Identity;

/// <summary>Why two ids may be one person's; the surest first.</summary>
public enum DuplicateRule
{
    /// <summary>Addresses that one mailbox takes: dots at Gmail, and what stands behind a plus.</summary>
    SameMailbox,

    /// <summary>The same full name of three words or more.</summary>
    SameLongName,

    /// <summary>The same full name.</summary>
    SameName,

    /// <summary>A common handle, where one of the two has no full name.</summary>
    SharedHandle,

    /// <summary>The address of one, who has no full name, spells the name of the other.</summary>
    SpeltName,

    /// <summary>A common handle, and names that go together without being the same.</summary>
    HandleAndName,

    /// <summary>A name of one word, and the only full name that has it.</summary>
    LoneName,

    /// <summary>The same first and last name, and a middle name that one leaves out.</summary>
    MiddleName,

    /// <summary>The same last name, which few bear, and first names that are nicknames, short forms or initials of each other.</summary>
    NicknameOrInitial,

    /// <summary>The address of one spells the name of the other, and their names go together without being the same.</summary>
    SpeltAndName,
}

/// <summary>The names of the rules, and what is expected of each before anybody decided anything.</summary>
public static class DuplicateRules
{
    private static readonly string[] s_names =
    [
        "same-mailbox", "same-long-name", "same-name", "shared-handle", "spelt-name", "handle-and-name", "lone-name", "middle-name",
            "nickname-or-initial",
        "spelt-and-name",
    ];

    /// <summary>
    /// Suggestions of each rule that were right and wrong on the public histories of three projects (sympy, git, moby), as the Beta
    /// prior of the rule; no more than 20 together, so that the user's own decisions soon outweigh them.
    /// </summary>
    private static readonly (double Right, double Wrong)[] s_priors =
        [(19.9, 0.1), (19.8, 0.2), (19.6, 0.4), (18.5, 1.5), (15.5, 4.5), (12, 8), (10, 10), (10, 10), (6, 14), (2, 18)];

    public static IReadOnlyList<string> Names => s_names;

    public static string WireName(this DuplicateRule rule) => s_names[(int)rule];

    /// <summary>The probability in (0, 1) that a suggestion of the rule is right, after what was decided of it.</summary>
    public static double Probability(this DuplicateRule rule, (long Accepted, long Rejected) decided)
    {
        var (right, wrong) = s_priors[(int)rule];
        return (right + decided.Accepted) / (right + wrong + decided.Accepted + decided.Rejected);
    }
}
