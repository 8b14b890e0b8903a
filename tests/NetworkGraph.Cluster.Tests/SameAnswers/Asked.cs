using System.Text.Json;

namespace NetworkGraph.Cluster.Tests.SameAnswers;

/// <summary>One request over HTTP. A scope of null sends no key.</summary>
internal sealed record Asked(
    string Operation, string? Scope, HttpMethod Method, string Path, string? Body = null, string ContentType = "application/json");

/// <summary>
/// What a cluster and an embedded server are asked: every operation of the OpenAPI document, with parameters that make
/// sense and some that do not, with keys that may and keys that may not.
/// </summary>
internal sealed class AskedOfBoth(ClusterBesideEmbedded both, JsonElement api)
{
    private const string Ndjson = "application/x-ndjson";

    /// <summary>An import that stays.</summary>
    private const string Kept = "kept";

    /// <summary>An import that is undone.</summary>
    private const string Undone = "undone";

    /// <summary>Questions beyond those that every operation is asked.</summary>
    private readonly Dictionary<string, string[]> _more = new()
    {
        ["searchPeople"] = ["query=a", "tag=none", "role=x&limit=3"],
        ["getInteractions"] =
        [
            $"with={Uri.EscapeDataString(both.People[1])}", "kind=meeting",
            "since=2025-01-01T00:00:00Z&until=2025-03-01T00:00:00Z", "kind=shout",
        ],
        ["getIntroductions"] =
        [
            $"to={Uri.EscapeDataString(both.People[60])}", $"to={Uri.EscapeDataString(both.People[80])}&k=5&maxHops=6",
            "organisation=nowhere", "to=nobody", "role=x&k=0",
        ],
        ["getIntroductionChains"] =
            [$"to={Uri.EscapeDataString(both.People[60])}", $"to={Uri.EscapeDataString(both.People[80])}&maxHops=5", "to=nobody"],
        ["getTeamIntroductions"] =
        [
            $"fromOrganisation={Uri.EscapeDataString(both.Organisations[0])}&to={Uri.EscapeDataString(both.People[60])}",
            $"fromOrganisation={Uri.EscapeDataString(both.Organisations[0])}&k=5"
            + $"&organisation={Uri.EscapeDataString(both.Organisations[1])}",
            "fromOrganisation=nowhere&to=nobody",
            $"to={Uri.EscapeDataString(both.People[60])}",
        ],
        ["getFollowUps"] = ["state=never", "state=sometime", $"venue={Uri.EscapeDataString(both.Venues[0])}"],
        ["getReferrals"] = ["open=true", "role=referrer"],
        ["getStructure"] = ["weights=none", "weights=heavy"],
        ["getCommunities"] = ["weights=none"],
        ["getBrokers"] = ["weights=none", "limit=3"],
        ["getNetworkTimeline"] = ["points=5", "from=2024-01-01T00:00:00Z&to=2025-01-01T00:00:00Z"],
        ["getHuddles"] = ["size=5&k=1", $"person={Uri.EscapeDataString(both.People[3])}", "size=100"],
        ["searchVenues"] = ["query=e", "sort=name"],
        ["getVenue"] = [$"with={Uri.EscapeDataString(both.People[0])}"],
        ["getNudges"] = ["rule=none"],
        ["listReports"] = ["state=open", $"about={Uri.EscapeDataString(both.People[2])}"],
    };

    public IReadOnlyList<string> Operations { get; } = [.. Each(api).Select(operation => operation.Id)];

    /// <summary>All that only asks.</summary>
    public IEnumerable<Asked> Reading()
    {
        foreach (var (id, method, path, takes) in Each(api).Where(operation => operation.Method == HttpMethod.Get))
        {
            var scope = path.StartsWith("/v1/reports", StringComparison.Ordinal) ? "safety" : "admin";
            foreach (var place in Places(path))
            {
                yield return new Asked(id, scope, method, place);
                foreach (var query in Queries(id, takes)) yield return new Asked(id, scope, method, $"{place}?{query}");
            }
            string?[] others = [null, "ingest", "analyst", $"person:{both.People[0]}", $"person:{ClusterBesideEmbedded.Stranger}"];
            foreach (var other in others)
                yield return new Asked(id, other, method, Places(path).First());
        }
        yield return new Asked("", "admin", HttpMethod.Get, "/v1/nothing");
        yield return new Asked("", "admin", HttpMethod.Patch, "/v1/network");
        yield return new Asked("", null, HttpMethod.Get, "/v1/nothing");
    }

