namespace NetworkGraph.Server.Verbs;

/// <summary>What the executable ends with.</summary>
public static class ExitCodes
{
    public const int Done = 0;

    /// <summary>It was asked for something it could not do here and now: a port in use, a file that cannot be read.</summary>
    public const int Failed = 1;

    /// <summary>What it was asked for is invalid: an option that does not exist, a setting out of range.</summary>
    public const int Usage = 2;

    /// <summary>It was done in part: some rows of a file were not taken.</summary>
    public const int Partly = 3;

    /// <summary>It was stopped by Ctrl+C or SIGTERM before its end.</summary>
    public const int Stopped = 130;
}
