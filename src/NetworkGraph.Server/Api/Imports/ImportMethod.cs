using Google.Protobuf;
using Grpc.Core;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;
using NetworkGraph.V1;

namespace NetworkGraph.Server.Api.Imports;

/// <summary>A file to import, over gRPC: the first message says how it is read, each brings some bytes of it.</summary>
internal static class ImportMethod
{
    public static async Task<V1.Import> StartAsync(IAsyncStreamReader<StartImportRequest> messages, ServerCallContext call)
    {
        var http = call.GetHttpContext();
        if (!await messages.MoveNext(call.CancellationToken))
            throw Thrown(Problem.From(Outcome.InvalidArgument, "The stream is empty; its messages bring the file to import."));
        var parameters = new MessageParameters("startImport", Parameters(messages.Current), http.Viewer(), http.PersonOf);
        var query = new QueryReader(parameters, http.RequestServices.GetRequiredService<TimeProvider>());
        var (request, wait) = ImportQuery.Read(query);
        if ((parameters.FirstEmpty() ?? query.Problem) is { } problem) throw Thrown(problem);
        var jobs = http.RequestServices.GetRequiredService<ImportJobs>();
        await using var body = new FileBytes(messages);
        var (job, refused) = await jobs.StartAsync(request, body, query.Viewer, call.CancellationToken);
        if (job is null) throw Thrown(refused!);
        var (answer, _) = await ImportOperations.AnswerAsync(jobs, job, wait, call.CancellationToken);
        return AnswerMessage<ImportAnswer, V1.Import>.Of(answer);
    }

    private static RpcException Thrown(Problem problem) => ProblemStatus.Of(problem).ToRpcException();

    private static StartImportOptions Parameters(StartImportRequest first) => first.Options ?? new StartImportOptions();

    /// <summary>The bytes of the messages, one after the other.</summary>
    private sealed class FileBytes(IAsyncStreamReader<StartImportRequest> messages) : Stream
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