    /// <summary>All that changes something, or tries to; the order matters.</summary>
    /// <param name="nudges">Three nudges or more of the person with the most interactions, before anything is changed.</param>
    public IEnumerable<Asked> Writing(IReadOnlyList<string> nudges)
    {
        var (ann, bob) = (both.People[5], both.People[6]);
        foreach (var nudge in Nudges(nudges)) yield return nudge;
        foreach (var (body, type) in Bodies(ann, bob))
            yield return new Asked("recordInteractions", "ingest", HttpMethod.Post, "/v1/interactions", body, type);
        yield return new Asked("recordInteractions", "analyst", HttpMethod.Post, "/v1/interactions", "{}");
        yield return new Asked("recordInteractions", null, HttpMethod.Post, "/v1/interactions", "{}");

        foreach (var correction in Corrections(ann, bob)) yield return correction;
        foreach (var preference in Preferences(ann, bob)) yield return preference;

        yield return new Asked("putPeople", "ingest", HttpMethod.Post, "/v1/people",
            $$"""{"id":"{{ann}}","name":"Ann","tags":["a"]}{{"\n"}}{"id":"new@here.example","name":"New"}{{"\n"}}{"name":"nobody"}""",
            Ndjson);
        yield return new Asked("putPeople", "ingest", HttpMethod.Post, "/v1/people", "{\"id\":7}\n[]", Ndjson);
        yield return new Asked(
            "putPerson", "admin", HttpMethod.Put, Person(bob), """{"name":"Bob","organisation":"Here","openToIntroductions":false}""");
        yield return new Asked("putPerson", "admin", HttpMethod.Put, Person(bob), """{"name":7}""");
        yield return new Asked("putPerson", $"person:{both.People[0]}", HttpMethod.Put, Person(bob), "{}");

        yield return new Asked("placeBlock", "admin", HttpMethod.Put, $"{Person(ann)}/blocks/{Uri.EscapeDataString(bob)}");
        yield return new Asked("placeBlock", "admin", HttpMethod.Put, $"{Person(ann)}/blocks/{Uri.EscapeDataString(ann)}");
        yield return new Asked("placeBlock", "analyst", HttpMethod.Put, $"{Person(ann)}/blocks/{Uri.EscapeDataString(bob)}");
        yield return new Asked(
            "liftBlock", "admin", HttpMethod.Delete, $"{Person(both.People[0])}/blocks/{Uri.EscapeDataString(both.People[2])}");
        yield return new Asked("liftBlock", "admin", HttpMethod.Delete, $"{Person(both.People[0])}/blocks/nobody");

        yield return new Asked("mergeAlias", "admin", HttpMethod.Put, $"{Person("m1@here.example")}/aliases/m2@here.example");
        yield return new Asked("mergeAlias", "analyst", HttpMethod.Put, $"{Person("m1@here.example")}/aliases/m2@here.example");
        yield return new Asked("splitAlias", "admin", HttpMethod.Delete, $"{Person("m2@here.example")}/aliases/m1@here.example");
        yield return new Asked("splitAlias", "admin", HttpMethod.Delete, $"{Person("m2@here.example")}/aliases/m1@here.example");
        // The two ids above, in base64url.
        yield return new Asked("decideIdentitySuggestion", "admin", HttpMethod.Post,
            "/v1/identity/suggestions/bTFAaGVyZS5leGFtcGxlCm0yQGhlcmUuZXhhbXBsZQ?decision=distinct");
        yield return new Asked("decideIdentitySuggestion", "admin", HttpMethod.Post, "/v1/identity/suggestions/none?decision=distinct");

        yield return new Asked("confirmEntity", "admin", HttpMethod.Put, $"{Person(bob)}/entity?entity=role");
        yield return new Asked("confirmEntity", "admin", HttpMethod.Put, $"{Person(bob)}/entity?entity=planet");
        yield return new Asked("confirmEntity", "analyst", HttpMethod.Put, $"{Person(bob)}/entity?entity=person");

        yield return new Asked("fileReport", "admin", HttpMethod.Post, "/v1/reports",
            $$"""{"reporter":"{{ann}}","about":"{{bob}}","reason":"harassment","evidence":["w1"]}""");
        yield return new Asked(
            "fileReport", "admin", HttpMethod.Post, "/v1/reports", $$"""{"reporter":"{{ann}}","about":"{{bob}}","reason":"dislike"}""");
        yield return new Asked(
            "moveReport", "safety", HttpMethod.Patch, $"/v1/reports/{ClusterBesideEmbedded.Report}", """{"state":"upheld"}""");
        yield return new Asked(
            "moveReport", "safety", HttpMethod.Patch, $"/v1/reports/{ClusterBesideEmbedded.Report}", """{"state":"lost"}""");
        yield return new Asked("moveReport", "safety", HttpMethod.Patch, "/v1/reports/none", """{"state":"upheld"}""");
        yield return new Asked(
            "moveReport", "admin", HttpMethod.Patch, $"/v1/reports/{ClusterBesideEmbedded.Report}", """{"state":"upheld"}""");

        foreach (var outreach in Outreach()) yield return outreach;

        yield return new Asked("erasePerson", "analyst", HttpMethod.Delete, Person(both.People[1]));
        yield return new Asked("erasePerson", "admin", HttpMethod.Delete, Person(both.People[1]));
        yield return new Asked("erasePerson", "admin", HttpMethod.Delete, Person(both.People[1]));
        yield return new Asked("erasePerson", "admin", HttpMethod.Delete, Person("a\nb"));
        // The erased person stays out, until lifted.
        yield return new Asked("putPerson", "admin", HttpMethod.Put, Person(both.People[1]), """{"name":"Back"}""");
        yield return new Asked("liftSuppression", "analyst", HttpMethod.Delete, $"/v1/suppressions/{Uri.EscapeDataString(both.People[1])}");
        yield return new Asked("liftSuppression", "admin", HttpMethod.Delete, $"/v1/suppressions/{Uri.EscapeDataString(both.People[1])}");
        yield return new Asked("liftSuppression", "admin", HttpMethod.Delete, $"/v1/suppressions/{Uri.EscapeDataString(both.People[1])}");
        // Read in again after the erasure: what was erased stays erased.
        yield return new Asked("recordInteractions", "ingest", HttpMethod.Post, "/v1/interactions", Line("w1", ann, bob));
    }

