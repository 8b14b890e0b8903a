using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;
using NetworkGraph.Stories;

namespace NetworkGraph.Analytics.Tests;

/// <summary>Habits kept up interaction by interaction and hour by hour are those counted from scratch.</summary>
public class LiveHabitsTests
{
    private const int Step = 40;
    private readonly EmbeddedPeople _people = new(new HistoryStore(), new ProfileStore(), new BoundaryStore(), s_options);
    private readonly SteppedClock _clock = new(HabitStory.At(0));
    private readonly LiveNetwork _network;
    private long _position;

    // Many are few here, so that a few people can do everything.
    private static readonly PeopleOptions s_options = new()
    {
        Habits = new HabitThresholds
        {
            Warnings = new WarningThresholds
            {
                Spamming = new SpammingThresholds
                {
                    FromPeople = 4,
                    AnsweredShare = 0.5
                }
            }
        }
    };

    public LiveHabitsTests()
    {
        _network = new LiveNetwork(_people.Histories, s_options, new LiveNetworkOptions(), _clock);
        _network.Build(0, Cancellation);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task They_equal_habits_counted_from_scratch_whatever_comes_late_or_ahead_or_is_erased(int seed)
    {
        var random = new Random(seed);
        var life = RandomLives.Of(seed, 800, 9, 1500);
        for (var start = 0; start < life.Count; start += Step)
        {
            // A clock of its own: what lies behind it is late, what lies before it waits.
            _clock.Advance(TimeSpan.FromDays(random.Next(3) == 0 ? 0.04 : 75 * random.NextDouble() * 2));
            await ApplyAsync(life.GetRange(start, Step));
            if (start == 400) Erase("p3");
            _network.Publish(_position);
            if (random.Next(3) > 0) _network.Habits.CatchUp(Cancellation);
        }
        for (var month = 0; month < 40; month++)
        {
            _clock.Advance(TimeSpan.FromDays(31));
            _network.Publish(_position);
            _network.Habits.CatchUp(Cancellation);
            ShouldEqualScratch();
        }
    }

    [Fact]
    public async Task Time_alone_makes_a_row_of_messages_a_monologue_and_ends_it()
    {
        for (var i = 0; i < 5; i++)
            foreach (var other in new[] { "bob", "cai" }) await ApplyAsync(new HabitStory().Says(i * 4, "ann", other).Past);
        Monologues(at: 12).ShouldBe(0);
        Monologues(at: 16).ShouldBe(1);
        Monologues(at: 16 + 90).ShouldBe(1);
        Monologues(at: 16 + 91).ShouldBe(0);

        long Monologues(double at)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(HabitStory.At(at) - _clock.GetUtcNow().ToUnixTimeMilliseconds()));
            _network.Publish(_position);
            _network.Habits.CatchUp(Cancellation);
            return _network.Habits.Totals.ShouldNotBeNull().Warnings["monologue"];
        }
    }

    [Fact]
    public async Task Who_listens_hears_what_appears_and_ends_each_for_the_person_whose_it_is()
    {
        _network.Habits.CatchUp(Cancellation);
        var heard = new List<HabitChange>();
        using (_network.Habits.Subscribe(heard.AddRange))
        {
            _clock.Advance(TimeSpan.FromDays(9));
            for (var i = 0; i < 8; i++) await ApplyAsync(new HabitStory().Says(i, "bob", "ann").Past);
            _network.Publish(_position);
            _network.Habits.CatchUp(Cancellation);
            heard.Where(c => c.Kind is not HabitChangeKind.StatusChanged).Select(c => (c.Kind, c.Name, c.Person, c.Other))
                .ShouldBe([(HabitChangeKind.WarningAppeared, "unwanted-persistence", "ann", "bob")]);
            heard.Where(c => c.Kind is HabitChangeKind.StatusChanged).Select(c => (c.Person, c.Other, c.Name, c.Before))
                .ShouldBe([("ann", "bob", "new", null), ("bob", "ann", "new", null)], ignoreOrder: true);
            heard.Clear();

            _clock.Advance(TimeSpan.FromDays(1100));
            _network.Publish(_position);
            _network.Habits.CatchUp(Cancellation);
            heard.ShouldContain(
                c => c.Kind == HabitChangeKind.WarningEnded && c.Name == "unwanted-persistence" && c.Person == "ann" && c.Other == "bob");
        }
        heard.Clear();
        await ApplyAsync(new HabitStory().Says(1090, "ann", "dan", Exchange.Pitch).Past);
        await ApplyAsync(new HabitStory().Says(1091, "ann", "dan", Exchange.Pitch).Past);
        _network.Publish(_position);
        _network.Habits.CatchUp(Cancellation);
        heard.ShouldBeEmpty();
        _network.Habits.Totals.ShouldNotBeNull().Warnings["premature-pitch"].ShouldBe(1);
    }

    private async Task ApplyAsync(List<Interaction> interactions)
    {
        await _people.ApplyAsync(new RecordBatch(_position + 1, [.. interactions]), Cancellation);
        _position += interactions.Count;
    }

    private void Erase(string person)
    {
        _people.Forget(person, _people.PositionsNaming(person).ShouldNotBeNull());
        _network.Build(_position, Cancellation);
    }

    private void ShouldEqualScratch()
    {
        var scratch = new LiveNetwork(_people.Histories, s_options, new LiveNetworkOptions(), _clock);
        scratch.Build(_position, Cancellation);
        scratch.Habits.CatchUp(Cancellation);
        var live = _network.Habits;
        live.AsOfMs.ShouldBe(scratch.Habits.AsOfMs);
        for (var person = 0; person < _people.Histories.People.Count; person++)
            (live.CountsOf(person) == scratch.Habits.CountsOf(person)).ShouldBeTrue(_people.Histories.People.Ids[person]);
        var (kept, counted) = (live.Totals.ShouldNotBeNull(), scratch.Habits.Totals.ShouldNotBeNull());
        kept.Warnings.ShouldBe(counted.Warnings);
        kept.Archetypes.ShouldBe(counted.Archetypes);
        kept.VanityGap.ShouldBe(counted.VanityGap);
    }
}
