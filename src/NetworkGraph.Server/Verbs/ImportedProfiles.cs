using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Server.Api.Ingest;

namespace NetworkGraph.Server.Verbs;

/// <summary>
/// Profiles of an import, brought together with those that are there: what somebody's profile says already is never overwritten by an
/// address book or a mailbox, and a profile that would change nothing is not written again.
/// </summary>
/// <param name="append">Makes records durable.</param>
/// <param name="log">Where the profiles stand that are there.</param>
/// <param name="replaces">The file is one of profiles as the export writes them: it says what they are from here on.</param>
internal sealed class ImportedProfiles(AppendRecords append, IInteractionLog log, bool replaces) : IDisposable
{
    /// <summary>
    /// Several batches may be under way; those with profiles come one after the other, since each is held against the ones before.
    /// </summary>
    private readonly SemaphoreSlim _turn = new(1);
    private Dictionary<string, Profile>? _known;

    public async ValueTask<AppendAnswer> AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        if (!records.Any(record => record is ProfileChanged)) return await append(records, cancellation);
        await _turn.WaitAsync(cancellation);
        try
        {
            return await AppendInTurnAsync(records, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async ValueTask<AppendAnswer> AppendInTurnAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        _known ??= await ReadAsync(cancellation);
        var kept = new List<LogRecord>(records.Count);
        var indexes = new List<int>(records.Count);
        for (var i = 0; i < records.Count; i++)
        {
            if (Changed(records[i]) is not { } record) continue;
            kept.Add(record);
            indexes.Add(i);
        }
        var unchanged = records.Count - kept.Count;
        if (kept.Count == 0) return new AppendAnswer(0, unchanged, []);
        var answer = await append(kept, cancellation);
        if (answer.TryAgainAfter is not null) return answer;
        foreach (var record in kept.OfType<ProfileChanged>()) _known[record.Profile.Id] = record.Profile;
        return answer with { Duplicates = answer.Duplicates
            + unchanged, Rejected = [.. answer.Rejected.Select(left => left with { Index = indexes[left.Index] })] };
    }

    /// <summary>The record as it is to be written; null where it would change nothing.</summary>
    private LogRecord? Changed(LogRecord record)
    {
        if (record is not ProfileChanged changed) return record;
        if (!_known!.TryGetValue(changed.Profile.Id, out var known)) return record;
        var profile = replaces ? changed.Profile : Filled(known, changed.Profile);
        return IsSame(known, profile) ? null : new ProfileChanged { AtMs = changed.AtMs, Profile = profile };
    }

    /// <summary>What is known, and what the import adds to it.</summary>
    private static Profile Filled(Profile known, Profile imported) => known with
    {
        Name = known.Name ?? imported.Name,
        Organisation = known.Organisation ?? imported.Organisation,
        Role = known.Role ?? imported.Role,
        Industry = known.Industry ?? imported.Industry,
        Offers = known.Offers.Length > 0 ? known.Offers : imported.Offers,
        Audience = known.Audience.Length > 0 ? known.Audience : imported.Audience,
        Tags = [.. known.Tags.Concat(imported.Tags).Distinct(StringComparer.Ordinal).Take(ProfileRules.MaxEntries)],
    };

    /// <summary>Lists are compared by what is in them.</summary>
    private static bool IsSame(Profile a, Profile b) =>
        a.Offers.SequenceEqual(b.Offers) && a.Audience.SequenceEqual(b.Audience) && a.Tags.SequenceEqual(b.Tags)
        && a with { Offers = b.Offers, Audience = b.Audience, Tags = b.Tags } == b;

    private async Task<Dictionary<string, Profile>> ReadAsync(CancellationToken cancellation)
    {
        var profiles = new Dictionary<string, Profile>(StringComparer.Ordinal);
        await foreach (var batch in log.ReadAsync(0, cancellation))
        {
            foreach (var record in batch.Records)
                if (record is ProfileChanged changed) profiles[changed.Profile.Id] = changed.Profile;
        }
        return profiles;
    }
}
