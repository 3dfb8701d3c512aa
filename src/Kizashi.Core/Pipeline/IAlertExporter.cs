using Kizashi.Core.Alerts;

namespace Kizashi.Core.Pipeline;

/// <summary>Writes alerts in one format.</summary>
public interface IAlertExporter
{
    /// <summary>stix, csv, json, or the name of a report type.</summary>
    string Format { get; }

    string MediaType { get; }

    /// <summary>File name extension with its dot.</summary>
    string Extension { get; }

    /// <summary>Kinds it has a place for; null for all.</summary>
    IReadOnlyList<string>? Kinds => null;

    Task WriteAsync(IEnumerable<Alert> alerts, Stream stream, ExportOptions options, CancellationToken cancellation);
}
