using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Identity;

/// <summary>What was said of two ids, as users read it.</summary>
public static class AliasNames
{
    public static string Of(AliasChange change) => change switch
    {
        AliasChange.Merged => "merged",
        AliasChange.Split => "split",
        _ => "distinct",
    };
}
