using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>Reads what <see cref="BatchEncoder"/> wrote of asks, access, webhooks and how ties began.</summary>
public sealed partial class BatchDecoder
{
    private LogRecord ReadOutreach(int type, ref ByteReader from) => type switch
    {
        RecordFormat.Ask => new AskChanged
        {
            AtMs = Time(ref from),
            Id = Indexed(ref from),
            From = Indexed(ref from),
            Target = Indexed(ref from),
            Brokers = List(ref from),
            State = (AskState)from.Byte(),
            Score = BitConverter.UInt64BitsToDouble(from.UInt64()),
        },
        RecordFormat.Access => new AccessRecorded
        {
            AtMs = Time(ref from),
            Person = Indexed(ref from),
            Role = Indexed(ref from),
            KeyName = Indexed(ref from),
            Operation = Indexed(ref from),
        },
        RecordFormat.Subscription => ReadSubscription(ref from),
        RecordFormat.Advanced => ReadAdvanced(ref from),
        _ => ReadBeginning(ref from),
    };

    private SubscriptionChanged ReadSubscription(ref ByteReader from)
    {
        var flags = from.Byte();
        return new SubscriptionChanged
        {
            AtMs = Time(ref from),
            Id = Indexed(ref from),
            Key = (flags & RecordFormat.SubscriptionHasKey) != 0 ? Indexed(ref from) : null,
            Url = Indexed(ref from),
            Events = List(ref from),
            Signer = Indexed(ref from),
            IsActive = (flags & RecordFormat.SubscriptionStands) != 0,
        };
    }

    private SubscriptionAdvanced ReadAdvanced(ref ByteReader from)
    {
        var isGivenUp = from.Byte() != 0;
        return new SubscriptionAdvanced
        {
            AtMs = Time(ref from),
            Id = Indexed(ref from),
            Position = (long)from.Varint(),
            GivenUp = isGivenUp ? Indexed(ref from) : null,
        };
    }

    private BeginningStated ReadBeginning(ref ByteReader from)
    {
        var flags = from.Byte();
        return new BeginningStated
        {
            AtMs = Time(ref from),
            Person = Indexed(ref from),
            Other = Indexed(ref from),
            How = (flags & RecordFormat.BeginningHasHow) != 0 ? Indexed(ref from) : null,
            By = (flags & RecordFormat.BeginningHasBy) != 0 ? Indexed(ref from) : null,
            Venue = (flags & RecordFormat.BeginningHasVenue) != 0 ? Indexed(ref from) : null,
        };
    }
}
