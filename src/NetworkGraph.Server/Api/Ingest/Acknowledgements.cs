using System.Threading.Channels;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.V1;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>
/// Tells the client of a RecordStream how far it is dealt with, as fast as the client reads and no faster: what comes in
/// between goes into the next acknowledgement, so that a client may leave them unread.
/// </summary>
internal sealed class Acknowledgements(AnswerStream<RecordStreamResponse> answers)
{
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private RecordStreamResponse _next = new();
    private bool _isNews = true;

    /// <summary>Lists a rejected interaction, where there is room.</summary>
    public void Add(RejectedLine line)
    {
        lock (_gate)
        {
            if (_next.Rejected.Count < IngestTally.MaxListed) _next.Rejected.Add(Rejected(line));
        }
    }

    /// <summary>So many messages are dealt with, and this is what became of them.</summary>
    public void Settled(long messages, IngestTally tally)
    {
        lock (_gate)
        {
            _next.Messages = messages;
            _next.Accepted = tally.Accepted;
            _next.Duplicates = tally.Duplicates;
            _next.Conflicts = tally.Conflicts;
            _next.Retracted = tally.Retracted;
            _next.Suppressed = tally.Suppressed;
            _next.RejectedCount = tally.RejectedCount;
            _isNews = true;
        }
        _news.Writer.TryWrite(true);
    }

    /// <summary>Nothing will be settled any more.</summary>
    public void End() => _news.Writer.Complete();

    /// <summary>Sends acknowledgements until <see cref="End"/>; the last one says all.</summary>
    public async Task SendAsync()
    {
        while (await _news.Reader.WaitToReadAsync())
        {
            while (_news.Reader.TryRead(out _)) await SendNewsAsync();
        }
        await SendNewsAsync();
    }

    public static RejectedInteraction Rejected(RejectedLine line)
    {
        var (message, index) = RecordStreamRows.PlaceOf(line.Line);
        var rejected = new RejectedInteraction
        {
            Message = message,
            Index = index,
            Field = ProblemStatus.FieldOf(line.Field),
            Reason = line.Reason
        };
        if (line.Id is not null) rejected.Id = line.Id;
        return rejected;
    }

    private Task SendNewsAsync()
    {
        RecordStreamResponse news;
        lock (_gate)
        {
            if (!_isNews) return Task.CompletedTask;
            _isNews = false;
            news = _next;
            _next = news.Clone();
            _next.Rejected.Clear();
        }
        return answers.WriteAsync(news);
    }
}
