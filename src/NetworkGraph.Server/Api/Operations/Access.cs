using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Operations;

/// <summary>What a person's own key may do.</summary>
internal enum Own
{
    Nothing,

    /// <summary>Where the operation is about (<c>id</c>) that person.</summary>
    Person,

    /// <summary>Reports by that person; the operation itself looks who reports.</summary>
    Reports,

    /// <summary>What happens to that person; the operation itself picks it out.</summary>
    Events,

    /// <summary>Interactions that the person sends; the operation itself looks who sends.</summary>
    Sender,

    /// <summary>Interactions that the person took part in; the operation itself looks who did.</summary>
    Participant,
}

/// <summary>
/// Who may ask for something, over HTTP and gRPC; metadata of what is served besides operations. What an answer shows to those who
/// may ask for it is for <see cref="Viewer"/> to say.
/// </summary>
/// <param name="Scopes">One of them is enough.</param>
/// <param name="Own">What a person's own key may do.</param>
internal sealed record Access(Scopes Scopes, Own Own = Own.Nothing)
{
    public const Scopes Readers = Scopes.Analyst | Scopes.Safety | Scopes.Admin;
    public const Scopes Analysts = Scopes.Analyst | Scopes.Admin;
    public const Scopes Senders = Scopes.Ingest | Scopes.Admin;

    /// <summary>Every key is good for it: no person is named in it.</summary>
    public static readonly Access AnyKey = new(Scopes.None);

    /// <summary>Why the viewer may not ask for this; null where they may.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="parameters">What is asked.</param>
    public Problem? Refusal(Viewer viewer, IParameters parameters)
    {
        if (viewer.MayDoAll || this == AnyKey || (viewer.Scopes & Scopes) != 0) return null;
        if (viewer.Person is { } person && Own is not Own.Nothing)
        {
            if (Own is not Own.Person) return null;
            if (parameters.TryReadId("id", out var id, out _) && parameters.PersonOf(PersonId.CanonicalOrSame(id)) == person) return null;
        }
        return Problem.From(Outcome.PermissionDenied, $"This needs a key with {Needed()}.");
    }

    /// <summary>What a key needs, in words.</summary>
    public string Needed()
    {
        if (this == AnyKey) return "any scope";
        var names = ScopeNames.Of(Scopes).ToList();
        var own = Own switch
        {
            Own.Person => "the person's own (person:<id>)",
            Own.Reports => "the reporter's own (person:<id>)",
            Own.Sender => "a person's own (person:<id>), for interactions from that person",
            Own.Participant => "a person's own (person:<id>), for interactions they took part in",
            Own.Events => "a person's own (person:<id>), for their own events",
            _ => null,
        };
        var scopes = names.Count == 1 ? $"the scope {names[0]}" : $"one of the scopes {string.Join(", ", names)}";
        return own is null ? scopes : $"{scopes}, or {own}";
    }
}
