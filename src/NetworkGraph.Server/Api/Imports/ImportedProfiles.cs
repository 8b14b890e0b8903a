using NetworkGraph.Events;
using NetworkGraph.Events.Records;
using NetworkGraph.Server.Api.Ingest;

namespace NetworkGraph.Server.Api.Imports;

/// <summary>
/// Profiles of an import, brought together with those that are there: what somebody's profile says already is never overwritten by an
/// address book or a mailbox, and a profile that would change nothing is not written again.
/// </summary>
/// <param name="append">Makes records durable.</param>
/// <param name="known">What stands on an id, as far as that is folded; asked for once, when the first profile comes.</param>
/// <param name="replaces">The file is one of profiles as the export writes them: it says what they are from here on.</param>
/// <param name="tells">Whether a profile that changes nothing is told as a duplicate, which says what stands there already; else it is told
/// as accepted.</param>
internal sealed class ImportedProfiles(
    AppendRecords append, Func<CancellationToken, Task<Func<string, Profile?>>> known, bool replaces, bool tells) : IDisposable
{
    /// <summary>
    /// Several batches may be under way; those with profiles come one after the other, since each is held against the ones before.
    /// </summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>What this import wrote: not folded yet, perhaps.</summary>
    private readonly Dictionary<string, Profile> _written = new(StringComparer.Ordinal);
    private Func<string, Profile?>? _known;

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
        _known ??= await known(cancellation);
        var kept = new List<LogRecord>(records.Count);
        var indexes = new List<int>(records.Count);
        var written = new Dictionary<string, Profile>(StringComparer.Ordinal);
        for (var i = 0; i < records.Count; i++)
        {
            if (Changed(records[i], written) is not { } record) continue;
            kept.Add(record);
            indexes.Add(i);
        }
        var unchanged = records.Count - kept.Count;
        if (kept.Count == 0) return tells ? new AppendAnswer(0, unchanged, []) : new AppendAnswer(unchanged, 0, []);
        var answer = await append(kept, cancellation);
        if (answer.TryAgainAfter is not null) return answer;
        foreach (var (id, profile) in written) _written[id] = profile;
        return answer with
        {
            Accepted = answer.Accepted + (tells ? 0 : unchanged),
            Duplicates = answer.Duplicates + (tells ? unchanged : 0),
            Rejected = [.. answer.Rejected.Select(left => left with { Index = indexes[left.Index] })],
        };
    }

    /// <summary>
    /// The record as it is to be written, after what was <paramref name="written"/> before it; null where it would change nothing.
    /// </summary>
    private LogRecord? Changed(LogRecord record, Dictionary<string, Profile> written)
    {
        if (record is not ProfileChanged changed) return record;
        var id = changed.Profile.Id;
        if ((written.GetValueOrDefault(id) ?? _written.GetValueOrDefault(id) ?? _known!(id)) is not { } before)
        {
            written[id] = changed.Profile;
            return record;
        }
        var profile = replaces ? changed.Profile : Filled(before, changed.Profile);
        if (IsSame(before, profile)) return null;
        written[id] = profile;
        return new ProfileChanged { AtMs = changed.AtMs, Profile = profile };
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
        && a with { Offers = b.Offers, Audience = b.Audience, Tags = b.Tags, IsImported = b.IsImported } == b;
}
