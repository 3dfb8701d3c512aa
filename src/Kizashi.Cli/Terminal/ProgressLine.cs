using System.Globalization;
using Kizashi.Cli.Watching;

namespace Kizashi.Cli.Terminal;

/// <summary>One line on standard error that says how far the work is; a new line now and then where nobody watches a terminal.</summary>
internal sealed class ProgressLine(TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan PlainEvery = TimeSpan.FromSeconds(10);

    private readonly bool _terminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
    private long _lastPlain = time.GetTimestamp();
    private string? _observing;
    private int _width;

    public void Show(WatchProgress progress)
    {
        if (progress.Observing is { } observing && observing != _observing)
        {
            _observing = observing;
            Note("observing " + observing);
        }

        var line = Text(progress);
        if (_terminal)
        {
            var room = Math.Max(20, Console.WindowWidth - 1);
            line = line.Length > room ? line[..room] : line;
            output.Write("\r" + line.PadRight(_width));
            _width = line.Length;
        }
        else if (time.GetElapsedTime(_lastPlain) >= PlainEvery)
        {
            _lastPlain = time.GetTimestamp();
            output.WriteLine(line);
        }
    }

    /// <summary>A line that stays above the progress.</summary>
    public void Note(string text)
    {
        Clear();
        output.WriteLine(TerminalText.Clean(text));
    }

    public void Clear()
    {
        if (_terminal && _width > 0)
            output.Write("\r" + new string(' ', _width) + "\r");

        _width = 0;
    }

    private static string Text(WatchProgress progress)
    {
        var bar = progress.Fraction is { } fraction
            ? $"[{new string('#', (int)(fraction * 20)).PadRight(20, '.')}] {fraction * 100,3:0} %  "
            : "";
        var at = progress.At is { } time ? time.UtcDateTime.ToString("  yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{bar}{progress.Packets:#,0} packets  {Quantity.Rate(progress.PacketsPerSecond)}  lost {progress.Lost:#,0}  scans {progress.Scans:#,0}  victims {progress.Victims:#,0}  alerts {progress.Alerts:#,0}{at}");
    }
}
