using Grpc.Core;
using NetworkGraph.People;
using NetworkGraph.People.Measures;
using NetworkGraph.Server.Api.Boundaries;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;
using NetworkGraph.Server.Api.People;
using NetworkGraph.V1;
using Tie = NetworkGraph.People.Measures.Tie;

namespace NetworkGraph.Server.Api.Export;

/// <summary>Everything held about one person over gRPC: the parts of the HTTP document in its order, a message each.</summary>
internal static class ExportMethod
{
    public static async Task ExportAsync(QueryReader query, AnswerStream<ExportPersonResponse> parts, ServerCallContext call)
    {
        var id = query.PersonInPath();
        if (query.Problem is { } problem) throw ProblemStatus.Of(problem).ToRpcException();
        if (await PersonExport.OpenAsync(query.Viewer, id, call.GetHttpContext().RequestServices, call.CancellationToken) is not { } export)
            throw ProblemStatus.Of(Problem.PersonNotFound("id", id)).ToRpcException();
        await parts.WriteAsync(new ExportPersonResponse { Person = AnswerMessage<PersonAnswer, Person>.Of(export.Person) });
        await foreach (var interactions in export.InteractionsAsync(call.CancellationToken))
        {
            foreach (var interaction in interactions)
                await parts.WriteAsync(
                    new ExportPersonResponse { Interaction = AnswerMessage<InteractionAnswer, Interaction>.Of(interaction) });
        }
        foreach (var mention in export.Mentions)
            await parts.WriteAsync(new ExportPersonResponse { Mention = AnswerMessage<MentionAnswer, Mention>.Of(mention) });
        foreach (var tie in export.Ties) await parts.WriteAsync(new ExportPersonResponse { Tie = AnswerMessage<Tie, V1.Tie>.Of(tie) });
        foreach (var block in export.Blocks)
            await parts.WriteAsync(new ExportPersonResponse { Block = AnswerMessage<BlockAnswer, Block>.Of(block) });
        foreach (var report in export.Reports)
            await parts.WriteAsync(new ExportPersonResponse { Report = AnswerMessage<FiledReportAnswer, FiledReport>.Of(report) });
    }
}
