using NetworkGraph.Events.Interactions;

namespace NetworkGraph.LoadTests.Simulation;

/// <summary>What is asked of the simulated server.</summary>
internal enum SimulatedAct
{
    Send,
    Retract,
    Erase,
    Block,

    /// <summary>Anything else that names people: a profile, a merge, a split.</summary>
    Other,
}

/// <summary>
/// One request: when it was made and answered, in the order of all of them; what was never answered may or may not have happened.
/// </summary>
internal sealed class SimulatedRequest(SimulatedAct act, long began, string subject, string[] people)
{
    public SimulatedAct Act => act;

    public long Began => began;

    /// <summary>The interaction's id, or who is erased, or who blocks.</summary>
    public string Subject => subject;

    /// <summary>Everyone named.</summary>
    public string[] People => people;

    public long Ended { get; set; } = long.MaxValue;

    public bool IsAcknowledged { get; set; }
}

/// <summary>What those who asked know: which interactions must be there, which must not, and which people must be gone.</summary>
internal sealed class SimulatedModel
{
    private readonly List<SimulatedRequest> _requests = [];
    private readonly Dictionary<string, HashSet<string>> _everMerged = [];
    private long _now;

    public SimulatedRequest Begin(SimulatedAct act, string subject, params string[] people)
    {
        var request = new SimulatedRequest(act, ++_now, subject, people);
        _requests.Add(request);
        return request;
    }

    /// <param name="request">What was asked.</param>
    /// <param name="isDone">It was answered that it is done; false: that nothing was.</param>
    public void End(SimulatedRequest request, bool isDone)
    {
        request.Ended = ++_now;
        request.IsAcknowledged = isDone;
        if (!isDone) _requests.Remove(request);
    }

    /// <summary>Two ids may be one person's from here on: who erases one may erase both.</summary>
    public void Merging(string one, string other)
    {
        var all = new HashSet<string>(Merged(one));
        all.UnionWith(Merged(other));
        foreach (var id in all) _everMerged[id] = all;
    }

    public SimulatedModel Copy()
    {
        var copy = new SimulatedModel { _now = _now };
        // What is not answered by now was asked of a process that is gone: in the copy it ended as it will here.
        copy._requests.AddRange(_requests);
        foreach (var (id, merged) in _everMerged) copy._everMerged[id] = [.. merged];
        return copy;
    }

    /// <summary>Interactions that were acknowledged, and nothing asked since or meanwhile takes them away.</summary>
    public IEnumerable<string> MustCount() =>
        from sent in _requests
        where sent is { Act: SimulatedAct.Send, IsAcknowledged: true }
        where !_requests.Exists(other => other.Act is SimulatedAct.Retract && other.Subject == sent.Subject)
        where !_requests.Exists(
            other => other.Act is SimulatedAct.Erase && other.Ended > sent.Began
            && sent.People.Any(person => Merged(other.Subject).Contains(person)))
        select sent.Subject;

    /// <summary>
    /// Interactions whose retraction was acknowledged, with nobody of theirs ever erased, which would let them come again.
    /// </summary>
    public IEnumerable<string> MustNotCount() =>
        from retracted in _requests
        where retracted is { Act: SimulatedAct.Retract, IsAcknowledged: true }
        where !_requests.Exists(
            other => other.Act is SimulatedAct.Erase && retracted.People.Any(person => Merged(other.Subject).Contains(person)))
        select retracted.Subject;

    /// <summary>People whose erasure was acknowledged and whom nothing named since or meanwhile.</summary>
    public IEnumerable<string> MustBeGone() =>
        from erased in _requests
        where erased is { Act: SimulatedAct.Erase, IsAcknowledged: true }
        where !_requests.Exists(
            other => other.Act is not SimulatedAct.Erase && other.Ended > erased.Began && other.People.Contains(erased.Subject))
        select erased.Subject;

    /// <summary>Blocks that stand: by whom, against whom.</summary>
    public IEnumerable<(string By, string Against)> MustBeBlocked() =>
        from block in _requests
        where block is { Act: SimulatedAct.Block, IsAcknowledged: true }
        where !_requests.Exists(
            other => other.Act is SimulatedAct.Erase && other.Ended > block.Began
            && block.People.Any(person => Merged(other.Subject).Contains(person)))
        select (block.People[0], block.People[1]);

    private HashSet<string> Merged(string id) => _everMerged.TryGetValue(id, out var merged) ? merged : [id];

    /// <summary>The interaction with a number: the same whenever it is sent.</summary>
    public static Interaction Numbered(int number, IReadOnlyList<string> people, long startMs)
    {
        var random = new Random(number);
        var from = random.Next(people.Count);
        var to = new HashSet<string>();
        for (var recipients = random.Next(6) == 0 ? random.Next(2, 5) : 1; recipients > 0; recipients--)
            to.Add(people[(from + 1 + random.Next(people.Count - 1)) % people.Count]);
        var kind = (InteractionKind)random.Next(4);
        return new Interaction
        {
            Id = $"i{number}",
            AtMs = startMs - random.NextInt64(400L * 86_400_000),
            From = people[from],
            To = [.. to],
            Kind = kind,
            Venue = random.Next(5) == 0 ? $"venue {random.Next(3)}" : null,
            InReplyTo = random.Next(4) == 0 ? $"i{random.Next(40)}" : null,
            Exchange = (Exchange)random.Next(4),
            LengthSeconds = kind is InteractionKind.Call ? random.Next(30, 900) : null,
        };
    }
}
