using System.Globalization;
using Kizashi.Core.Alerts;

namespace Kizashi.Cli.Terminal;

/// <summary>Alerts as lines of fixed columns, so that they can be followed, paged and grepped.</summary>
internal sealed class AlertTable(TextWriter output)
{
    private readonly bool _color = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
    private readonly int _width = Console.IsOutputRedirected ? int.MaxValue : Math.Max(80, Console.WindowWidth);
    private long _written;

    public void Write(Alert alert)
    {
        if (_written++ == 0)
            output.WriteLine($"{"id",-16}  {"opened (UTC)",-19}  {"severity",-8}  {"state",-6}  {"where",-12}  summary");

        var where = alert.Facts.Asn > 0 ? $"{alert.Facts.Country} AS{alert.Facts.Asn}" : alert.Facts.Country;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{alert.Id,-16}  {alert.Opened.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {Severity(alert.Severity)}  {State(alert),-6}  {TerminalText.Fit(where, 12)}  ");
        var room = Math.Max(20, _width - 73);
        var mark = alert.Simulated ? "[simulated] " : "";
        var summary = TerminalText.Clean(mark + alert.Summary);
        output.WriteLine(line + (summary.Length > room ? summary[..(room - 1)] + "…" : summary));
    }

    /// <summary>Says so when there was nothing to list.</summary>
    public void End()
    {
        if (_written == 0)
            output.WriteLine("no alerts match; `kizashi watch FILE` or `kizashi center` makes some, `kizashi alerts --help` says how to filter");
    }

    private static string State(Alert alert) => alert switch
    {
        { MergedInto: not null } => "merged",
        { Closed: not null } => "closed",
        { Acknowledged: not null } => "acked",
        _ => "open",
    };

    private string Severity(Severity severity)
    {
        var word = severity.ToString().ToLowerInvariant().PadRight(8);
        if (!_color)
            return word;

        var code = severity switch
        {
            Core.Alerts.Severity.Critical => "1;31",
            Core.Alerts.Severity.High => "31",
            Core.Alerts.Severity.Medium => "33",
            _ => "36",
        };
        return $"\u001b[{code}m{word}\u001b[0m";
    }
}
