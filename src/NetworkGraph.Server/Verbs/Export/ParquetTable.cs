using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>
/// Rows as Parquet, a row group at a time: what the columns say, each value that is none a null. Times are UTC timestamps.
/// </summary>
internal static class ParquetTable
{
    private const int RowsOfGroup = 50_000;

    /// <summary>Returns how many rows were written.</summary>
    public static async Task<long> WriteAsync<T>(
        IReadOnlyList<Column<T>> columns, IAsyncEnumerable<T> rows, Stream to, CancellationToken cancellation)
    {
        var fields = columns.Select(Field).ToArray();
        // Its writer asks where it is, which not every stream can say.
        await using var counted = new PositionedStream(to);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), counted, cancellationToken: cancellation);
        var written = 0L;
        var group = new List<T>(RowsOfGroup);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            group.Add(row);
            if (group.Count == RowsOfGroup) await WriteGroupAsync();
        }
        await WriteGroupAsync();
        return written;

        async Task WriteGroupAsync()
        {
            if (group.Count == 0) return;
            using var part = writer.CreateRowGroup();
            for (var i = 0; i < columns.Count; i++) await WriteAsync(part, fields[i], columns[i], group, cancellation);
            written += group.Count;
            group.Clear();
        }
    }

    private static DataField Field<T>(Column<T> column) => new(column.Name, TypeOf(column.Type), isNullable: true);

    private static Type TypeOf(ColumnType type) => type switch
    {
        ColumnType.Time => typeof(DateTime),
        ColumnType.Number => typeof(double),
        ColumnType.Count => typeof(long),
        ColumnType.Flag => typeof(bool),
        _ => typeof(string),
    };

    private static Task WriteAsync<T>(
        ParquetRowGroupWriter part, DataField field, Column<T> column, List<T> rows, CancellationToken cancellation) => column.Type switch
        {
            ColumnType.Time => WriteAsync(
                part, field, rows, row => column.Value(row) is DateTimeOffset at ? at.UtcDateTime : (DateTime?)null, cancellation),
            ColumnType.Number =>
                WriteAsync(part, field, rows,
                    row => column.Value(row) is { } number ? Convert.ToDouble(number, CultureInfo.InvariantCulture) : (double?)null,
                    cancellation),
            ColumnType.Count =>
                WriteAsync(part, field, rows, row => column.Value(row) is { } count ? Convert.ToInt64(count, CultureInfo.InvariantCulture)
                : (long?)null, cancellation),
            ColumnType.Flag => WriteAsync(part, field, rows, row => (bool?)column.Value(row), cancellation),
            _ => part.WriteAsync(field, [.. rows.Select(row => column.TextOf(row)!)]),
        };

    private static Task WriteAsync<T,
        TValue>(ParquetRowGroupWriter part, DataField field, List<T> rows, Func<T, TValue?> value, CancellationToken cancellation)
        where TValue : struct =>
            part.WriteAsync<TValue>(field, new ReadOnlyMemory<TValue?>([.. rows.Select(value)]), cancellationToken: cancellation);

    /// <summary>A stream that is written to once, and knows how far.</summary>
    private sealed class PositionedStream(Stream inner) : Stream
    {
        private long _position;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _position;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            inner.Write(buffer);
            _position += buffer.Length;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            _position += buffer.Length;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
