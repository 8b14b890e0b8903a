using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Tests.Log;

/// <summary>What counts under an id after sends, retractions, amendments and undone imports in any order.</summary>
public class InteractionStateTests
{
    private static readonly string?[] s_sources = [null, "b1", "b2", "b3"];

    [Theory]
    [InlineData("m", 1)]
    [InlineData("m", 2)]
    [InlineData("mail:m", 3)]
    [InlineData("mail:m", 4)]
    [InlineData("ics:m", 5)]
    public void Undoing_a_batch_equals_a_log_in_which_that_source_never_was(string family, int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var sent = Enumerable.Range(0, random.Next(1, 14)).Select(_ => Sent(family, random, isVaried: false)).ToList();
            var undone = s_sources[random.Next(1, 4)];
            var before = random.Next(sent.Count + 1);
            var (with, without) = (new JudgedLog(), new JudgedLog());
            foreach (var interaction in sent.Take(before)) with.Send(interaction);
            with.Undo(undone);
            foreach (var interaction in sent.Skip(before)) with.Send(interaction);
            foreach (var interaction in sent.Take(before).Where(i => i.Batch != undone)) without.Send(interaction);
            foreach (var interaction in sent.Skip(before)) without.Send(interaction);

            with.Standing().ShouldBe(without.Standing(), $"round {round}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_random_history_of_one_id_is_what_a_plain_model_says(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var log = new JudgedLog();
            string? content = null;
            var sources = new HashSet<string>();
            var isRetracted = false;
            for (var step = 0; step < 20; step++)
            {
                var stands = content is not null && sources.Count > 0 && !isRetracted;
                var next = Sent("m", random, isVaried: true);
                switch (random.Next(8))
                {
                    case 0:
                        log.Retract("m1").ShouldBe(
                            isRetracted ? AppendOutcome.Duplicate : stands ? AppendOutcome.Accepted : AppendOutcome.NotFound);
                        isRetracted |= stands;
                        break;
                    case 1:
                        var amended = Copy(next, "m1", isAmendment: true);
                        var outcome = log.Send(amended);
                        if (content is null)
                        {
                            outcome.ShouldBe(AppendOutcome.NotFound);
                            break;
                        }
                        outcome.ShouldBe(stands && content == Content(amended) ? AppendOutcome.Duplicate : AppendOutcome.Accepted);
                        if (outcome is not AppendOutcome.Accepted) break;
                        if (sources.Count == 0) isRetracted = false;
                        (content, isRetracted) = (Content(amended), false);
                        sources.Add("direct");
                        break;
                    case 2:
                        var batch = s_sources[random.Next(1, 4)]!;
                        log.Undo(batch);
                        sources.Remove(batch);
                        break;
                    default:
                        var sent = Copy(next, "m1", isAmendment: false);
                        var sending = log.Send(sent);
                        if (isRetracted) sending.ShouldBe(AppendOutcome.Retracted);
                        else if (!stands) sending.ShouldBe(AppendOutcome.Accepted);
                        else sending.ShouldBe(content == Content(sent) ? AppendOutcome.Duplicate : AppendOutcome.Conflict);
                        if (sending is AppendOutcome.Accepted) content = Content(sent);
                        if (sending is AppendOutcome.Accepted or AppendOutcome.Duplicate) sources.Add(sent.Batch ?? "direct");
                        break;
                }
                var counts = content is not null && sources.Count > 0 && !isRetracted;
                log.Standing().ShouldBe(counts ? [$"m1 {content}"] : [], $"round {round}, step {step}");
                log.State("m1").Stands.ShouldBe(counts);
            }
        }
    }

    [Fact]
    public void Recipients_of_copies_of_one_mail_are_the_union_over_the_sources_that_stand()
    {
        var log = new JudgedLog();
        log.Send(Mail("b1", "bob")).ShouldBe(AppendOutcome.Accepted);
        log.Send(Mail("b2", "cem", "bob")).ShouldBe(AppendOutcome.Duplicate);
        log.State("mail:1").Current!.To.ShouldBe(["bob", "cem"]);
        log.Send(Mail("b1", "dee")).ShouldBe(AppendOutcome.Duplicate);
        log.State("mail:1").Current!.To.ShouldBe(["bob", "cem", "dee"]);

        log.Undo("b2");
        log.State("mail:1").Current!.To.ShouldBe(["bob", "dee"]);
        log.Undo("b1");
        log.State("mail:1").Stands.ShouldBeFalse();
        log.Send(Mail("b1", "eve")).ShouldBe(AppendOutcome.Accepted);
        log.State("mail:1").Current!.To.ShouldBe(["eve"]);
    }

