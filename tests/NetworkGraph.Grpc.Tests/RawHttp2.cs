using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace NetworkGraph.Grpc.Tests;

internal enum FrameType : byte
{
    Data = 0,
    Headers = 1,
    Reset = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
}

internal sealed record RawFrame(FrameType Type, byte Flags, int Stream, byte[] Payload)
{
    public bool EndsStream => (Flags & 1) != 0;

    /// <summary>The error code of a reset.</summary>
    public uint ErrorCode => BinaryPrimitives.ReadUInt32BigEndian(Payload);

    /// <summary>
    /// The value of a header that is written out in this block, as all are where the table of the connection has room for
    /// none; null when it is not there.
    /// </summary>
    public string? Header(string name)
    {
        var text = Encoding.Latin1.GetString(Payload);
        var at = text.IndexOf(name, StringComparison.Ordinal) + name.Length;
        return at < name.Length ? null : text.Substring(at + 1, text[at]);
    }
}

/// <summary>HTTP/2 frames on a socket, sent and seen one by one, by a peer that does nothing of its own accord.</summary>
internal sealed class RawHttp2 : IAsyncDisposable
{
    private const int FramePayloadMaxBytes = 16_384;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    private readonly TcpClient _socket = new();
    private NetworkStream _stream = null!;

    public static async Task<RawHttp2> ConnectAsync(Uri address)
    {
        var connection = new RawHttp2();
        await connection._socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        connection._stream = connection._socket.GetStream();
        await connection._stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        // No table of headers, so that the server writes all of them out.
        await connection.SendAsync(FrameType.Settings, 0, 0, [0, 1, 0, 0, 0, 0]);
        return connection;
    }

    /// <summary>Sends the headers of a gRPC request, and any others, in as many frames as they take.</summary>
    public async Task SendHeadersAsync(int stream, string path, bool endStream, params (string Name, string Value)[] headers)
    {
        using var block = new MemoryStream();
        (string Name, string Value)[] all =
        [
            (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "localhost"),
            ("te", "trailers"), ("content-type", "application/grpc"), .. headers,
        ];
        foreach (var (name, value) in all)
        {
            block.WriteByte(0);
            WriteText(block, name);
            WriteText(block, value);
        }

        var bytes = block.ToArray();
        for (var at = 0; at == 0 || at < bytes.Length; at += FramePayloadMaxBytes)
        {
            var part = bytes[at..Math.Min(bytes.Length, at + FramePayloadMaxBytes)];
            var isLast = at + part.Length == bytes.Length;
            var flags = (isLast ? EndHeaders : 0) | (at == 0 && endStream ? EndStream : 0);
            await SendAsync(at == 0 ? FrameType.Headers : FrameType.Continuation, (byte)flags, stream, part);
        }
    }

    public Task SendDataAsync(int stream, byte[] data, bool endStream = false) =>
        SendAsync(FrameType.Data, endStream ? EndStream : (byte)0, stream, data);

    public Task SendResetAsync(int stream, int errorCode) => SendNumberAsync(FrameType.Reset, stream, errorCode);

    /// <summary>Lets the server send so many bytes more.</summary>
    public async Task SendRoomAsync(int stream, int bytes)
    {
        await SendNumberAsync(FrameType.WindowUpdate, 0, bytes);
        await SendNumberAsync(FrameType.WindowUpdate, stream, bytes);
    }

    /// <summary>A round trip on the connection: what was sent before has been seen by the server.</summary>
    public async Task PingAsync()
    {
        await SendAsync(FrameType.Ping, 0, 0, new byte[8]);
        while ((await ReadAsync())?.Type is { } type && type != FrameType.Ping)
            type.ShouldNotBe(FrameType.Data, "there was no room for data");
    }

    /// <summary>The next frame that is not about settings or windows; null when the server has closed the connection.</summary>
    public async Task<RawFrame?> ReadAsync()
    {
        while (true)
        {
            var head = new byte[9];
            try
            {
                await _stream.ReadExactlyAsync(head, TestContext.Current.CancellationToken);
                var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
                await _stream.ReadExactlyAsync(payload, TestContext.Current.CancellationToken);
                var frame = new RawFrame((FrameType)head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
                if (frame.Type == FrameType.Settings && (frame.Flags & 1) == 0)
                    await SendAsync(FrameType.Settings, 1, 0, []);
                if (frame.Type is not (FrameType.Settings or FrameType.WindowUpdate))
                    return frame;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>The next frame of a type, past others.</summary>
    public async Task<RawFrame> ReadAsync(FrameType type)
    {
        while (await ReadAsync() is { } frame)
        {
            if (frame.Type == type)
                return frame;
        }

        throw new EndOfStreamException($"The connection was closed before a {type} frame.");
    }

    /// <summary>The status that ends the stream, in trailers or trailers only.</summary>
    public async Task<int> ReadGrpcStatusAsync()
    {
        while (true)
        {
            var headers = await ReadAsync(FrameType.Headers);
            if (headers.EndsStream)
                return int.Parse(headers.Header("grpc-status")!);
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void WriteText(MemoryStream block, string text)
    {
        // HPACK's integers: seven bits in the first byte, the rest in groups of seven.
        if (text.Length < 127)
        {
            block.WriteByte((byte)text.Length);
        }
        else
        {
            block.WriteByte(127);
            var rest = text.Length - 127;
            for (; rest > 127; rest >>= 7)
                block.WriteByte((byte)(rest | 128));
            block.WriteByte((byte)rest);
        }

        block.Write(Encoding.Latin1.GetBytes(text));
    }

    private Task SendNumberAsync(FrameType type, int stream, int number)
    {
        var payload = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, number);
        return SendAsync(type, 0, stream, payload);
    }

    private async Task SendAsync(FrameType type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        frame[0] = (byte)(payload.Length >> 16);
        frame[1] = (byte)(payload.Length >> 8);
        frame[2] = (byte)payload.Length;
        frame[3] = (byte)type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        await _stream.WriteAsync(frame, TestContext.Current.CancellationToken);
    }
}
