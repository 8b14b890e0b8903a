using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Preferences;

namespace NetworkGraph.Server.Api.People;

/// <summary>A person's ties as that person's preferences show them: to the person and to administrators; to others as they are.</summary>
internal sealed class PreferenceView
{
    private readonly IReadOnlyDictionary<string, StatedPreference> _about;
    private readonly IReadOnlyDictionary<string, double> _byTag;

    public PreferenceView(Viewer viewer, string person, PreferenceStore preferences)
    {
        var sees = IsFor(viewer, person);
        _about = sees ? preferences.About(person) : new Dictionary<string, StatedPreference>();
        _byTag = sees ? preferences.CadencesOf(person) : new Dictionary<string, double>();
        Hidden = _about.Count(stated => stated.Value.Preference.Hidden);
    }

    /// <summary>How many people are left out of lists.</summary>
    public int Hidden { get; }

    public static bool IsFor(Viewer viewer, string person) => viewer.Person == person || viewer.MaySeeAllInteractions;

    public bool Hides(string other) => _about.TryGetValue(other, out var stated) && stated.Preference.Hidden;

    public T Of<T>(T tie)
        where T : Tie
    {
        if (!_about.TryGetValue(tie.Person, out var stated)) return tie;
        var preference = stated.Preference;
        return (T)(tie with
        {
            Tags = preference.Tags,
            CadenceDays = PreferenceStore.CadenceOf(preference, _byTag),
            Relationship = preference.Setting switch
            {
                Events.Interactions.Setting.Family => TieNames.Of(RelationshipKind.Family),
                Events.Interactions.Setting.Social => TieNames.Of(RelationshipKind.Social),
                _ => tie.Relationship,
            },
        });
    }
}
