using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>Writes NDJSON to a stream, one object a line, some lines at a time.</summary>
internal sealed class JsonLines : IDisposable
{
    private const int EnoughBytes = 1 << 16;

    // These lines are never shown as HTML: letters beyond ASCII stay as they are.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ArrayBufferWriter<byte> _buffer = new(EnoughBytes * 2);
    private readonly Utf8JsonWriter _writer;
    private readonly Stream _to;

    public JsonLines(Stream to)
    {
        _to = to;
        _writer = new Utf8JsonWriter(_buffer, s_options);
    }

    public void Write(Action<Utf8JsonWriter> line)
    {
        line(_writer);
        _writer.Flush();
        _writer.Reset();
        _buffer.GetSpan(1)[0] = (byte)'\n';
        _buffer.Advance(1);
        if (_buffer.WrittenCount >= EnoughBytes) Flush();
    }

    public void Flush()
    {
        _to.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }

    public void Dispose() => _writer.Dispose();
}
