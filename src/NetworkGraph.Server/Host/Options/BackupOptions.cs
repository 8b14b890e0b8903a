namespace NetworkGraph.Server.Host.Options;

/// <summary>Backups that a running server makes of itself.</summary>
public sealed record BackupOptions
{
    /// <summary>The folder that they are written to; empty: none are made.</summary>
    public string To { get; init; } = "";

    /// <summary>How often: 12h, 1d.</summary>
    public string Every { get; init; } = "1d";

    /// <summary>How many of the last ones are kept; older ones are removed.</summary>
    public int Keep { get; init; } = 7;

    public bool IsOn => To.Length > 0;

    /// <summary>The time between two backups; null where <see cref="Every"/> cannot be read.</summary>
    internal TimeSpan? Interval
    {
        get
        {
            if (Every.Length < 2 || !int.TryParse(Every[..^1], out var count) || count is < 1 or > 10_000) return null;
            return Every[^1] switch
            {
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' => TimeSpan.FromDays(count),
                _ => null,
            };
        }
    }

    internal IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Interval is null) errors.Add($"Backup:Every (--backup-every) '{Every}' is no interval; write 30m, 12h or 1d.");
        if (Keep is < 1 or > 10_000) errors.Add($"Backup:Keep (--backup-keep) {Keep} is not between 1 and 10000.");
        if (To.Length > 0 && File.Exists(To)) errors.Add($"Backup:To (--backup-to) '{To}' is a file, not a folder.");
        return errors;
    }
}