    /// <summary>One is put off, one turned down, and one done by writing, which other nudges may rest on: so it comes last.</summary>
    private IEnumerable<Asked> Nudges(IReadOnlyList<string> nudges)
    {
        var (person, own) = (Person(both.People[0]), $"person:{both.People[0]}");
        yield return Put("admin", nudges[0], """{"state":"snoozed","until":"2025-07-01T00:00:00Z"}""");
        yield return Put(own, nudges[1], """{"state":"dismissed"}""");
        yield return Put(own, nudges[2], """{"state":"forgotten"}""");
        yield return Put("analyst", nudges[2], """{"state":"done"}""");
        yield return Put("admin", "none", """{"state":"done"}""");
        yield return Put(own, nudges[2], """{"state":"done","interaction":{"channel":"email"}}""");

        Asked Put(string scope, string nudge, string body) =>
            new("putNudge", scope, HttpMethod.Put, $"{person}/nudges/{Uri.EscapeDataString(nudge)}", body);
    }

    /// <summary>What was sent is put right and taken back, one by one and as a whole import; another import stays.</summary>
    private static IEnumerable<Asked> Corrections(string ann, string bob)
    {
        const string one = "/v1/interactions/";
        yield return new Asked("amendInteraction", "ingest", HttpMethod.Put, one + "w2", Line("w2", bob, "new@here.example"));
        yield return new Asked("amendInteraction", "ingest", HttpMethod.Put, one + "w2", Line("w3", bob, ann));
        yield return new Asked("amendInteraction", "admin", HttpMethod.Put, one + "nothing", Line("nothing", bob, ann));
        yield return new Asked("amendInteraction", "analyst", HttpMethod.Put, one + "w2", "{}");
        yield return new Asked("retractInteraction", "admin", HttpMethod.Delete, one + "w5");
        yield return new Asked("retractInteraction", "admin", HttpMethod.Delete, one + "w5");
        yield return new Asked("retractInteraction", "admin", HttpMethod.Delete, one + "nothing");
        yield return new Asked("retractInteraction", "ingest", HttpMethod.Delete, one + "w5");

        foreach (var batch in (string[])[Kept, Undone])
        {
            var rows = $"{Line($"{batch} 1", ann, bob)}\n{Line("w4", ann, "new@here.example")}\n{Line($"{batch} 2", bob, ann)}";
            yield return new Asked("recordInteractions", "ingest", HttpMethod.Post, $"/v1/interactions?batch={batch}", rows, Ndjson);
        }
        yield return new Asked("startImport", "ingest", HttpMethod.Post, "/v1/imports?name=sent.ndjson&batch=sent",
            $"{Line("sent 1", ann, bob)}\n{Line("sent 2", bob, ann)}\n{{}}\n", "application/octet-stream");
        yield return new Asked("startImport", "analyst", HttpMethod.Post, "/v1/imports?name=sent.ndjson",
            Line("sent 3", ann, bob), "application/octet-stream");
        yield return new Asked(
            "startImport", "admin", HttpMethod.Post, "/v1/imports?format=cats", Line("sent 3", ann, bob), "application/octet-stream");
        yield return new Asked("undoImport", "analyst", HttpMethod.Delete, $"/v1/imports/{Undone}");
        yield return new Asked("undoImport", "ingest", HttpMethod.Delete, $"/v1/imports/{Undone}");
        yield return new Asked("undoImport", "admin", HttpMethod.Delete, $"/v1/imports/{Undone}");
        yield return new Asked("undoImport", "admin", HttpMethod.Delete, "/v1/imports/none");
    }

