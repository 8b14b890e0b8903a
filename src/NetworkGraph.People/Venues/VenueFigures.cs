using NetworkGraph.Engine.Statistics;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Venues;

/// <summary>
/// Problem: what came of a venue?
/// Method: sums over the dyads that had anything at the venue, in any order: who was there (attended, or took part in
/// something there), who met whom for the first time, and what became of it.
/// Cost: O(events of those dyads). Not for several threads.
/// </summary>
public sealed class VenueFigures(int venue, HistoryStore histories, long asOfMs, VenueSettings settings)
{
    private readonly HashSet<int> _people = [];
    private readonly HashSet<uint> _attendances = [];
    private readonly HashSet<uint> _help = [];
    private readonly HashSet<long> _days = [];
    private readonly List<double> _strengths = [];

    /// <summary>What became of the first contacts there.</summary>
    public VenueContactSums Contacts { get; } = new(asOfMs, settings);

    /// <summary>People who attended, or took part in something there.</summary>
    public int People => _people.Count;

    /// <summary>Attendances recorded, whether of one event or of many in a row.</summary>
    public int Attendances => _attendances.Count;

    /// <summary>Days (UTC) on which something happened there.</summary>
    public int Days => _days.Count;

    public long? FirstMs { get; private set; }

    public long? LastMs { get; private set; }

    /// <summary>Interactions there that gave something, advised, or did a favour.</summary>
    public int HelpGiven => _help.Count;

    /// <summary>Median over the first contacts of the mean strength both ways; null where there are none.</summary>
    public double? MedianStrength()
    {
        if (_strengths.Count == 0) return null;
        _strengths.Sort();
        var middle = _strengths.Count / 2;
        return _strengths.Count % 2 == 1 ? _strengths[middle] : (_strengths[middle - 1] + _strengths[middle]) / 2;
    }

    /// <summary>Kaplan-Meier curve of the hours to the follow-up; the pending, and those never followed up, are censored.</summary>
    public List<SurvivalStep> Curve()
    {
        double[] hours = [.. Contacts.Rates.Hours];
        bool[] happened = [.. Contacts.Rates.Happened];
        return KaplanMeier.Curve(hours, happened);
    }

    /// <summary>
    /// Whether the log knows what attendees say elsewhere: some of the first contacts spoke elsewhere, or at least so many
    /// attendees did with anybody since the venue began. Where it knows only of the venue, silence afterwards means nothing.
    /// Cost: the dyads of attendees, until enough of them are found; nothing where a first contact spoke elsewhere.
    /// </summary>
    public bool IsSeenElsewhere(int leastPeople)
    {
        if (Contacts.AnyElsewhere) return true;
        var seen = 0;
        var reader = new DyadReader(histories);
        foreach (var person in _people)
        {
            if (SaysSomethingElsewhere(person, reader) && ++seen == leastPeople) return true;
        }
        return false;
    }

    private bool SaysSomethingElsewhere(int person, DyadReader reader)
    {
        foreach (var dyad in histories.DyadsOf(person))
            foreach (ref readonly var happened in reader.Read(dyad.Index, asOfMs))
                if (happened.AtMs > FirstMs && settings.Measures.WeightTable.IsContact(in happened)
                    && histories.Venues.Of(happened.Position) != venue) return true;
        return false;
    }

    /// <summary>Takes in one dyad, or one person's own list.</summary>
    /// <param name="dyad">Its index.</param>
    /// <param name="events">Its events up to the date, in order.</param>
    /// <param name="here">Positions of what happened at the venue.</param>
    public void Add(int dyad, ReadOnlySpan<DyadEvent> events, HashSet<uint> here)
    {
        var (low, high) = histories.PeopleOf(dyad);
        foreach (ref readonly var happened in events)
            if (happened.Direction is not DyadDirection.Mentioned && here.Contains(happened.Position)) AddEvent(low, high, in happened);
        if (!histories.Entities.AreRelated(low, high)
            || FirstContact.Of(events, asOfMs, histories.Venues, settings.Measures.WeightTable, settings.FollowUps) is not { } contact
            || !here.Contains(contact.MetPosition)) return;
        AddContact(VenueContact.Of(events, in contact, venue, histories.Venues, asOfMs, settings));
    }

    private void AddEvent(int low, int high, in DyadEvent happened)
    {
        _people.Add(low);
        _people.Add(high);
        _days.Add(happened.AtMs / (long)TieDecay.DayMs);
        FirstMs = Math.Min(FirstMs ?? long.MaxValue, happened.AtMs);
        LastMs = Math.Max(LastMs ?? long.MinValue, happened.AtMs);
        if (low == high) _attendances.Add(happened.Position);
        if (IsHelp(in happened)) _help.Add(happened.Position);
    }

    /// <summary>Something given, advice, or a favour.</summary>
    internal static bool IsHelp(in DyadEvent happened) =>
        happened.Kind is InteractionKind.Favour || happened.Exchange is Exchange.Give or Exchange.Advice;

    private void AddContact(in VenueContact contact)
    {
        Contacts.Add(in contact);
        _strengths.Add(contact.Strength);
    }
}
