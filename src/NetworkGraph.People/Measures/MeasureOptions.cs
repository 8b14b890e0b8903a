using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.People.Measures;

/// <summary>
/// Every number the measures of ties and dyads can be tuned by. Features that rest on them own their thresholds themselves;
/// the options of the whole put all together. Bound from configuration, validated once at start, not changed after.
/// </summary>
public class MeasureOptions
{
    private InteractionWeights? _weightTable;

    public static MeasureOptions Default { get; } = new();

    /// <summary>Weight per kind (wire name), 0 or more. Towards each recipient an interaction counts weight / recipients.</summary>
    public Dictionary<string, double> Weights { get; init; } = InteractionWeights.Defaults();

    /// <summary>
    /// The weight between two people from which a message-like interaction is a contact: a message to at most five people,
    /// a meeting of at most sixteen.
    /// </summary>
    public double ContactMinWeight { get; init; } = InteractionWeights.DefaultContactMinWeight;

    /// <summary>Half-life H of a tie's strength, days.</summary>
    public double HalfLifeDays { get; init; } = 180;

    /// <summary>How likely a hop carries an introduction, and over which ties.</summary>
    public IntroductionModelOptions Introductions { get; init; } = new();

    /// <summary>δ by which every broker of an introduction path multiplies its score, in (0,1].</summary>
    public double Delta { get; init; } = 0.9;

    /// <summary>Within how many days an opposite interaction counts as the answer to one.</summary>
    public double AnsweredWithinDays { get; init; } = 14;

    /// <summary>The strength that a dyad must once have had to count as burnt.</summary>
    public double BurntFromStrength { get; init; } = 1;

    /// <summary>Without a contact for this many days after a decline a tie is burnt.</summary>
    public double BurntAfterDays { get; init; } = 30;

    /// <summary>Mutual strength √(c_uv·c_vu) of contacts from which somebody is a person one could call (the vanity gap's).</summary>
    public double CallFromStrength { get; init; } = 1;

    /// <summary>People one could call have had a contact with at most this many participants.</summary>
    public int CallUpToParticipants { get; init; } = 8;

    public StatusThresholds Status { get; init; } = new();

    public RelationshipThresholds Relationships { get; init; } = new();

    /// <summary>The weights as a table; built at first use.</summary>
    public InteractionWeights WeightTable => _weightTable ??= new InteractionWeights(Weights, ContactMinWeight);

    /// <summary>Strengths at a date: decay with that date as its landmark (Unix ms).</summary>
    public TieDecay DecayAt(long landmarkMs) => new(landmarkMs, HalfLifeDays, Introductions.HalfLifeDays);

    /// <summary>The decay of a network seen at a date (Unix ms).</summary>
    public TieDecay DecayFor(long dateMs) => TieDecay.At(dateMs, HalfLifeDays, Introductions.HalfLifeDays);

    /// <summary>Every broken rule at once, each naming its option; empty where all is well.</summary>
    public virtual IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        foreach (var (name, weight) in Weights)
        {
            if (!WireNames.TryParse(name, out InteractionKind _))
                errors.Add($"Weights:{name} is not a kind of interaction; known are {string.Join(", ", WireNames.Kinds)}");
            if (!(double.IsFinite(weight) && weight >= 0)) errors.Add($"Weights:{name} is {weight}; it must be a finite number, 0 or more");
        }
        Above0(HalfLifeDays, nameof(HalfLifeDays));
        errors.AddRange(Introductions.Validate().Select(error => $"{nameof(Introductions)}:{error}"));
        Above0(Delta, nameof(Delta));
        if (Delta > 1) errors.Add($"{nameof(Delta)} is {Delta}; it must be at most 1");
        Above0(AnsweredWithinDays, nameof(AnsweredWithinDays));
        Above0(ContactMinWeight, nameof(ContactMinWeight));
        Above0(BurntFromStrength, nameof(BurntFromStrength));
        Above0(BurntAfterDays, nameof(BurntAfterDays));
        Above0(CallFromStrength, nameof(CallFromStrength));
        if (CallUpToParticipants < 2) errors.Add($"{nameof(CallUpToParticipants)} is {CallUpToParticipants}; it must be at least 2");
        errors.AddRange(Status.Validate().Select(error => $"{nameof(Status)}:{error}"));
        errors.AddRange(Relationships.Validate().Select(error => $"{nameof(Relationships)}:{error}"));
        return errors;

        void Above0(double value, string name)
        {
            if (!(double.IsFinite(value) && value > 0)) errors.Add($"{name} is {value}; it must be a finite number above 0");
        }
    }
}
