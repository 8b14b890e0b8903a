using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Tests.Http;

/// <summary>What is declared in part does not start.</summary>
public class OperationTableTests
{
    [Fact]
    public void All_operations_go_together_with_their_methods_messages_and_JSON_forms() =>
        AllOperations.Table().All.Count.ShouldBeGreaterThan(50);

    [Fact]
    public void Everything_that_an_operation_lacks_is_named_at_once()
    {
        var table = new OperationTable(
        [
            Operation.Get("getTies", "/v1/people/{id}/ties", Strange).In("Ties").For(Scopes.Admin).Described("Ties", "Ties."),
            Operation.Get("getNothing", "/v1/nothing", (Func<Reply<Unmapped>>)(() => new Unmapped(1))),
        ]);
        var message = Should.Throw<InvalidOperationException>(() => AllOperations.Require(table)).Message;
        foreach (var named in new[]
        {
            "getNothing does not say who may ask for it", "getNothing is not described", "getNothing has no gRPC method GetNothing",
            "getTies takes 'other', which is not in its route", "getTies takes 'Colour', and nothing says from where",
            "GetTiesResponse has no field for Number of Unmapped", "getTies is answered with Unmapped, which AnswersJson does not name",
            "The gRPC method networkgraph.v1.People.GetTie has no operation behind it",
        })
            message.ShouldContain(named);
    }

    private static Reply<Unmapped> Strange(StrangeRequest request) => new Unmapped(request.Other.Length);

    private sealed record Unmapped(int Number);

    private sealed record StrangeRequest([Person] string Other, string Colour) : IOperationRequest;
}
