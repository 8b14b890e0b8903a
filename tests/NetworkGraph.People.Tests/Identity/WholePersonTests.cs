using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Identity;
using NetworkGraph.People.Nudges;
using NetworkGraph.People.Preferences;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.People.Tests.Identity;

/// <summary>What was stated for one id of a person holds for the person, and stays with the id when the ids are split.</summary>
public sealed class WholePersonTests
{
    private const string Work = "ann@work.example", Home = "ann@home.example", Bea = "bea@work.example", BeaHome = "bea@home.example";

    [Fact]
    public void Preferences_hold_for_the_whole_person_and_a_split_gives_back_what_was_before()
    {
        var (preferences, aliases) = (new PreferenceStore(), new AliasStore());
        preferences.Aliases = aliases;
        preferences.Apply(Stated(Work, Bea, 30), 1);
        preferences.Apply(Stated(Home, BeaHome, 7), 2);
        preferences.Apply(new PreferenceChanged
        {
            AtMs = 0,
            Person = Work,
            Tag = "client",
            Preference = new Preference { CadenceDays = 14 }
        }, 3);
        Merge(aliases, Work, Home);
        Merge(aliases, Bea, BeaHome);
        foreach (var id in new[] { Work, Home })
        {
            preferences.Of(id, Bea)!.Value.Preference.CadenceDays.ShouldBe(7, "the newest");
            preferences.About(id).Keys.ShouldBe([Bea]);
            preferences.CadencesOf(id)["client"].ShouldBe(14);
        }
        // Taken back of the person, and so of every id; a split shows what was stated of each.
        preferences.Apply(new PreferenceChanged { AtMs = 0, Person = Work, Other = Bea }, 4);
        preferences.Of(Home, BeaHome).ShouldBeNull();
        preferences.About(Home).ShouldBeEmpty();
        Split(aliases, Work, Home);
        preferences.Of(Home, Bea)!.Value.Preference.CadenceDays.ShouldBe(7);
        preferences.Of(Work, Bea).ShouldBeNull();
        preferences.CadencesOf(Home).ShouldBeEmpty();

        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) preferences.Write(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var read = PreferenceStore.Read(reader);
        read.Aliases = aliases;
        read.Of(Home, BeaHome)!.Value.Preference.CadenceDays.ShouldBe(7);
        read.Of(Work, Bea).ShouldBeNull();
    }

    [Fact]
    public void What_was_done_about_a_nudge_holds_for_the_whole_person()
    {
        var (states, aliases) = (new NudgeStates(), new AliasStore());
        states.Aliases = aliases;
        states.Apply(Changed(Home, "n1", BeaHome, NudgeState.Done, NudgeScope.Nudge), 1);
        states.Apply(Changed(Work, "n2", Bea, NudgeState.Dismissed, NudgeScope.Person), 2);
        states.Of(Work, ["n1"], BeaHome, "reply", 10).State.ShouldBe(NudgeState.Open);
        Merge(aliases, Work, Home);
        Merge(aliases, Bea, BeaHome);
        states.Of(Work, ["n9", "n1"], Bea, "reply", 10).State.ShouldBe(NudgeState.Done);
        states.Of(Home, ["n7"], BeaHome, "reply", 10).State.ShouldBe(NudgeState.Dismissed, "all about the person");
        states.Apply(Changed(Work, "n1", Bea, NudgeState.Open, NudgeScope.Nudge), 3);
        states.Of(Home, ["n1"], Bea, "reply", 10).State.ShouldBe(NudgeState.Open, "the newest");
        Split(aliases, Work, Home);
        states.Of(Home, ["n1"], BeaHome, "reply", 10).State.ShouldBe(NudgeState.Done);
    }

    [Fact]
    public async Task What_was_set_by_hand_outweighs_what_was_imported_field_by_field()
    {
        var people = new EmbeddedPeople(new HistoryStore(), new ProfileStore(), new BoundaryStore(), PeopleOptions.Default);
        LogRecord[] records =
        [
            new ProfileChanged { AtMs = 1, Profile = new Profile { Id = Work, Name = "Ann Lee", Role = "engineer" } },
            new ProfileChanged { AtMs = 2,
                Profile = new Profile { Id = Home, Name = "Ann", Organisation = "Home", Tags = ["choir"], IsImported = true } },
            new AliasChanged { AtMs = 3, One = Work, Other = Home, Change = AliasChange.Merged, Canonical = Home },
        ];
        await people.ApplyAsync(new RecordBatch(1, records), TestContext.Current.CancellationToken);
        var person = (await people.PersonAsync(Home, 10, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        (person.Name, person.Role, person.Organisation, person.Tags.ShouldHaveSingleItem()).ShouldBe(
            ("Ann Lee", "engineer", "Home", "choir"));
        await people.ApplyAsync(
            new RecordBatch(4, [new AliasChanged { AtMs = 4, One = Work, Other = Home, Change = AliasChange.Split }]),
                TestContext.Current.CancellationToken);
        (await people.PersonAsync(Home, 10, TestContext.Current.CancellationToken))!.Name.ShouldBe("Ann");
    }

    private static PreferenceChanged Stated(string person, string other, double days) =>
        new() { AtMs = 0, Person = person, Other = other, Preference = new Preference { CadenceDays = days } };

    private static NudgeChanged Changed(string person, string nudge, string other, NudgeState state, NudgeScope scope) =>
        new() { AtMs = 0, Person = person, Nudge = nudge, Other = other, Rule = "reply", State = state, Scope = scope };

    private static void Merge(AliasStore aliases, string one, string other) =>
        aliases.Apply(new AliasChanged { AtMs = 0, One = one, Other = other, Change = AliasChange.Merged, Canonical = one }, 100);

    private static void Split(AliasStore aliases, string one, string other) =>
        aliases.Apply(new AliasChanged { AtMs = 0, One = one, Other = other, Change = AliasChange.Split }, 101);
}
