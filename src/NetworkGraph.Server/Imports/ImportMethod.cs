using Google.Protobuf;
using Grpc.Core;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Keys;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;
using NetworkGraph.V1;

namespace NetworkGraph.Server.Imports;

/// <summary>A file to import, over gRPC: the first message says how it is read, each brings some bytes of it.</summary>
internal static class ImportMethod
{
    public static async Task<V1.Import> StartAsync(IAsyncStreamReader<StartImportRequest> messages, ServerCallContext call)
    {
        var http = call.GetHttpContext();
        if (!await messages.MoveNext(call.CancellationToken))
            throw ProblemStatus.Of(Problem.From(Outcome.InvalidArgument, "The stream is empty; its messages bring the file to import.")).ToRpcException();
        var parameters = new MessageParameters("startImport", Parameters(messages.Current), http.Viewer(), http.PersonOf);
        var query = new QueryReader(parameters);
        var (request, wait) = ImportQuery.Read(query);
        if ((parameters.FirstEmpty() ?? query.Problem) is { } problem) throw ProblemStatus.Of(problem).ToRpcException();
        var jobs = http.RequestServices.GetRequiredService<ImportJobs>();
        await using var body = new MessageBytes(messages);
        var (job, refused) = await jobs.StartAsync(request, body, query.Viewer, call.CancellationToken);
        if (job is null) throw ProblemStatus.Of(refused!).ToRpcException();
        var reply = await ImportEndpoints.ReplyAsync(jobs, job, wait, call.CancellationToken);
        return reply.Problem is { } failed ? throw ProblemStatus.Of(failed).ToRpcException() : AnswerMessage<ImportAnswer, V1.Import>.Of((ImportAnswer)reply.Answer!);
    }

    private static StartImportOptions Parameters(StartImportRequest first) => first.Options ?? new StartImportOptions();

    /// <summary>The bytes of the messages, one after the other.</summary>
    private sealed class MessageBytes(IAsyncStreamReader<StartImportRequest> messages) : Stream
    {
        private ByteString _current = messages.Current.Content;
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (_at == _current.Length)
            {
                if (!await messages.MoveNext(cancellationToken)) return 0;
                (_current, _at) = (messages.Current.Content, 0);
            }
            var count = Math.Min(buffer.Length, _current.Length - _at);
            _current.Span.Slice(_at, count).CopyTo(buffer.Span);
            _at += count;
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
