using NetworkGraph.Events.Interactions;


namespace NetworkGraph.People.Histories;

/// <summary>
/// What stands behind each person number: as the rules read it from the id, unless a profile says otherwise. One writer; any
/// number of readers.
/// </summary>
public sealed class EntityTable
{
    private const byte IsSet = 0x80;

    /// <summary>The kind by number, with <see cref="IsSet"/> where a profile says so.</summary>
    private byte[] _kinds = [];
    private int _changes;

    /// <summary>How often the relationships of somebody known already came to count, or ceased to.</summary>
    public int Changes => Volatile.Read(ref _changes);

    public EntityKind Of(int person)
    {
        var kinds = Volatile.Read(ref _kinds);
        return (uint)person < (uint)kinds.Length ? (EntityKind)(kinds[person] & ~IsSet) : EntityKind.Person;
    }

    /// <summary>Whether a profile says what the person is, and no rule decides.</summary>
    public bool IsStated(int person)
    {
        var kinds = Volatile.Read(ref _kinds);
        return (uint)person < (uint)kinds.Length && (kinds[person] & IsSet) != 0;
    }

    /// <summary>Whether the person counts in measures of relationship.</summary>
    public bool HasRelationships(int person) => Of(person).HasRelationships();

    /// <summary>Whether what is between the two counts in measures of relationship; not for a person's own list.</summary>
    public bool AreRelated(int one, int other) => one != other && HasRelationships(one) && HasRelationships(other);

    /// <summary>Takes in somebody new. Only the one writer calls this.</summary>
    internal void Add(int person, string id)
    {
        var kind = EntityRules.Of(id).Kind;
        // The table is as long as the last who is no person.
        if (kind != EntityKind.Person) Write(person, (byte)kind);
    }

    /// <summary>
    /// Sets what a profile says (null: nothing, so that the rules decide). Returns whether the person's relationships come
    /// to count by it, or cease to. Only the one writer calls this.
    /// </summary>
    internal bool Set(int person, string id, EntityKind? stated)
    {
        var before = HasRelationships(person);
        var kind = stated ?? EntityRules.Of(id).Kind;
        if (stated is not null || IsStated(person) || kind != Of(person)) Write(person, (byte)((byte)kind | (stated is null ? 0 : IsSet)));
        if (before == kind.HasRelationships()) return false;
        Volatile.Write(ref _changes, _changes + 1);
        return true;
    }

    private void Write(int person, byte kind)
    {
        if (person >= _kinds.Length)
        {
            var longer = new byte[Math.Max(person + 1, 2 * _kinds.Length)];
            _kinds.CopyTo(longer, 0);
            longer[person] = kind;
            Volatile.Write(ref _kinds, longer);
        }
        else
        {
            Volatile.Write(ref _kinds[person], kind);
        }
    }
}
