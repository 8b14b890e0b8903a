using NetworkGraph.Server.Tests;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>Recording in one call, with the real clients.</summary>
public sealed class RecordTests : IAsyncLifetime
{
    private const string Record = "/networkgraph.v1.Interactions/Record";

    private RunningServer _server = null!;

    public static TheoryData<string> Clients { get; } = [ClientProcess.Node, ClientProcess.Python];

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task What_is_recorded_is_answered_over_HTTP(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, _server.GrpcAddress);
        var full = Given.Message("full", "ada", "bob", "cem");
        full.Exchange = V1.Exchange.UnsolicitedAdvice;
        full.Setting = V1.Setting.Family;
        full.Channel = "email";
        full.InReplyTo = "another";
        full.About = "dee";
        full.Personalised = false;
        full.LengthSeconds = 12.5;
        var (answers, end) = await remote.CallAsync<V1.RecordResponse>(new CallPlan(Record, Given.Record(full, Given.Message("plain"))));
        end.Code.ShouldBe(0, end.Message);
        answers.Single().ShouldBe(new V1.RecordResponse { Accepted = 2 });
        await _server.UntilVisibleAsync();
        var items = (await _server.GetAsync("/v1/people/ada/interactions?with=cem")).Json.GetProperty("items");
        var expected = full.Clone();
        expected.ExchangeBy = V1.ExchangeBy.Sender;
        MessageComparison.ShouldBeAs(expected, items[0], "full");
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task Sending_again_doubles_nothing_and_what_differs_is_a_conflict(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, _server.GrpcAddress);
        var plan = new CallPlan(Record, Given.Record(Given.Message("a"), Given.Message("b")));
        (await remote.CallAsync<V1.RecordResponse>(plan)).Answers.Single().Accepted.ShouldBe(2);
        var again = new CallPlan(
            Record, Given.Record(Given.Message("a"), Given.Message("b", "eve"), Given.Message("c", "bob"), Given.Message("d")));
        var (answers, end) = await remote.CallAsync<V1.RecordResponse>(again);
        end.Code.ShouldBe(0, end.Message);
        var answer = answers.Single();
        (answer.Accepted, answer.Duplicates, answer.Conflicts, answer.RejectedCount).ShouldBe((1, 1, 1, 1));
        answer.Rejected.Select(r => (r.Message, r.Index, r.Id, r.Field)).ShouldBe([(1L, 1, "b", "id"), (1L, 2, "c", "to")]);
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task Where_all_are_rejected_each_is_named_with_its_place_and_field(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, _server.GrpcAddress);
        var late = Given.Message("late");
        late.At = null;
        var reply = Given.Message("reply");
        reply.InReplyTo = "reply";
        var (_, end) = await remote.CallAsync<V1.RecordResponse>(new CallPlan(Record, Given.Record(late, reply)));
        end.Code.ShouldBe(3);
        var violations = end.Detail<Google.Rpc.BadRequest>().ShouldNotBeNull().FieldViolations;
        violations.Select(v => v.Field).ShouldBe(["interactions[0].at", "interactions[1].in_reply_to"]);
        violations[1].Description.ShouldBe("names the interaction itself");
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task Four_megabytes_are_taken_at_once_and_more_are_refused_with_the_limit(string client)
    {
        const int Limit = 4 * 1024 * 1024;
        await using var remote = await RemoteClient.StartAsync(client, _server.GrpcAddress);
        var request = new V1.RecordRequest();
        while (request.CalculateSize() < Limit - 20_000)
            for (var i = 0; i < 100; i++) request.Interactions.Add(Given.Message($"{request.Interactions.Count}"));
        request.CalculateSize().ShouldBeLessThanOrEqualTo(Limit);
        var (answers, end) = await remote.CallAsync<V1.RecordResponse>(new CallPlan(Record, request));
        end.Code.ShouldBe(0, end.Message);
        answers.Single().Accepted.ShouldBe(request.Interactions.Count);

        // Packed it is small on the way; what counts is what it is unpacked.
        request.Interactions.Add(Given.Message(new string('x', 100), new string('y', 30_000)));
        foreach (var gzip in new[] { false, true })
        {
            var (_, refused) = await remote.CallAsync<V1.RecordResponse>(new CallPlan(Record, request) { Gzip = gzip });
            refused.Code.ShouldBe(8);
            refused.Message.ShouldNotBeEmpty();
        }
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task Blocks_and_reports_take_effect(string client)
    {
        const string People = "/networkgraph.v1.People/";
        await using var remote = await RemoteClient.StartAsync(client, _server.GrpcAddress);
        await remote.CallAsync<V1.RecordResponse>(
            new CallPlan(Record, Given.Record(Given.Message("m-1"), Given.Message("m-2", "bob", "ada"))));
        await _server.UntilVisibleAsync();
        var tie = new CallPlan(People + "GetTie", new V1.GetTieRequest { Id = "ada", Other = "bob" });
        var before = (await remote.CallAsync<V1.TieDetail>(tie)).Answers.Single().Status;
        before.ShouldNotBe("blocked");

        var (placed, end) = await remote.CallAsync<V1.Block>(
            new CallPlan(People + "PlaceBlock", new V1.PlaceBlockRequest { Id = "ada", Other = "bob" }));
        end.Code.ShouldBe(0, end.Message);
        (placed.Single().Person, placed.Single().Since is null).ShouldBe(("bob", false));
        await _server.UntilVisibleAsync();
        (await remote.CallAsync<V1.TieDetail>(tie)).Answers.Single().Status.ShouldBe("blocked");
        (await _server.GetAsync("/v1/people/ada/ties/bob")).Json.GetProperty("status").GetString().ShouldBe("blocked");
        (await _server.GetAsync("/v1/people/bob/ties/ada")).Json.GetProperty("status").GetString().ShouldBe(before);
        (await _server.GetAsync("/v1/people/ada/blocks")).Json.GetProperty("items")[0].GetProperty("person").GetString().ShouldBe("bob");

        var (lifted, _) = await remote.CallAsync<V1.Block>(
            new CallPlan(People + "LiftBlock", new V1.LiftBlockRequest { Id = "ada", Other = "bob" }));
        lifted.Single().Since.ShouldBeNull();
        await _server.UntilVisibleAsync();
        (await remote.CallAsync<V1.TieDetail>(tie)).Answers.Single().Status.ShouldBe(before);

        var draft = new V1.ReportDraft { Reporter = "ada", About = "bob", Reason = "spam", Evidence = { "m-2" } };
        var (filed, filedEnd) = await remote.CallAsync<V1.FiledReport>(
            new CallPlan(People + "FileReport", new V1.FileReportRequest { Report = draft }));
        filedEnd.Code.ShouldBe(0, filedEnd.Message);
        var id = filed.Single().Id;
        var move = new V1.MoveReportRequest { Report = id, Move = new V1.ReportMove { State = "upheld" } };
        (await remote.CallAsync<V1.Report>(new CallPlan(People + "MoveReport", move))).Answers.Single().State.ShouldBe("upheld");
        var report = (await _server.GetAsync("/v1/reports")).Json.GetProperty("items").EnumerateArray().Single();
        (report.GetProperty("id").GetString(), report.GetProperty("state").GetString(), report.GetProperty("about").GetString())
            .ShouldBe((id, "upheld", "bob"));

        draft.Reason = "dislike";
        var (_, wrong) = await remote.CallAsync<V1.FiledReport>(
            new CallPlan(People + "FileReport", new V1.FileReportRequest { Report = draft }));
        wrong.Code.ShouldBe(3);
        wrong.Detail<Google.Rpc.BadRequest>().ShouldNotBeNull().FieldViolations.Single().Field.ShouldBe("reason");
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task No_interaction_at_all_is_refused(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, _server.GrpcAddress);
        var (_, end) = await remote.CallAsync<V1.RecordResponse>(new CallPlan(Record, new V1.RecordRequest()));
        end.Code.ShouldBe(3);
        end.Detail<Google.Rpc.BadRequest>().ShouldNotBeNull().FieldViolations.Single().Field.ShouldBe("interactions");
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task Profiles_are_put_found_and_erased(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, _server.GrpcAddress);
        const string People = "/networkgraph.v1.People/";
        var ada = new V1.Profile { Name = "Ada Lovelace", Organisation = "Engines", Tags = { "maths" } };
        var (put, end) = await remote.CallAsync<V1.Profile>(
            new CallPlan(People + "PutPerson", new V1.PutPersonRequest { Id = "ada", Profile = ada }));
        end.Code.ShouldBe(0, end.Message);
        var expected = ada.Clone();
        expected.Id = "ada";
        expected.OpenToIntroductions = true;
        put.Single().ShouldBe(expected);

        var many = new V1.PutPeopleRequest
        {
            Profiles = { new V1.Profile { Id = "bob", Name = "Bob" },
            new V1.Profile { Name = "nobody" } }
        };
        var (kept, _) = await remote.CallAsync<V1.PutPeopleResponse>(new CallPlan(People + "PutPeople", many));
        kept.Single().Accepted.ShouldBe(1);
        kept.Single().Rejected.Select(r => (r.Line, r.Field)).ShouldBe([(2L, "id")]);
        var (_, none) = await remote.CallAsync<V1.PutPeopleResponse>(
            new CallPlan(People + "PutPeople", new V1.PutPeopleRequest { Profiles = { new V1.Profile { Name = "nobody" } } }));
        none.Code.ShouldBe(3);
        none.Detail<Google.Rpc.BadRequest>().ShouldNotBeNull().FieldViolations.Single().Field.ShouldBe("profiles[0].id");

        await _server.UntilVisibleAsync();
        var (found, _) = await remote.CallAsync<V1.SearchPeopleResponse>(
            new CallPlan(People + "SearchPeople", new V1.SearchPeopleRequest { Tag = "maths" }));
        // A search says what kind of entity it is, also where the profile states none.
        expected.Entity = "person";
        found.Single().Items.Single().ShouldBe(expected);
        var (erased, _) = await remote.CallAsync<V1.ErasePersonResponse>(
            new CallPlan(People + "ErasePerson", new V1.ErasePersonRequest { Id = "ada" }));
        erased.Single().Records.ShouldBe(1);
        var (_, gone) = await remote.CallAsync<V1.Person>(new CallPlan(People + "GetPerson", new V1.GetPersonRequest { Id = "ada" }));
        gone.Code.ShouldBe(5);
    }
}
