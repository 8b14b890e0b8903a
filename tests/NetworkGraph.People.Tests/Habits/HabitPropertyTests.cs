using NetworkGraph.Analytics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.Stories;

namespace NetworkGraph.People.Tests.Habits;

/// <summary>What must hold of habits whatever happened.</summary>
public class HabitPropertyTests
{
    private const double Days = 1400;
    private const int People = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Shifting_all_times_shifts_all_answers(int seed)
    {
        const long byMs = 987_654_321_000;
        var life = RandomLives.Of(seed, 600, People, Days);
        var before = await AnswersAsync(life, HabitStory.At(Days));
        var after = await AnswersAsync([.. life.Select(i => RandomLives.Copy(i, i.AtMs + byMs))], HabitStory.At(Days) + byMs);
        after.ShouldBe(before);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task The_order_of_arrival_changes_nothing(int seed)
    {
        // Equal moments would be ordered by arrival, so there are none.
        var life = RandomLives.Of(seed, 600, People, Days).Select((i, n) => RandomLives.Copy(i, i.AtMs + n)).ToList();
        var shuffled = life.ToArray();
        new Random(seed).Shuffle(shuffled);
        (await AnswersAsync([.. shuffled], HabitStory.At(Days + 1))).ShouldBe(await AnswersAsync(life, HabitStory.At(Days + 1)));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public async Task What_unrelated_people_do_changes_nothing(int seed)
    {
        var life = RandomLives.Of(seed, 400, People, Days);
        var others = RandomLives.Of(seed + 100, 400, People, Days).Select(i => RandomLives.Copy(i, i.AtMs, "o"));
        (await AnswersAsync([.. life, .. others], HabitStory.At(Days))).ShouldBe(await AnswersAsync(life, HabitStory.At(Days)));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Scores_lie_between_a_half_and_one_and_rest_on_interactions_of_the_person(int seed)
    {
        var life = RandomLives.Of(seed, 800, People, Days);
        var queries = Told(life);
        var found = 0;
        for (var person = 0; person < People; person++)
        {
            var habits = (await queries.ArchetypesAsync($"p{person}", HabitStory.At(Days), Cancellation)).ShouldNotBeNull();
            foreach (var finding in habits.Archetypes.Concat(habits.Warnings))
            {
                found++;
                finding.Score.ShouldBeInRange(0.5, 1);
                finding.Counsel.ShouldNotBeEmpty();
                finding.Counts.Values.ShouldAllBe(count => double.IsFinite(count) && count >= 0);
                finding.Positions.Count.ShouldBeLessThanOrEqualTo(10);
                foreach (var position in finding.Positions)
                {
                    var shown = life[(int)position - 1];
                    (shown.From == $"p{person}" || shown.To.Contains($"p{person}")).ShouldBeTrue();
                    if (finding.Person is { } other) (shown.From == other || shown.To.Contains(other)).ShouldBeTrue();
                }
            }
        }
        found.ShouldBeGreaterThan(People / 2);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    public async Task A_persons_own_view_never_shows_that_they_persist_unwanted(int seed)
    {
        var life = RandomLives.Of(seed, 300, 5, 200);
        var random = new Random(seed);
        var people = Enumerable.Range(0, 5).Select(p => $"p{p}").Concat(["q0", "q1", "q2"]).ToArray();
        for (var i = 0; i < 150; i++)
            life.AddRange(new HabitStory().Says(50 + 20 * random.NextDouble(), $"q{random.Next(3)}", people[random.Next(5)]).Past.Select(
                m => RandomLives.Copy(m, m.AtMs, $"m{i}", "")));
        var queries = Told(life);
        var persisting = 0;
        foreach (var person in people)
        {
            var safety = (await queries.WarningsAsync(new Viewer(Scopes.Safety), person, HabitStory.At(200), Cancellation))
                .ShouldNotBeNull();
            var own = (await queries.WarningsAsync(new Viewer(Scopes.None, person), person, HabitStory.At(200), Cancellation))
                .ShouldNotBeNull();
            persisting += safety.Count(IsPersistence) - own.Count(IsPersistence);
            own.ShouldAllBe(w => w.Name != "unwanted-persistence" || w.IsByOther);
        }
        persisting.ShouldBeGreaterThan(0);

        static bool IsPersistence(HabitFinding w) => w.Name == "unwanted-persistence";
    }

    [Fact]
    public async Task Doing_the_same_among_three_people_or_thirty_scores_the_same_where_it_speaks_for_somebody()
    {
        foreach (var archetype in new[] { "giver", "nurturer", "connector" })
        {
            var few = await ScoreAsync(Deep(people: 3), archetype);
            var many = await ScoreAsync(Deep(people: 30), archetype);
            few.ShouldBe(many, 1e-9, archetype);
        }
    }

    [Fact]
    public async Task Doing_the_same_among_three_people_is_never_held_against_anybody_more_than_among_thirty()
    {
        foreach (var exchange in new[] { Exchange.Gossip, Exchange.Promotion, Exchange.UnsolicitedAdvice, Exchange.Ask })
        {
            var few = await AllAsync(Spoken(3, exchange));
            var many = await AllAsync(Spoken(30, exchange));
            foreach (var (name, score) in few) score.ShouldBeLessThanOrEqualTo(many[name], name);
        }
    }

    [Fact]
    public async Task Three_people_one_could_call_leave_no_vanity_gap_and_a_thousand_cards_leave_a_thousand()
    {
        var deep = new HabitStory();
        for (var day = 0; day < 990; day += 30)
            for (var i = 0; i < 3; i++) deep.Talk(day, "ann", $"p{i}");
        var cards = new HabitStory();
        for (var i = 0; i < 1000; i++) cards.Connect(900 + i * 0.05, "ann", $"p{i}");
        (await GapAsync(deep)).ShouldBe(new VanityGap(3, 3));
        (await GapAsync(cards)).ShouldBe(new VanityGap(1000, 0));

        static async Task<VanityGap?> GapAsync(HabitStory story) =>
            (await story.Told().NetworkAsync(HabitStory.At(991), Cancellation)).VanityGap;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Monthly help over years for each, unasked; the three first are introduced to each other, too.</summary>
    private static HabitStory Deep(int people)
    {
        var story = new HabitStory();
        for (var day = 0; day < 990; day += 30)
            for (var i = 0; i < people; i++) story.Talk(day, "ann", $"p{i}", Exchange.Give, Exchange.Thanks);
        for (var i = 0; i < people; i += 3)
        {
            story.Introduce(500, "ann", $"p{i}", $"p{i + 1}").Talk(502, $"p{i}", $"p{i + 1}");
            story.Introduce(510, "ann", $"p{i + 1}", $"p{i + 2}").Talk(512, $"p{i + 1}", $"p{i + 2}");
            story.Introduce(520, "ann", $"p{i}", $"p{i + 2}").Talk(522, $"p{i}", $"p{i + 2}");
        }
        return story;
    }

    private static HabitStory Spoken(int people, Exchange exchange)
    {
        var story = new HabitStory();
        for (var day = 0; day < 100; day += 5)
            for (var i = 0; i < people; i++) story.Talk(day + i * 0.01, "ann", $"p{i}", day % 15 == 0 ? exchange : Exchange.None);
        return story;
    }

    private static async Task<double> ScoreAsync(HabitStory story, string archetype) => (await AllAsync(story))[archetype];

    private static async Task<Dictionary<string, double>> AllAsync(HabitStory story) =>
        (await story.Told().ArchetypesAsync("ann", HabitStory.At(991), Cancellation)).ShouldNotBeNull().Archetypes.ToDictionary(
            a => a.Name, a => a.Score);

    private static NetworkQueries Told(List<Interaction> life)
    {
        var store = new HistoryStore();
        for (var i = 0; i < life.Count; i++) store.Apply(life[i], i + 1);
        return HabitStory.Queries(store);
    }

    /// <summary>Everything that is said of everybody, but where it stands in the log.</summary>
    private static async Task<List<string>> AnswersAsync(List<Interaction> life, long asOfMs)
    {
        var queries = Told(life);
        var all = new List<string>();
        for (var person = 0; person < People; person++)
        {
            var habits = (await queries.ArchetypesAsync($"p{person}", asOfMs, Cancellation)).ShouldNotBeNull();
            var lines = habits.Archetypes.Concat(habits.Warnings).Select(f =>
                $"p{person} {f.Name} {f.Person} {f.IsByOther} {f.Score:F9} "
                    + $"{string.Join(' ', f.Counts.Select(c => $"{c.Key}={c.Value:F6}"))}");
            all.AddRange(lines.Order(StringComparer.Ordinal));
            all.Add($"p{person} {habits.Outgoing} {habits.AsOfMs - habits.FromMs} {habits.Introductions.Count}");
        }
        return all;
    }
}
