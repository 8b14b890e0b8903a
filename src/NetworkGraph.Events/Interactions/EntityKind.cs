namespace NetworkGraph.Events.Interactions;

/// <summary>What stands behind an id. The numbers are stored: never renumber, only add.</summary>
public enum EntityKind : byte
{
    Person = 0,

    /// <summary>A shared desk, such as info@ or support@.</summary>
    Role = 1,

    /// <summary>A mailing list or newsletter.</summary>
    List = 2,

    /// <summary>A meeting room or another resource of a calendar.</summary>
    Room = 3,

    /// <summary>A program that sends by itself.</summary>
    Bot = 4,

    Organisation = 5,
}

/// <summary>The names of entities as users write and read them, and what follows from each.</summary>
public static class EntityKinds
{
    private static readonly string[] s_names = ["person", "role", "list", "room", "bot", "organisation"];

    public static IReadOnlyList<string> Names => s_names;

    public static string WireName(this EntityKind kind) => s_names[(int)kind];

    public static bool TryParse(string name, out EntityKind kind)
    {
        var number = Array.IndexOf(s_names, name);
        kind = (EntityKind)Math.Max(0, number);
        return number >= 0;
    }

    /// <summary>Whether it counts in measures of relationship. The interactions of all others stay in histories only.</summary>
    public static bool HasRelationships(this EntityKind kind) => kind is EntityKind.Person or EntityKind.Role;
}
