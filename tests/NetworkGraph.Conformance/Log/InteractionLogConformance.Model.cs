using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Conformance.Log;

public abstract partial class InteractionLogConformance
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Whatever_is_done_the_log_is_as_a_plain_list_would_be(int seed)
    {
        var random = new Random(seed);
        var model = new PlainLog();
        for (var step = 0; step < 120; step++)
        {
            switch (random.Next(12))
            {
                case < 6:
                    var records = Enumerable.Range(0, random.Next(random.Next(4) == 0 ? 900 : 30)).Select(_ => AnyRecord(random)).ToArray();
                    (await AppendAsync(records)).ShouldBe(model.Append(records));
                    break;
                case < 8 when model.Records.Count > 0:
                    var positions = Enumerable.Range(0, random.Next(1, 20)).Select(
                        _ => random.NextInt64(1, model.Records.Count + 1)).ToArray();
                    ShouldBeSame(await Log.ReadAtAsync(positions, Now),
                        [.. positions.Select(position => model.Records[(int)position - 1])]);
                    break;
                case 8:
                    var person = AnyPerson(random);
                    var naming = model.PositionsNaming(person);
                    var position = await Log.EraseAsync(person, naming, step, Now);
                    position.ShouldBe(model.Erase(naming, step));
                    break;
                case 9:
                    await ReopenAsync();
                    break;
                default:
                    var after = random.Next(model.Records.Count + 1);
                    ShouldBeSame(await AllAsync(after), model.Records[after..]);
                    break;
            }
            Log.LastPosition.ShouldBe(model.Records.Count);
        }
        ShouldBeSame(await AllAsync(), model.Records);
    }

    private static string AnyPerson(Random random) => $"{(char)('a' + random.Next(20))}@example.org";

    private static LogRecord AnyRecord(Random random)
    {
        switch (random.Next(40))
        {
            case < 2:
                return SampleRecords.ProfileOf(AnyPerson(random));
            case 2:
                return SampleRecords.BlockBetween(AnyPerson(random), AnyPerson(random), random.Next(2) == 0);
            case 3:
                return SampleRecords.ReportBetween($"r-{random.Next(9)}", AnyPerson(random), AnyPerson(random));
        }
        // Few ids and few contents, so that duplicates and conflicts are common.
        var number = random.Next(1500);
        var content = new Random(number * 2 + (random.Next(10) == 0 ? 1 : 0));
        return new Interaction
        {
            Id = (number % 4) switch
            {
                0 => $"{number}",
                1 => $"evt-{number}",
                2 => new Guid(number, 1, 2, new byte[8]).ToString(),
                _ =>
                $"{number:x32}"
            },
            AtMs = content.NextInt64(-1_000_000_000_000, 2_000_000_000_000),
            From = AnyPerson(content),
            To = [.. Enumerable.Range(0, content.Next(1, 4)).Select(_ => AnyPerson(content)).Distinct()],
            Kind = (InteractionKind)content.Next(InteractionKinds.Count),
            Exchange = (Exchange)content.Next(10),
            Setting = (Setting)content.Next(4),
            Channel = content.Next(2) == 0 ? null : "email",
            Venue = content.Next(3) == 0 ? $"venue {content.Next(9)}" : null,
            InReplyTo = content.Next(3) == 0 ? $"evt-{content.Next(1500)}" : null,
            About = content.Next(9) == 0 ? AnyPerson(content) : null,
            Personalised = content.Next(3) switch { 0 => null, 1 => true, _ => false },
            LengthSeconds = content.Next(4) switch { 0 => content.Next(5000), 1 => content.NextDouble() * 5000, _ => null },
        };
    }

    /// <summary>The log's meaning in the plainest terms.</summary>
    private sealed class PlainLog
    {
        private readonly Dictionary<string, int> _indexes = [];

        public List<LogRecord> Records { get; } = [];

        public AppendResult[] Append(LogRecord[] records) => [.. records.Select(Append)];

        public long[] PositionsNaming(string person) =>
            [.. Records.Index().Where(one => Names(one.Item, person)).Select(one => one.Index + 1L)];

        public long Erase(long[] positions, long atMs)
        {
            foreach (var position in positions)
            {
                if (Records[(int)position - 1] is Interaction interaction) _indexes.Remove(interaction.Id);
                Records[(int)position - 1] = new Tombstone();
            }
            Records.Add(new PersonErased { AtMs = atMs, Tombstones = positions.Length });
            return Records.Count;
        }

        private AppendResult Append(LogRecord record)
        {
            if (record is Interaction interaction && !_indexes.TryAdd(interaction.Id, Records.Count))
            {
                var index = _indexes[interaction.Id];
                var isDuplicate = SampleRecords.ContentOf(Records[index]) == SampleRecords.ContentOf(interaction);
                return new AppendResult(isDuplicate ? AppendOutcome.Duplicate : AppendOutcome.Conflict, index + 1);
            }
            Records.Add(record);
            return new AppendResult(AppendOutcome.Accepted, Records.Count);
        }

        private static bool Names(LogRecord record, string person) => record switch
        {
            Interaction interaction => interaction.From == person || interaction.About == person || interaction.To.Contains(person),
            ProfileChanged changed => changed.Profile.Id == person,
            BlockChanged block => block.By == person || block.Against == person,
            ReportFiled report => report.Reporter == person || report.About == person,
            _ => false,
        };
    }
}
