using System.Text;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;

namespace Kizashi.Portal.Tests.Doubles;

/// <summary>Writes one alert id a line.</summary>
public sealed class PlainExporter(string format) : IAlertExporter
{
    public string Format => format;

    public string MediaType => format == "csv" ? "text/csv" : "application/json";

    public string Extension => "." + format;

    public Task WriteAsync(
        IEnumerable<Alert> alerts, Stream stream, ExportOptions options, CancellationToken cancellation)
    {
        // Synchronously, as exporters may.
        foreach (var alert in alerts)
            stream.Write(Encoding.UTF8.GetBytes($"{options.Organization} {alert.Id}\n"));
        return Task.CompletedTask;
    }
}