    [Fact]
    public void What_another_key_wrote_is_marked_so()
    {
        var log = new JudgedLog();
        log.Send(Keyed("k1", "bob"));
        log.Judge(Keyed("k2", "cem")).ShouldBe((AppendOutcome.Conflict, true));
        log.Judge(Keyed("k1", "cem")).ShouldBe((AppendOutcome.Conflict, false));

        static Interaction Keyed(string key, string to) =>
            new() { Id = "m1", AtMs = 1, From = "ann", To = [to], Kind = InteractionKind.Message, Key = key };
    }

    private static Interaction Mail(string batch, params string[] to) =>
        new() { Id = "mail:1", AtMs = 5, From = "ann", To = to, Kind = InteractionKind.Message, Batch = batch };

    private static Interaction Sent(string family, Random random, bool isVaried)
    {
        var isUnion = InteractionState.IsUnion(family);
        string[] all = ["bob", "cem", "dee", "eve"];
        random.Shuffle(all);
        return new Interaction
        {
            Id = $"{family}{random.Next(1, isUnion ? 3 : 4)}",
            AtMs = 1000,
            From = "ann",
            // Every copy of one message says the same, but for whom it names.
            To = isUnion ? all[..random.Next(1, 4)] : ["bob"],
            Kind = InteractionKind.Message,
            Exchange = isVaried ? (Exchange)random.Next(2) : Exchange.None,
            Batch = s_sources[random.Next(4)],
        };
    }

    private static Interaction Copy(Interaction of, string id, bool isAmendment) => new()
    {
        Id = id,
        AtMs = of.AtMs,
        From = of.From,
        To = of.To,
        Kind = of.Kind,
        Exchange = of.Exchange,
        Batch = isAmendment ? null : of.Batch,
        IsAmendment = isAmendment,
    };

    private static string Content(Interaction of) => $"{of.Exchange} {string.Join(',', of.To.Order(StringComparer.Ordinal))}";

    private sealed class Epoch : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }

    /// <summary>A log in memory that decides as real ones do.</summary>
    private sealed class JudgedLog
    {
        private readonly List<LogRecord> _records = [];
        private readonly List<InteractionFingerprint> _fingerprints = [];
        private readonly RecordJudge _judge = new(new Epoch());

        public AppendOutcome Send(Interaction interaction) => Judge(interaction).Outcome;

        public AppendOutcome Retract(string id) =>
            Judge(new InteractionWithdrawn { AtMs = 0, Id = id, Reason = WithdrawalReason.Retracted }).Outcome;

        public void Undo(string? batch)
        {
            var ids = _records.Select(
                r => r switch { Interaction i => i.Id, SourceChanged s => s.Id, _ => null }).OfType<string>().Distinct().ToList();
            foreach (var id in ids)
                Judge(new InteractionWithdrawn { AtMs = 0, Id = id, Reason = WithdrawalReason.SourceWithdrawn, Batch = batch });
        }

        public (AppendOutcome Outcome, bool IsOfAnotherKey) Judge(LogRecord record)
        {
            Span<InteractionFingerprint> fingerprint = stackalloc InteractionFingerprint[1];
            InteractionFingerprint.Of([record], fingerprint);
            _judge.Begin();
            for (var i = 0; i < _records.Count; i++)
                if (_fingerprints[i].IdHash == fingerprint[0].IdHash) _judge.Know(i + 1, _fingerprints[i].ContentHash);
            var judgement = _judge.Judge(record, fingerprint[0], position => _records[(int)position - 1]);
            _records.AddRange(judgement.Records);
            _fingerprints.AddRange(_judge.Fingerprints);
            return (judgement.Outcome, judgement.IsOfAnotherKey);
        }

        public InteractionState State(string id) =>
            InteractionState.Of(id, _records.Select((record, i) => new PlacedRecord(i + 1, record)));

        /// <summary>What a fold that knows two things counts: interactions applied, and positions withdrawn.</summary>
        public List<string> Standing()
        {
            var standing = new SortedDictionary<long, Interaction>();
            for (var i = 0; i < _records.Count; i++)
            {
                if (_records[i] is Interaction interaction) standing.Add(i + 1, interaction);
                else if (_records[i] is InteractionWithdrawn withdrawn)
                    standing.Remove(withdrawn.Position).ShouldBeTrue("what is withdrawn counted");
            }
            return [.. standing.Values.Select(i => $"{i.Id} {Content(i)}").Order(StringComparer.Ordinal)];
        }
    }
}
