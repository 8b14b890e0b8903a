using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Conformance.Log;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Tests.Log;

public class BatchCodecTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true);

    private static readonly string[] s_notableTexts =
    [
        "", "0", "00", "7", "-1", "+1", "99999999999999999", "100000000000000000", "18446744073709551616", "💡", "👩‍👩‍👧‍👦 family",
            "ÄÖÜ ß", "日本語",
        "0123456789abcdef0123456789abcdef", "0123456789ABCDEF0123456789abcdef", "0123456789abcdef0123456789abcdeg",
            "0b6f3c1e-8d8e-4c39-9f43-0a4c53ce7a11",
        "0B6F3C1E-8d8e-4c39-9f43-0a4c53ce7a11", "+b6f3c1e-8d8e-4c39-9f43-0a4c53ce7a11", "0b6f3c1e-8d8e-4c39-9f43+0a4c53ce7a11", "\ud83d",
            "x\udca1y", "\0",
        "https://www.linkedin.com/in/a", "https://www.linkedin.com/in/ä", "https://www.linkedin.com/in/å", new string('x', 128),
            new string('é', 128),
    ];

    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.Elements(s_notableTexts), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get),
        Gen.Choose(0, int.MaxValue).Select(number => $"{number}"), Gen.Choose(0, 3000).Select(number => $"evt-{number}"),
        ArbMap.Default.GeneratorFor<Guid>().Select(id => $"{id:N}"), ArbMap.Default.GeneratorFor<Guid>().Select(id => $"{id:D}"));

    private static readonly Gen<string?> s_textOrNull = Gen.OneOf(Gen.Constant<string?>(null), s_text.Select(text => (string?)text));

    private static readonly Gen<long> s_time = Gen.OneOf(
        Gen.Elements(long.MinValue, long.MaxValue, 0L, -1L), ArbMap.Default.GeneratorFor<long>(),
        Gen.Choose(0, 1_000_000).Select(ms => SampleRecords.StartMs + ms));

    private static readonly Gen<double?> s_length = Gen.OneOf(
        Gen.Elements<double?>(
            null, 0.0, -0.0, double.NaN, double.PositiveInfinity, double.MaxValue, double.Epsilon, uint.MaxValue, 1.5, 31_622_400),
        ArbMap.Default.GeneratorFor<double>().Select(length => (double?)length), Gen.Choose(0, 5000).Select(length => (double?)length));

    private static readonly Gen<LogRecord> s_interaction =
        from id in s_text
        from at in s_time
        from sender in s_text
        from to in Gen.OneOf(s_text.Select(one => new[] { one }), s_text.ArrayOf())
        from codes in Gen.Choose(0, 255).ArrayOf(3)
        from texts in s_textOrNull.ArrayOf(4)
        from personalised in Gen.Elements<bool?>(null, true, false)
        from length in s_length
        from confidence in s_length
        from origin in s_textOrNull.ArrayOf(3)
        from given in Gen.OneOf(Gen.Constant((string[]?)null), s_text.ArrayOf().Select(all => (string[]?)all))
        select (LogRecord)new Interaction
        {
            Id = id,
            AtMs = at,
            From = sender,
            To = to,
            Kind = (InteractionKind)codes[0],
            Exchange = (Exchange)codes[1],
            Setting = (Setting)codes[2],
            Channel = texts[0],
            Venue = texts[1],
            InReplyTo = texts[2],
            About = texts[3],
            Personalised = personalised,
            LengthSeconds = length,
            ExchangeBy = personalised is null ? ExchangeBy.Sender : ExchangeBy.Reader,
            ExchangeConfidence = confidence,
            Series = origin[0],
            Batch = origin[1],
            Key = origin[2],
            IsAmendment = personalised is true,
            GivenTo = given,
        };

    private static readonly Gen<LogRecord> s_profile =
        from id in s_text
        from at in s_time
        from texts in s_textOrNull.ArrayOf(4)
        from lists in s_text.ArrayOf().ArrayOf(3)
        from open in Gen.Elements(true, false)
        select (LogRecord)new ProfileChanged
        {
            AtMs = at,
            Profile = new Profile
            {
                Id = id,
                Name = texts[0],
                Organisation = texts[1],
                Role = texts[2],
                Industry = texts[3],
                Offers = lists[0],
                Audience = lists[1],
                Tags = lists[2],
                OpenToIntroductions = open,
            },
        };

    private static readonly Gen<LogRecord> s_other =
        from at in s_time
        from isTombstone in Gen.Elements(true, false)
        select isTombstone ? new Tombstone() : (LogRecord)new PersonErased { AtMs = at, Tombstones = at };

    private static readonly Gen<LogRecord> s_boundary =
        from texts in s_text.ArrayOf(3)
        from at in s_time
        from code in Gen.Choose(0, 255)
        from evidence in s_text.ArrayOf()
        from type in Gen.Choose(0, 3)
        select type switch
        {
            0 => new ReportFiled
            {
                Id = texts[0],
                AtMs = at,
                Reporter = texts[1],
                About = texts[2],
                Reason = (ReportReason)code,
                Evidence = evidence
            },
            1 => new ReportMoved { Id = texts[0], AtMs = at, State = (ReportState)code },
            _ => (LogRecord)new BlockChanged { AtMs = at, By = texts[0], Against = texts[1], IsPlaced = type == 2 },
        };

    private static readonly Gen<LogRecord> s_correction =
        from id in s_text
        from at in s_time
        from texts in s_textOrNull.ArrayOf(4)
        from of in s_interaction
        from type in Gen.Choose(0, 2)
        from numbers in Gen.Choose(0, int.MaxValue).ArrayOf(5)
        from given in Gen.OneOf(Gen.Constant((string[]?)null), s_text.ArrayOf().Select(all => (string[]?)all))
        select type switch
        {
            0 => new InteractionWithdrawn
            {
                AtMs = at,
                Id = id,
                Key = texts[0],
                Batch = texts[1],
                Reason = (WithdrawalReason)(numbers[0] % 3),
                Position = numbers[1],
                Interaction = Kept((Interaction)of, id),
            },
            1 => new SourceChanged
            {
                AtMs = at,
                Id = id,
                Key = texts[0],
                Batch = texts[1],
                IsAdded = numbers[0] % 2 == 0,
                GivenTo = given,
                Interaction = Kept((Interaction)of, id)
            },
            _ => (LogRecord)new BatchChanged
            {
                AtMs = at,
                Batch = id,
                Phase = (BatchPhase)(numbers[0] % 6),
                Key = texts[0],
                Format = texts[1],
                FileName = texts[2],
                FileHash = texts[3],
                Counts = new BatchCounts(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]),
            },
        };

    private static readonly Gen<LogRecord> s_outreach =
        from at in s_time
        from texts in s_text.ArrayOf(4)
        from some in s_textOrNull.ArrayOf(3)
        from list in s_text.ArrayOf()
        from position in Gen.Choose(0, int.MaxValue)
        from type in Gen.Choose(0, 4)
        select type switch
        {
            0 => new AskChanged
            {
                AtMs = at,
                Id = texts[0],
                From = texts[1],
                Target = texts[2],
                Brokers = list,
                State = (AskState)(position % 5),
                Score = position / 7.0
            },
            1 => new AccessRecorded { AtMs = at, Person = texts[0], Role = texts[1], KeyName = texts[2], Operation = texts[3] },
            2 => new SubscriptionChanged
            {
                AtMs = at,
                Id = texts[0],
                Key = some[0],
                Url = texts[1],
                Events = list,
                Signer = texts[2],
                IsActive = position % 2 == 0
            },
            3 => new SubscriptionAdvanced { AtMs = at, Id = texts[0], Position = position, GivenUp = some[0] },
            _ => (LogRecord)new BeginningStated
            {
                AtMs = at,
                Person = texts[0],
                Other = texts[1],
                How = some[0],
                By = some[1],
                Venue = some[2]
            },
        };

    private static readonly Gen<LogRecord[]> s_records =
        Gen.Frequency((8, s_interaction), (1, s_profile), (1, s_boundary), (1, s_other), (2, s_correction), (2, s_outreach)).ArrayOf();

    /// <summary>What a correction keeps of its interaction.</summary>
    private static Interaction Kept(Interaction of, string id) =>
        new() { Id = id, AtMs = of.AtMs, From = of.From, To = of.To, Kind = of.Kind, About = of.About, LengthSeconds = of.LengthSeconds };

    [Fact]
    public void Every_field_of_every_record_comes_back()
    {
        var encoder = new BatchEncoder();
        var decoder = new BatchDecoder();
        Prop.ForAll(s_records.ToArbitrary(), records =>
        {
            var batch = decoder.Decode(Encoded(encoder, records, 42), "test");
            batch.FirstPosition.ShouldBe(42);
            batch.Records.Select(SampleRecords.ContentOf).ShouldBe(records.Select(SampleRecords.ContentOf));
        }).Check(s_config);
    }

    [Fact]
    public void A_thousand_recipients_and_many_records_come_back()
    {
        LogRecord[] records =
        [
            .. Enumerable.Range(0, 20).Select(LogRecord (n) => new Interaction
            {
                Id = $"large {n}",
                AtMs = n % 2 == 0 ? long.MinValue : long.MaxValue,
                From = "🙂",
                To = [.. Enumerable.Range(n, 1000).Select(to => $"person {to} 🙃")],
                Kind = InteractionKind.Message,
            }),
            .. SampleRecords.Many(0, 3000),
        ];
        new BatchDecoder().Decode(Encoded(new BatchEncoder(), records, long.MaxValue), "test").Records
            .Select(SampleRecords.ContentOf).ShouldBe(records.Select(SampleRecords.ContentOf));
    }

    [Fact]
    public void An_empty_batch_comes_back() =>
        new BatchDecoder().Decode(Encoded(new BatchEncoder(), [], 1), "test").Records.ShouldBeEmpty();

    [Fact]
    public void People_named_again_are_the_same_string()
    {
        var decoder = new BatchDecoder();
        var first = (Interaction)decoder.Decode(Encoded(new BatchEncoder(), SampleRecords.Many(5, 1), 1), "test").Records[0];
        var second = (Interaction)decoder.Decode(Encoded(new BatchEncoder(), SampleRecords.Many(5, 1), 2), "test").Records[0];
        second.From.ShouldBeSameAs(first.From);
        second.To[0].ShouldBeSameAs(first.To[0]);
    }

    [Fact]
    public void Any_flipped_bit_is_found()
    {
        var bytes = Encoded(new BatchEncoder(), Mixed(), 7);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            ShouldBeFoundCorrupted(bytes);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Any_truncation_and_any_addition_is_found()
    {
        var bytes = Encoded(new BatchEncoder(), Mixed(), 7);
        for (var length = 0; length < bytes.Length; length++) ShouldBeFoundCorrupted(bytes[..length]);
        ShouldBeFoundCorrupted([.. bytes, 0]);
    }

    [Fact]
    public void Bytes_that_are_wrong_in_spite_of_their_checksum_are_read_or_found_but_do_no_harm()
    {
        var random = new Random(20261122);
        var decoder = new BatchDecoder();
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Encoded(new BatchEncoder(), Mixed(), 7);
            for (var changes = random.Next(1, 6); changes > 0; changes--) bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0) bytes = bytes[..random.Next(9, bytes.Length)];
            BitConverter.TryWriteBytes(bytes.AsSpan(4), Crc32C.Of(bytes.AsSpan(8)));
            try
            {
                decoder.Decode(bytes, "the place").Records.ShouldNotBeNull();
            }
            catch (LogCorruptedException e)
            {
                e.Message.ShouldStartWith("the place ");
            }
        }
    }

    [Fact]
    public void A_record_of_a_type_that_comes_later_is_named_as_unknown()
    {
        var bytes = Encoded(new BatchEncoder(), [new PersonErased { AtMs = 9, Tombstones = 3 }], 7);
        bytes[^3].ShouldBe((byte)2);
        bytes[^3] = 0b11_1110;
        BitConverter.TryWriteBytes(bytes.AsSpan(4), Crc32C.Of(bytes.AsSpan(8)));
        Should.Throw<LogCorruptedException>(() => new BatchDecoder().Decode(bytes, "the place")).Message.ShouldContain("unknown type 62");
    }

    [Fact]
    public void A_batch_of_another_version_is_named_as_such()
    {
        var bytes = Encoded(new BatchEncoder(), Mixed(), 7);
        bytes[3] = 1;
        Should.Throw<LogCorruptedException>(() => new BatchDecoder().Decode(bytes, "the place")).Message
            .ShouldBe("the place is of format version 1; this program reads version 2.");
    }

    [Fact]
    public void A_batch_filled_up_to_a_size_reads_the_same()
    {
        var encoder = new BatchEncoder();
        encoder.Begin(3);
        foreach (var record in Mixed()) encoder.Add(record);
        var bytes = encoder.Finish(leastBytes: 5000).ToArray();
        bytes.Length.ShouldBe(5000);
        new BatchDecoder().Decode(bytes, "test").Records.Select(SampleRecords.ContentOf).ShouldBe(Mixed().Select(SampleRecords.ContentOf));
    }

    [Fact]
    public void The_stored_form_stays_as_it_is()
    {
        // Bytes in users' files: this may only ever fail for a new format version.
        Convert.ToHexStringLower(Encoded(new BatchEncoder(), Mixed(), 7)).ShouldBe(StoredForm);
    }

    private const string StoredForm =
        "4e47420214975588070817a40218616e6e1862656e2063686174b00148616d627572672066616972203230323620f09f8eaa18657665980170657273" +
        "6f6e31406578616d706c652e6f7267a801706572736f6e313031406578616d706c652e6f72679801706572736f6e32406578616d706c652e6f7267a8" +
        "01706572736f6e313032406578616d706c652e6f726728656d61696c9801706572736f6e33406578616d706c652e6f7267a801706572736f6e313033" +
        "406578616d706c652e6f72679801706572736f6e34406578616d706c652e6f7267a801706572736f6e313034406578616d706c652e6f7267485a6fc3" +
        "ab20f09f998280014dc3bc6c6c657220262053c3b6686e6540656e67696e65657228746f6f6c733877656c64696e673061647669636530706c616e74" +
        "7308610862fc0b020123456789abcdef0123456789abcdef80a0abfef9620001020318722d31042f01010000000000c04e408401847da20f05060701" +
        "8c0214a20f0708090502840348692d30303030303033a20f0a0b04038c04090834a20f0c0d090704bd873d000e0f101100021213011402151602ed9f" +
        "abfef9620603";

    [Fact]
    public void Models_are_read_as_they_were_written()
    {
        LogRecord[] records = [
            .. Enum.GetValues<ModelKind>().Select(kind => SampleRecords.ModelOf(kind)), SampleRecords.ModelOf(ModelKind.Hop, [])];
        var bytes = Encoded(new BatchEncoder(), records, 5);
        new BatchDecoder().Decode(bytes, "the place").Records.Select(SampleRecords.ContentOf).ShouldBe(
            records.Select(SampleRecords.ContentOf));
    }

    private static LogRecord[] Mixed() =>
    [
        SampleRecords.Between("0123456789abcdef0123456789abcdef", "ann", "ben", "eve"),
        SampleRecords.Numbered(1, id: "1000"),
        SampleRecords.Numbered(2, id: "1001"),
        SampleRecords.Numbered(3),
        SampleRecords.Numbered(4),
        SampleRecords.ProfileOf("ann"),
        new PersonErased { AtMs = 9, Tombstones = 3 },
        new Tombstone(),
    ];

    private static byte[] Encoded(BatchEncoder encoder, LogRecord[] records, long firstPosition)
    {
        encoder.Begin(firstPosition);
        foreach (var record in records) encoder.Add(record);
        return encoder.Finish().ToArray();
    }

    private static void ShouldBeFoundCorrupted(byte[] bytes) =>
        Should.Throw<LogCorruptedException>(() => new BatchDecoder().Decode(bytes, "the place")).Message.ShouldStartWith("the place ");
}
