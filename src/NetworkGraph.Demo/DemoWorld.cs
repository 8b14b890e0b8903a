using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo;

/// <summary>A relationship that is to be lived: who, from when to when, how often, in which part of life.</summary>
internal sealed class DemoTie
{
    public required int A { get; init; }

    public required int B { get; init; }

    public required long FromMs { get; init; }

    public required long ToMs { get; init; }

    /// <summary>Conversations in 30 days.</summary>
    public required double PerMonth { get; init; }

    public Setting Setting { get; init; }

    public DemoChannel Channel { get; init; }

    /// <summary>Begins in the network's time, with a first contact; the others knew each other before.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Never left alone for long.</summary>
    public bool IsSteady { get; init; }

    /// <summary>What A and what B has said so far.</summary>
    public int SaidByA { get; set; }

    public int SaidByB { get; set; }

    /// <summary>Both have said enough to each other that an ask is not out of place.</summary>
    public bool IsWarm => SaidByA >= 3 && SaidByB >= 3;

    public int Other(int person) => person == A ? B : A;

    public void Said(int person)
    {
        if (person == A) SaidByA++;
        else SaidByB++;
    }

    public bool IsAliveAt(long atMs) => FromMs + 20 * DemoCalendar.DayMs <= atMs && atMs <= ToMs;
}

/// <summary>Everything under construction: people, communities, who knows whom, what happened, what was planted.</summary>
internal sealed class DemoWorld
{
    private readonly HashSet<ulong> _known = [];
    private readonly HashSet<ulong> _reserved = [];
    private readonly List<DemoTie>[] _tiesOf;

    public DemoWorld(DemoOptions options)
    {
        Options = options;
        Calendar = new DemoCalendar(options.Until, options.Years);
        Ledger = new DemoLedger(Calendar);
        People = DemoPeople.Cast(options);
        Communities = new DemoCommunities(People);
        Ordinary = [.. People.Where(p => p.Archetype is null).Select(p => p.Number)];
        _tiesOf = new List<DemoTie>[People.Length];
        for (var i = 0; i < _tiesOf.Length; i++) _tiesOf[i] = [];
    }

    public DemoOptions Options { get; }

    public DemoCalendar Calendar { get; }

    public DemoLedger Ledger { get; }

    public DemoPerson[] People { get; }

    public DemoCommunities Communities { get; }

    /// <summary>The people without a planted archetype.</summary>
    public int[] Ordinary { get; }

    public List<DemoTie> Ties { get; } = [];

    public DemoPlanted Planted { get; } = new();

    /// <summary>Stretches a number meant for three years to the years there are.</summary>
    public double Scale => Options.Years / 3.0;

    public DemoRandom Stream(string name) => new(Options.Seed, name);

    public IReadOnlyList<DemoTie> TiesOf(int person) => _tiesOf[person];

    public void Add(DemoTie tie)
    {
        Meet(tie.A, tie.B);
        Ties.Add(tie);
        _tiesOf[tie.A].Add(tie);
        _tiesOf[tie.B].Add(tie);
    }

    public bool Knows(int a, int b) => _known.Contains(Pair(a, b));

    public void Meet(int a, int b) => _known.Add(Pair(a, b));

    /// <summary>Nothing may happen between the two but what was planted.</summary>
    public bool IsReserved(int a, int b) => _reserved.Contains(Pair(a, b));

    public void Reserve(int a, int b)
    {
        _reserved.Add(Pair(a, b));
        _known.Add(Pair(a, b));
    }

    /// <summary>An ordinary person from around <paramref name="person"/> whom they do not know yet, or -1.</summary>
    public int Stranger(int person, DemoRandom random)
    {
        for (var attempt = 0; attempt < 24; attempt++)
        {
            var other = attempt < 8 ? Communities.Near(People[person], random) : random.Pick(Ordinary);
            if (other != person && People[other].Archetype is null && !Knows(person, other)) return other;
        }
        return -1;
    }

    /// <summary>Some time with at least this many days before and after it.</summary>
    public long Sometime(double daysBefore, double daysAfter, DemoRandom random) =>
        Calendar.StartMs + (long)(random.Between(daysBefore, Math.Max(daysBefore, Calendar.SpanDays - daysAfter)) * DemoCalendar.DayMs);

    private static ulong Pair(int a, int b) => (ulong)(uint)Math.Min(a, b) << 32 | (uint)Math.Max(a, b);
}

/// <summary>What was planted, by numbers; ids come with the ranks.</summary>
internal sealed class DemoPlanted
{
    public List<(int First, int Second)> Dormant { get; } = [];

    public List<(int First, int Second)> Revived { get; } = [];

    public List<(int First, int Second)> Burnt { get; } = [];

    public List<(int First, int Second)> Mentorships { get; } = [];

    public List<DemoVenue> Venues { get; } = [];

    public HashSet<string> VenueNames { get; } = new(StringComparer.Ordinal);

    public List<(int Draft, int Receiver, int Referred, bool Acted, bool Reported)> Referrals { get; } = [];

    public List<(int Draft, bool Led)> Introductions { get; } = [];

    public List<(string Warning, int Person, int Other)> Warnings { get; } = [];
}
