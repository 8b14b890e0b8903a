using NetworkGraph.Engine.Introductions;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.People.Boundaries;

/// <summary>
/// Who never brokers an introduction (people who are not open to introductions), and between whom none passes (people one
/// of whom blocks the other), in the terms of path searches. Made anew when somebody's openness or a block has changed.
/// </summary>
public sealed class IntroductionLimits(PersonDirectory people, ProfileStore profiles, BoundaryStore boundaries)
{
    private Made? _made;

    /// <summary>As things are now.</summary>
    public IntroductionConstraints Current
    {
        get
        {
            // Read before the constraints are made: what changes meanwhile has them made again.
            var state = (profiles.ClosedChanges, boundaries.BlockChanges, people.Count);
            if (Volatile.Read(ref _made) is { } known && known.IsGoodFor(state)) return known.Constraints;
            var made = Make(state);
            Volatile.Write(ref _made, made);
            return made.Constraints;
        }
    }

    /// <summary>
    /// As they are for all that <paramref name="person"/> can know: without the blocks against that person. For counts and
    /// estimates, which must not tell of them; paths themselves keep to <see cref="Current"/>.
    /// </summary>
    public IntroductionConstraints KnownTo(string person) =>
        people.TryGetNumber(person, out var number) && Current.HasBlocks(number)
            && boundaries.Blocks.Any(placed => IsSame(placed.Block.Against, person))
            ? Make(default, block => !IsSame(block.Against, person)).Constraints
            : Current;

    private bool IsSame(string id, string person) => boundaries.Aliases.CanonicalOf(id) == boundaries.Aliases.CanonicalOf(person);

    private Made Make((int Closed, int Blocks, int People) state, Func<PlacedBlock, bool>? isMeant = null)
    {
        var pairs = new List<(int, int)>();
        var hasUnknown = false;
        foreach (var (by, block) in boundaries.Blocks)
        {
            if (isMeant is not null && !isMeant(block)) continue;
            if (people.TryGetNumber(by, out var one) && people.TryGetNumber(block.Against, out var other))
            {
                if (one != other) pairs.Add((one, other));
            }
            else hasUnknown = true;
        }
        return new Made(state, hasUnknown, new IntroductionConstraints(profiles.Closed, pairs));
    }

    /// <param name="State">How much had changed when they were made, and how many people there were.</param>
    /// <param name="HasUnknown">A block names somebody the network did not know yet.</param>
    /// <param name="Constraints">What was made.</param>
    private sealed record Made((int Closed, int Blocks, int People) State, bool HasUnknown, IntroductionConstraints Constraints)
    {
        public bool IsGoodFor((int Closed, int Blocks, int People) state) =>
            HasUnknown ? State == state : (State.Closed, State.Blocks) == (state.Closed, state.Blocks);
    }
}
