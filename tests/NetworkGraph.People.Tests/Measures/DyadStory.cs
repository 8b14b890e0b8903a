using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Tests.Measures;

public enum Side
{
    Me,
    Them,
    Both,
}

/// <summary>One interaction between me and the other, as a story tells it.</summary>
public sealed record Happened(long AtMs, Side By, InteractionKind Kind)
{
    public Exchange Exchange { get; init; }

    public Setting Setting { get; init; }

    public int Recipients { get; init; } = 1;

    /// <summary>Unique in the story, above 0.</summary>
    public uint Id { get; init; }

    /// <summary>The recurring event it is an occurrence of; 0 for none.</summary>
    public uint Series { get; init; }

    public bool AtVenue { get; init; }

    public double? Seconds { get; init; }

    /// <summary>The id it answers; 0 for none.</summary>
    public uint ReplyTo { get; init; }

    public DyadEvent ToEvent(uint position, bool selfIsLow)
    {
        var direction = By switch
        {
            Side.Both => DyadDirection.Both,
            Side.Me => selfIsLow ? DyadDirection.LowToHigh : DyadDirection.HighToLow,
            _ => selfIsLow ? DyadDirection.HighToLow : DyadDirection.LowToHigh,
        };
        var packed = new DyadEvent
        {
            AtMs = AtMs,
            Position = position,
            Previous = -1,
            About = -1,
            IdTag = Id,
            ReplyTag = ReplyTo,
            Recipients = (ushort)Recipients
        };
        packed = packed with { SeriesTag = Series, HasVenue = AtVenue };
        packed.Pack(new Interaction
        {
            Id = "i" + Id,
            AtMs = AtMs,
            From = "me",
            To = ["them"],
            Kind = Kind,
            Exchange = Exchange,
            Setting = Setting,
            LengthSeconds = Seconds
        }, direction, true);
        return packed;
    }
}

/// <summary>The history of me and one other, told in days after the start; the tests' way to say who did what when.</summary>
public sealed class DyadStory
{
    public const long DayMs = 86_400_000;
    public static readonly long StartMs = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public List<Happened> Past { get; } = [];

    /// <summary>Unix ms of a day of the story.</summary>
    public static long At(double day) => StartMs + (long)Math.Round(day * DayMs);

    public DyadStory Me(
        double day, InteractionKind kind = InteractionKind.Message, Exchange exchange = Exchange.None,
        Setting setting = Setting.Professional, uint replyTo = 0, int recipients = 1) =>
        Add(day, Side.Me, kind, exchange, setting, replyTo, recipients);

    public DyadStory Them(
        double day, InteractionKind kind = InteractionKind.Message, Exchange exchange = Exchange.None,
        Setting setting = Setting.Professional, uint replyTo = 0, int recipients = 1) =>
        Add(day, Side.Them, kind, exchange, setting, replyTo, recipients);

    public DyadStory Both(
        double day, InteractionKind kind = InteractionKind.Meeting, Exchange exchange = Exchange.None,
        Setting setting = Setting.Professional, uint replyTo = 0, int recipients = 1) =>
        Add(day, Side.Both, kind, exchange, setting, replyTo, recipients);

    /// <summary>A message and its answer a day later, so many times, so many days apart.</summary>
    public DyadStory Letters(double fromDay, int rounds, double everyDays)
    {
        for (var round = 0; round < rounds; round++) Me(fromDay + round * everyDays).Them(fromDay + round * everyDays + 1);
        return this;
    }

    /// <summary>Changes what was told last.</summary>
    public DyadStory With(Func<Happened, Happened> change)
    {
        Past[^1] = change(Past[^1]);
        return this;
    }

    public DyadEvent[] Events(bool selfIsLow = true) => EventsOf(Past, selfIsLow);

    public Tie Tie(double asOfDay, bool selfIsLow = true) =>
        DyadMeasures.Tie("them", Events(selfIsLow), selfIsLow, At(asOfDay), MeasureOptions.Default).ShouldNotBeNull();

    public string StatusAt(double asOfDay) => Tie(asOfDay).Status;

    /// <summary>In order of arrival to in order of time.</summary>
    public static DyadEvent[] EventsOf(IEnumerable<Happened> arrived, bool selfIsLow)
    {
        var events = arrived.Select((happened, index) => happened.ToEvent((uint)index + 1, selfIsLow)).ToList();
        DyadEvent[] ordered = [.. events.OrderBy(e => e.AtMs).ThenBy(e => e.Position)];
        new EventResolver().Resolve(ordered);
        return ordered;
    }

    private DyadStory Add(double day, Side by, InteractionKind kind, Exchange exchange, Setting setting, uint replyTo, int recipients)
    {
        Past.Add(new Happened(At(day), by, kind)
        { Exchange = exchange, Setting = setting, ReplyTo = replyTo, Recipients = recipients, Id = (uint)Past.Count + 1 });
        return this;
    }
}
