using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Analytics.Groups;

/// <summary>
/// Ties counted from group to group.
/// Method: one pass over everyone's row, counting a tie in the cells of the groups of its two ends, and each person once a
/// cell and side.
/// Cost: O(entries) where everybody is in one group.
/// </summary>
internal sealed class GroupMatrix
{
    private readonly Sums[] _cells;
    private readonly int[] _seenAsSource;
    private readonly int[] _seenAsTarget;

    private GroupMatrix(int groups)
    {
        Groups = groups;
        _cells = new Sums[groups * groups];
        _seenAsSource = new int[groups * groups];
        _seenAsTarget = new int[groups * groups];
        People = new int[groups];
        TiesOut = new long[groups];
        TiesIn = new long[groups];
    }

    public int Groups { get; }

    /// <summary>By group.</summary>
    public int[] People { get; }

    /// <summary>By group: ties from its people to anyone.</summary>
    public long[] TiesOut { get; }

    /// <summary>By group: ties from anyone to its people.</summary>
    public long[] TiesIn { get; }

    public long Ties { get; private set; }

    public ref readonly Sums this[int from, int to] => ref _cells[from * Groups + to];

    /// <param name="snapshot">The network.</param>
    /// <param name="groups">How many groups there are.</param>
    /// <param name="groupsOf">The groups a person is in, by number.</param>
    /// <param name="cancellation">Stops it.</param>
    public static GroupMatrix Count(NetworkSnapshot snapshot, int groups, Func<int, int[]> groupsOf, CancellationToken cancellation)
    {
        var matrix = new GroupMatrix(groups);
        var of = new int[snapshot.People][];
        for (var person = 0; person < of.Length; person++) of[person] = groupsOf(person);
        for (var person = 0; person < of.Length; person++)
        {
            if ((person & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            matrix.Add(snapshot.Row(person), person, of);
        }
        return matrix;
    }

    private void Add(TieRow row, int person, int[][] of)
    {
        foreach (var group in of[person]) People[group]++;
        var strengthsOut = row.Out;
        var strengthsIn = row.In;
        for (var entry = 0; entry < row.Count; entry++)
        {
            var (isOut, isIn) = (strengthsOut[entry] > 0, strengthsIn[entry] > 0);
            if (isOut) Ties++;
            foreach (var group in of[person])
            {
                if (isOut) TiesOut[group]++;
                if (isIn) TiesIn[group]++;
                foreach (var other in of[row.Neighbours[entry]])
                {
                    if (isOut) AddTie(group * Groups + other, person, strengthsOut[entry], isIn);
                    if (isIn) SeeTarget(other * Groups + group, person);
                }
            }
        }
    }

    private void AddTie(int cell, int person, float strength, bool isReturned)
    {
        ref var sums = ref _cells[cell];
        sums.Ties++;
        sums.Strength += strength;
        if (isReturned) sums.Reciprocated++;
        if (_seenAsSource[cell] == person + 1) return;
        _seenAsSource[cell] = person + 1;
        sums.PeopleFrom++;
    }

    private void SeeTarget(int cell, int person)
    {
        if (_seenAsTarget[cell] == person + 1) return;
        _seenAsTarget[cell] = person + 1;
        _cells[cell].PeopleTo++;
    }

    /// <summary>What a cell adds up to; strengths at the landmark.</summary>
    public struct Sums
    {
        public long Ties;
        public long Reciprocated;
        public int PeopleFrom;
        public int PeopleTo;
        public double Strength;
    }
}
