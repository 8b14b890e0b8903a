using System.Globalization;
using NetworkGraph.Events.Log;
using Npgsql;

namespace NetworkGraph.Storage.Postgres;

/// <summary>
/// The way to one database: opens connections, says in words what went wrong, and knows what is worth trying again.
/// Messages name host, port and database, never the password.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private const string IdleInTransactionSessionTimeout = "25P03";

    private static readonly HashSet<string> s_goneAway =
    [
        PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CrashShutdown, PostgresErrorCodes.CannotConnectNow,
            PostgresErrorCodes.DatabaseDropped,
        PostgresErrorCodes.TooManyConnections, PostgresErrorCodes.SerializationFailure, PostgresErrorCodes.DeadlockDetected,
        PostgresErrorCodes.QueryCanceled, IdleInTransactionSessionTimeout,
    ];

    private readonly NpgsqlDataSource _source;

    private Database(NpgsqlDataSource source, string schema, string name)
    {
        _source = source;
        Schema = schema;
        Name = name;
    }

    /// <summary>The schema of the tables; it needs no quoting.</summary>
    public string Schema { get; }

    /// <summary>The database in messages.</summary>
    public string Name { get; }

    /// <summary>Why a name is none for a schema, in a sentence; null where it is one that needs no quoting.</summary>
    public static string? WhyNoSchema(string schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return schema.Length is 0 or > 48 || !schema.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')
            || char.IsDigit(schema[0])
            ? $"The schema '{schema}' is not a name of 1 to 48 lower-case letters, digits and '_' that begins with no digit."
            : null;
    }

    /// <summary>Why a connection string cannot be used, in a sentence; null where it can be read and names a host.</summary>
    public static string? WhyUnreadable(string connectionString)
    {
        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connectionString).Host)
                ? "The connection to PostgreSQL names no host: 'Host=...;Database=...;Username=...;Password=...'."
                : null;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or KeyNotFoundException)
        {
            return $"The connection to PostgreSQL cannot be read: {unreadable.Message}";
        }
    }

    /// <exception cref="LogUnavailableException">The connection string or the schema's name cannot be read.</exception>
    public static Database Of(string connectionString, string schema, int maxConnections)
    {
        if ((WhyUnreadable(connectionString) ?? WhyNoSchema(schema)) is { } wrong) throw new LogUnavailableException(wrong);
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.ApplicationName ??= "NetworkGraph";
        settings.MaxPoolSize = maxConnections;
        // Plans of prepared statements are kept by the server; ours are few.
        settings.MaxAutoPrepare = 16;
        // All of them read a few rows by an index. Of a table that was not analysed yet the server believes them to be dear,
        // and would compile each to machine code, for many times what it takes.
        settings.Options = $"{settings.Options} -c jit=off".TrimStart();
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"PostgreSQL at {settings.Host}:{settings.Port}, database {settings.Database ?? settings.Username}");
        return new Database(NpgsqlDataSource.Create(settings), schema, name);
    }

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation) => _source.OpenConnectionAsync(cancellation);

    internal NpgsqlConnection Open() => _source.OpenConnection();

    /// <summary>Does something that can be done twice; once more on a new connection where the one it got was dead.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = await OpenAsync(cancellation);
                return await read(connection);
            }
            catch (NpgsqlException gone) when (attempt == 0 && HasGoneAway(gone))
            {
                Forget();
            }
            catch (NpgsqlException failure)
            {
                throw Translated("cannot be read", failure);
            }
        }
    }

    /// <summary>Closes idle connections: after the server went away they are of no use.</summary>
    public void Forget() => _source.Clear();

    /// <summary>Whether the database may take the same again a moment later: it is gone, starting, or busy.</summary>
    public static bool HasGoneAway(Exception failure) => failure switch
    {
        PostgresException answered =>
            s_goneAway.Contains(answered.SqlState) || answered.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException => true,
        _ => false,
    };

    public Exception Translated(string what, NpgsqlException failure) => failure is PostgresException { SqlState: var state }
        ? state switch
        {
            PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted =>
                new LogCorruptedException($"{Name} {what}: {failure.Message}", failure),
            PostgresErrorCodes.DiskFull => new LogUnavailableException($"{Name} {what}: its disk is full.", failure),
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                new LogUnavailableException($"{Name} {what}: it does not let this user in. {failure.Message}", failure),
            PostgresErrorCodes.InvalidCatalogName =>
                new LogUnavailableException($"{Name} {what}: there is no such database. Create it first.", failure),
            PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction =>
                new LogUnavailableException($"{Name} {what}: this user may not write there. {failure.Message}", failure),
            _ => new LogUnavailableException($"{Name} {what}: {failure.Message}", failure),
        }
        : new LogUnavailableException($"{Name} {what}: {failure.InnerException?.Message ?? failure.Message}", failure);

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