    /// <summary>One preference stays and one is taken back.</summary>
    private IEnumerable<Asked> Preferences(string ann, string bob)
    {
        var (admin, put, delete) = ("admin", HttpMethod.Put, HttpMethod.Delete);
        var kept = $"{Person(both.People[30])}/ties/{Uri.EscapeDataString(both.People[0])}/preferences";
        var deleted = $"{Person(ann)}/ties/{Uri.EscapeDataString(bob)}/preferences";
        yield return new Asked("putPreference", admin, put, kept, """{"setting":"social","tags":["friend"]}""");
        yield return new Asked("putPreference", admin, put, deleted, """{"cadenceDays":30,"hidden":true}""");
        yield return new Asked("putPreference", admin, put, deleted, """{"mood":1}""");
        yield return new Asked("putPreference", "analyst", put, deleted, "{}");
        yield return new Asked("deletePreference", "analyst", delete, deleted);
        yield return new Asked("deletePreference", admin, delete, deleted);
        yield return new Asked("deletePreference", admin, delete, deleted);
        var cadences = $"{Person(both.People[30])}/preferences";
        yield return new Asked("putCadences", admin, put, cadences, """{"cadenceByTag":{"friend":20,"colleague":60}}""");
        yield return new Asked("putCadences", admin, put, cadences, """{"cadenceByTag":{"friend":30}}""");
        yield return new Asked("putCadences", admin, put, cadences, """{"cadenceByTag":{"friend":"often"}}""");
        yield return new Asked("putCadences", admin, put, $"{Person("nobody")}/preferences", """{"cadenceByTag":{}}""");
    }

    /// <summary>A profile changed in part, how a tie began, asks and webhooks.</summary>
    private IEnumerable<Asked> Outreach()
    {
        var (admin, put, post, delete) = ("admin", HttpMethod.Put, HttpMethod.Post, HttpMethod.Delete);
        var profile = Person(both.People[7]);
        yield return new Asked("patchPerson", admin, HttpMethod.Patch, profile, """{"role":"Adviser","organisation":null}""");
        yield return new Asked("patchPerson", admin, HttpMethod.Patch, profile, """{"role":7}""");
        yield return new Asked("patchPerson", "analyst", HttpMethod.Patch, profile, "{}");

        var beginning = $"{Person(both.People[30])}/ties/{Uri.EscapeDataString(both.People[0])}/beginning";
        yield return new Asked("putBeginning", admin, put, beginning, """{"how":"self"}""");
        yield return new Asked("putBeginning", admin, put, beginning, """{"how":"fate"}""");
        yield return new Asked("deleteBeginning", "analyst", delete, beginning);
        yield return new Asked("deleteBeginning", admin, delete, beginning);
        yield return new Asked("deleteBeginning", admin, delete, beginning);

        var asks = $"{Person(both.People[0])}/asks";
        yield return new Asked("proposeAsk", admin, post, asks, $$"""{"target":"{{both.People[60]}}"}""");
        yield return new Asked("proposeAsk", admin, post, asks, """{"target":"nobody"}""");
        yield return new Asked("proposeAsk", "analyst", post, asks, "{}");
        yield return new Asked("putAsk", admin, put, $"{asks}/{ClusterBesideEmbedded.Ask}", """{"state":"asked"}""");
        yield return new Asked("putAsk", admin, put, $"{asks}/{ClusterBesideEmbedded.Ask}", """{"state":"lost"}""");
        yield return new Asked("putAsk", admin, put, $"{asks}/none", """{"state":"asked"}""");

        const string subscriptions = "/v1/subscriptions";
        yield return new Asked("createSubscription", admin, post, subscriptions, """{"url":"somewhere"}""");
        yield return new Asked("deleteSubscription", "analyst", delete, $"{subscriptions}/none");
        yield return new Asked("deleteSubscription", admin, delete, $"{subscriptions}/none");
    }

