namespace NetworkGraph.People.Habits;

/// <summary>Where the warning transactional begins.</summary>
public sealed record TransactionalThresholds
{
    /// <summary>Transactions and asks from which a tie that has nothing else is transactional.</summary>
    public int From { get; init; } = 2;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(From, 1, nameof(From));
        return errors.All;
    }
}

/// <summary>Nothing but transactions and asks, connecting and thanks apart. Given to each who takes part in it.</summary>
internal sealed class TransactionalRule : ITieWarningRule
{
    public WarningKind Kind => WarningKind.Transactional;

    public string Name => "transactional";

    public string Counsel => "There is nothing but business between you: ask how they are before the next order.";

    public double Score(in TieFacts tie, HabitSettings settings) => tie.TransactionalOut == 0 || tie.Reactions + tie.Other > 0
        ? 0
        : Degrees.AtLeast(tie.Transactional, settings.Habits.Warnings.Transactional.From, settings.Habits.Steepness);

    public Dictionary<string, double> Evidence(in TieFacts tie) => new()
    {
        ["transactionsAndAsks"] = tie.Transactional,
        ["byThisPerson"] = tie.TransactionalOut,
        ["others"] = tie.Reactions + tie.Other,
    };
}
