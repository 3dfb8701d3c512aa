using System.Text.Json.Nodes;
using Kizashi.Core.Alerts;
using Kizashi.Core.Findings;

namespace Kizashi.Warn.Rules;

/// <summary>Parts of a draft that all rules make in the same way.</summary>
internal static class Draft
{
    // What an evidence's sentence is made of; the rest of the details stands in the alert alone.
    private static readonly string[] Told =
    [
        AlertDetails.Protocols, AlertDetails.Ports, AlertDetails.PortCount, AlertDetails.TrafficTypes, AlertDetails.Destinations,
        AlertDetails.DestinationsAtLeast, AlertDetails.DarkAddresses, AlertDetails.Reasons, AlertDetails.Coverage, AlertDetails.Day,
        AlertDetails.Lost, AlertDetails.Hosts, AlertDetails.Groups, AlertDetails.Now, AlertDetails.Usual,
    ];

    /// <param name="finding">What was concluded.</param>
    /// <param name="packets">Packets of the event.</param>
    /// <param name="summary">In plain English.</param>
    /// <param name="details">The draft's; copied as far as the summary tells them.</param>
    public static Evidence Evidence(Finding finding, long packets, string summary, JsonObject details) => new()
    {
        Sensor = finding.Sensor,
        EventId = finding.EventId,
        From = finding.FirstSeen,
        To = finding.LastSeen,
        Packets = packets,
        Summary = summary,
        Details = new JsonObject(Told.Where(details.ContainsKey).Select(key => KeyValuePair.Create(key, details[key]?.DeepClone()))),
        Batches = finding.Batches,
    };

    /// <summary>The fingerprint of something that spreads by itself: the host is infected.</summary>
    public static bool Spreads(IReadOnlyList<string> tools) => tools.Contains("mirai") || tools.Contains("hajime");

    /// <summary>Two decimals within 0.05..0.99; nothing seen from afar is certain.</summary>
    public static double Bounded(double confidence) => Math.Round(Math.Clamp(confidence, 0.05, 0.99), 2);
}