    private static IEnumerable<(string Body, string ContentType)> Bodies(string ann, string bob)
    {
        yield return (Line("w1", ann, bob), "application/json");
        yield return (Line("w1", ann, bob), "application/json");
        yield return (Line("w1", bob, ann), "application/json");
        yield return ($"[{Line("w2", bob, ann)},{Line("w3", ann, ann)},{Line("w4", ann, "new@here.example")}]", "application/json");
        yield return ($"{Line("w5", ann, bob)}\n{{\"id\":\"w6\"}}\nnonsense\n{Line("w7", ClusterBesideEmbedded.Stranger, ann)}", Ndjson);
        yield return ("{\"id\":\"w8\"}\n{}", Ndjson);
        yield return ($"id,at,from,to,kind\nw9,2025-05-31T10:00:00Z,{ann},{bob},call\nw10,yesterday,{ann},{bob},call\n", "text/csv");
        yield return ("[", "application/json");
        yield return ("", "application/json");
        yield return ("hello", "text/plain");
    }

    private IEnumerable<string> Places(string path)
    {
        if (path.Contains("/venues/{id}", StringComparison.Ordinal))
        {
            return both.Venues.Take(2).Append("nowhere")
                .Select(venue => path.Replace("{id}", Uri.EscapeDataString(venue), StringComparison.Ordinal));
        }
        if (path.Contains("{report}", StringComparison.Ordinal))
        {
            return
            [
                path.Replace("{report}", ClusterBesideEmbedded.Report, StringComparison.Ordinal),
                path.Replace("{report}", "none", StringComparison.Ordinal),
            ];
        }
        if (path.Contains("{interaction}", StringComparison.Ordinal))
            return Filled("{interaction}", both.Interaction, "w2", "w5", "nothing");
        if (path.Contains("{subscription}", StringComparison.Ordinal))
            return Filled("{subscription}", "none");
        if (path.Contains("{batch}", StringComparison.Ordinal)) return Filled("{batch}", Kept, Undone, "none");
        if (!path.Contains("{id}", StringComparison.Ordinal)) return [path];
        (string Id, string Other)[] people =
        [
            (both.People[0], both.People[2]), (both.People[5], both.People[6]), (both.People[30], both.People[0]),
            (both.People[1], both.People[9]),
            ("nobody", both.People[0]), (both.People[7], "nobody"), ("a\nb", "x"),
        ];
        return people
            .Select(pair => path.Replace("{id}", Uri.EscapeDataString(pair.Id), StringComparison.Ordinal)
                .Replace("{other}", Uri.EscapeDataString(pair.Other), StringComparison.Ordinal))
            .Distinct();

        IEnumerable<string> Filled(string name, params string[] values) =>
            values.Select(value => path.Replace(name, Uri.EscapeDataString(value), StringComparison.Ordinal));
    }

    private IEnumerable<string> Queries(string operation, HashSet<string> takes)
    {
        if (takes.Contains("asOf"))
        {
            foreach (var asOf in (string[])["2024-09-01T00:00:00Z", "1999-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "yesterday"])
                yield return $"asOf={asOf}";
        }
        if (takes.Contains("limit")) foreach (var limit in (string[])["2", "0", "many"]) yield return $"limit={limit}";
        if (takes.Contains("cursor")) yield return "cursor=nonsense";
        yield return "surprise=1";
        foreach (var query in _more.GetValueOrDefault(operation, [])) yield return query;
    }

    private static IEnumerable<(string Id, HttpMethod Method, string Path, HashSet<string> Takes)> Each(JsonElement api) =>
        from path in api.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (
            operation.Value.GetProperty("operationId").GetString()!, new HttpMethod(operation.Name.ToUpperInvariant()), path.Name,
            operation.Value.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query")
                    .Select(p => p.GetProperty("name").GetString()!).ToHashSet()
                : []);

    private static string Person(string id) => $"/v1/people/{Uri.EscapeDataString(id)}";

    private static string Line(string id, string from, string to) =>
        $$"""{"id":"{{id}}","at":"2025-05-31T09:00:00Z","from":"{{from}}","to":"{{to}}","kind":"message"}""";
}
