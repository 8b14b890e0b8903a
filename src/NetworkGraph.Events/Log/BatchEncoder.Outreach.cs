using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>The binary form of what is kept of people's doings beside their interactions: asks, access, webhooks, how ties began.</summary>
public sealed partial class BatchEncoder
{
    private void AddOutreach(LogRecord record)
    {
        switch (record)
        {
            case AskChanged ask:
                _records.Byte((byte)RecordFormat.Ask);
                AddTime(ask.AtMs);
                AddIndexed(ask.Id);
                AddIndexed(ask.From);
                AddIndexed(ask.Target);
                AddList(ask.Brokers);
                _records.Byte((byte)ask.State);
                _records.UInt64(BitConverter.DoubleToUInt64Bits(ask.Score));
                break;
            case AccessRecorded access:
                _records.Byte((byte)RecordFormat.Access);
                AddTime(access.AtMs);
                AddIndexed(access.Person);
                AddIndexed(access.Role);
                AddIndexed(access.KeyName);
                AddIndexed(access.Operation);
                break;
            case SubscriptionChanged subscription:
                _records.Byte((byte)RecordFormat.Subscription);
                _records.Byte((byte)((subscription.Key is null ? 0 : RecordFormat.SubscriptionHasKey) | (subscription.IsActive
                    ? RecordFormat.SubscriptionStands : 0)));
                AddTime(subscription.AtMs);
                AddIndexed(subscription.Id);
                if (subscription.Key is { } key) AddIndexed(key);
                AddIndexed(subscription.Url);
                AddList(subscription.Events);
                AddIndexed(subscription.Signer);
                break;
            case SubscriptionAdvanced advanced:
                _records.Byte((byte)RecordFormat.Advanced);
                _records.Byte((byte)(advanced.GivenUp is null ? 0 : 1));
                AddTime(advanced.AtMs);
                AddIndexed(advanced.Id);
                _records.Varint((ulong)advanced.Position);
                if (advanced.GivenUp is { } why) AddIndexed(why);
                break;
            case BeginningStated beginning:
                AddBeginning(beginning);
                break;
        }
    }

    private void AddBeginning(BeginningStated beginning)
    {
        var flags = beginning.How is null ? 0 : RecordFormat.BeginningHasHow;
        if (beginning.By is not null) flags |= RecordFormat.BeginningHasBy;
        if (beginning.Venue is not null) flags |= RecordFormat.BeginningHasVenue;
        _records.Byte((byte)RecordFormat.Beginning);
        _records.Byte((byte)flags);
        AddTime(beginning.AtMs);
        AddIndexed(beginning.Person);
        AddIndexed(beginning.Other);
        if (beginning.How is { } how) AddIndexed(how);
        if (beginning.By is { } by) AddIndexed(by);
        if (beginning.Venue is { } venue) AddIndexed(venue);
    }
}
