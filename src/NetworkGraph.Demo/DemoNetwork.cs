using System.Buffers.Binary;
using System.Security.Cryptography;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Demo;

/// <summary>
/// A synthetic professional network: people, what they had with each other up to a given moment, and what was planted in
/// it. Problem: something to look at, to test against and to load, that behaves like a network of people without being
/// one. Method: an agent-based sketch in a fixed order, each step drawing from its own stream of the seed:
/// <list type="number">
/// <item>people with organisations, towns, trades, schools and habits (<see cref="DemoPeople"/>, <see cref="DemoHabits"/>);</item>
/// <item>planted pairs, reserved so that nothing spoils them (<see cref="DemoLifecycles"/>, <see cref="DemoTakers"/>,
/// <see cref="DemoFrictions"/>);</item>
/// <item>everyday ties within communities (<see cref="DemoTies"/>), events with what comes of them (<see cref="DemoVenues"/>);</item>
/// <item>the life of every tie (<see cref="DemoConversations"/>, <see cref="DemoContacts"/>);</item>
/// <item>introductions, referrals (<see cref="DemoReferrals"/>), reactions and the rest (<see cref="DemoFeed"/>), what is never returned
/// (<see cref="DemoOneWays"/>).</item>
/// </list>
/// Drafts are then ranked by time (<see cref="DemoLedger"/>), and ids count the ranks. All people live at addresses of
/// invented organisations below the reserved domain "example". Cost: linear in people and years but for one sort; about
/// 60 bytes an interaction held, the interactions themselves are made while they are read.
/// Equal options give equal data; no clock is read.
/// </summary>
public sealed class DemoNetwork
{
    private static readonly string[] s_channels = ["email", "linkedin", "chat", "phone", "video", "in-person", "web"];

    private readonly DemoLedger _ledger;
    private readonly List<DemoVenue> _venues;
    private readonly int[] _order;
    private readonly int[] _rank;
    private readonly string _prefix;

    private DemoNetwork(DemoWorld world)
    {
        _ledger = world.Ledger;
        _venues = world.Planted.Venues;
        StartMs = world.Calendar.StartMs;
        _prefix = PrefixOf(world.Options);
        _order = world.Ledger.InOrderOfTime();
        _rank = new int[_order.Length];
        for (var rank = 0; rank < _order.Length; rank++) _rank[_order[rank]] = rank;
        Profiles = Array.ConvertAll(world.People, p => p.Profile);
        Truth = Reveal(world);
    }

    public IReadOnlyList<Profile> Profiles { get; }

    public int InteractionCount => _order.Length;

    /// <summary>When the network begins, Unix ms; profiles are as of then.</summary>
    public long StartMs { get; }

    /// <summary>All interactions, ordered by time, made anew on every enumeration (equal each time).</summary>
    public IEnumerable<Interaction> Interactions
    {
        get
        {
            foreach (var number in _order) yield return Make(number);
        }
    }

    public DemoGroundTruth Truth { get; }

    /// <summary>What a log would hold: the profiles, then the interactions.</summary>
    public IEnumerable<LogRecord> Records() =>
        Profiles.Select(p => (LogRecord)new ProfileChanged { AtMs = StartMs, Profile = p }).Concat(Interactions);

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static DemoNetwork Generate(DemoOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var world = new DemoWorld(options);
        DemoLifecycles.Plant(world);
        DemoTakers.Act(world);
        DemoFrictions.Plant(world);
        DemoTies.Lay(world);
        DemoFrictions.PlantMonologues(world);
        DemoVenues.Hold(world);
        DemoTakers.Blast(world);
        var life = world.Stream("life");
        foreach (var tie in world.Ties) DemoConversations.Live(world, tie, life);
        var lived = world.Ties.Count;
        DemoReferrals.Make(world);
        for (var i = lived; i < world.Ties.Count; i++) DemoConversations.Live(world, world.Ties[i], life);
        DemoFeed.Post(world);
        DemoOneWays.Send(world);
        return new DemoNetwork(world);
    }

    private Interaction Make(int number)
    {
        var draft = _ledger.Drafts[number];
        return new Interaction
        {
            Id = IdOf(number),
            AtMs = draft.AtMs,
            From = NameOf(draft.From),
            To = draft.Group is { } group ? Array.ConvertAll(group, NameOf) : draft.To >= 0 ? [NameOf(draft.To)] : [],
            Kind = draft.Kind,
            Exchange = draft.Exchange,
            Setting = draft.Setting,
            Channel = s_channels[(int)draft.Channel],
            Venue = draft.Venue >= 0 ? _venues[draft.Venue].Name : null,
            InReplyTo = draft.Answers >= 0 ? IdOf(draft.Answers) : null,
            About = draft.About >= 0 ? NameOf(draft.About) : null,
            Personalised = draft.Personalised,
            LengthSeconds = draft.Seconds > 0 ? draft.Seconds : null,
        };
    }

    private string NameOf(int person) => Profiles[person].Id;

    private string IdOf(int draft) => $"{_prefix}{_rank[draft] + 1:D7}";

    /// <summary>Other options, other ids: two demo networks in one log are not in conflict.</summary>
    private static string PrefixOf(DemoOptions options)
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, options.Seed);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], options.Until.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], options.People);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[20..], options.Years);
        return $"demo-{Convert.ToHexStringLower(SHA256.HashData(bytes))[..8]}-";
    }

    private DemoGroundTruth Reveal(DemoWorld world)
    {
        var planted = world.Planted;
        return new DemoGroundTruth
        {
            Archetypes = world.People.Where(p => p.Archetype is not null).ToDictionary(
                p => p.Profile.Id, p => p.Archetype!.Value, StringComparer.Ordinal),
            DormantTies = Pairs(planted.Dormant),
            RevivedTies = Pairs(planted.Revived),
            BurntTies = Pairs(planted.Burnt),
            Mentorships = Pairs(planted.Mentorships),
            Venues = planted.Venues,
            Referrals =
            [
                .. planted.Referrals.Select(r => new DemoReferral(
                    IdOf(r.Draft), NameOf(_ledger.Drafts[r.Draft].From), NameOf(r.Receiver), NameOf(r.Referred), r.Acted, r.Reported)),
            ],
            Introductions =
            [
                .. planted.Introductions.Select(i => new DemoIntroduction(
                    IdOf(i.Draft), NameOf(_ledger.Drafts[i.Draft].From), NameOf(_ledger.Drafts[i.Draft].Group![0]),
                        NameOf(_ledger.Drafts[i.Draft].Group![1]), i.Led)),
            ],
            Warnings = [.. planted.Warnings.Select(
                w => new DemoWarning(w.Warning, NameOf(w.Person), w.Other >= 0 ? NameOf(w.Other) : null))],
        };
    }

    private DemoPair[] Pairs(List<(int First, int Second)> pairs) =>
        [.. pairs.Select(p => new DemoPair(NameOf(p.First), NameOf(p.Second)))];
}
