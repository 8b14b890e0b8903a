using System.Globalization;

namespace NetworkGraph.Server.Verbs;

/// <summary>
/// How far long work is, on one line of a terminal's error stream that is written over; nothing where that is no terminal.
/// </summary>
internal sealed class ProgressLine(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_showEvery = TimeSpan.FromMilliseconds(100);
    private readonly bool _isShown = !Console.IsErrorRedirected;
    private long _shownAt;
    private int _width;

    public void Show(string what, long done, long of)
    {
        if (!_isShown || (_width > 0 && time.GetElapsedTime(_shownAt) < s_showEvery)) return;
        _shownAt = time.GetTimestamp();
        var percent = of == 0 ? 100 : done * 100 / of;
        Write(string.Create(CultureInfo.InvariantCulture, $"{what}: {done:N0} of {of:N0} ({percent} %)"));
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_width == 0) return;
        Write("");
        Console.Error.Write('\r');
    }

    private void Write(string text)
    {
        Console.Error.Write('\r' + text.PadRight(_width));
        _width = text.Length;
    }
}
