using System.Buffers.Binary;
using NetworkGraph.Events.Log;
using Npgsql;

namespace NetworkGraph.Storage.Postgres;

/// <summary>
/// Who was erased and stays out, shared by all nodes: in tables of their own beside the log, as keyed hashes. Writers look at
/// the version under the lock under which they append, so a change holds for every append that follows it.
/// </summary>
internal static class Suppressions
{
    public static ValueTask<IReadOnlyList<SuppressedPerson>> AllAsync(Database database, CancellationToken cancellation) =>
        database.ReadAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(
                $"SELECT erasure, min(at_ms), count(*)::int FROM {database.Schema}.suppressed GROUP BY erasure ORDER BY 2, 1", connection);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var people = new List<SuppressedPerson>();
            while (await reader.ReadAsync(cancellation))
                people.Add(new SuppressedPerson(reader.GetGuid(0), reader.GetInt64(1), reader.GetInt32(2)));
            return (IReadOnlyList<SuppressedPerson>)people;
        },
        cancellation);

    /// <summary>Done twice it finds nothing the second time, so it is not tried again by itself.</summary>
    public static async ValueTask<int> LiftAsync(Database database, string id, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await database.OpenAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var secret = new NpgsqlCommand(
                $"SELECT s.secret FROM {database.Schema}.log l, {database.Schema}.suppression s FOR UPDATE OF l", connection);
            var hash = Bytes(SuppressionCheck.HashOf((byte[])(await secret.ExecuteScalarAsync(cancellation))!, id));
            await using var lift = new NpgsqlCommand(
                $"""
                WITH lifted AS (
                        DELETE FROM {database.Schema}.suppressed
                        WHERE erasure IN (SELECT erasure FROM {database.Schema}.suppressed WHERE hash = $1) RETURNING 1),
                    changed AS (UPDATE {database.Schema}.suppression SET version = version + 1)
                SELECT count(*)::int FROM lifted
                """,
                connection)
            { Parameters = { new() { Value = hash } } };
            var lifted = (int)(await lift.ExecuteScalarAsync(cancellation))!;
            await transaction.CommitAsync(cancellation);
            return lifted;
        }
        catch (NpgsqlException failure)
        {
            throw database.Translated("lifted no suppression, as far as is known", failure);
        }
    }

    public static byte[] Bytes(UInt128 hash)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        return bytes;
    }
}
