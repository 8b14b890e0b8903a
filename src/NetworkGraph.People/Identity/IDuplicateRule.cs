namespace NetworkGraph.People.Identity;

/// <summary>One reason why two ids may be one person's. Stateless; any number of callers.</summary>
internal interface IDuplicateRule
{
    /// <summary>Reports the pairs that the rule speaks for to <paramref name="link"/>; a pair may be reported more than once.</summary>
    void Find(DuplicatePeople people, DuplicateReport link);
}

/// <summary>Two candidates by index, in either order, the rule and its evidence.</summary>
internal delegate void DuplicateReport(int one, int other, DuplicateRule rule, string evidence);
