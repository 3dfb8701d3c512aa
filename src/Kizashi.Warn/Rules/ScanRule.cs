using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Findings;
using Kizashi.Core.Pipeline;

namespace Kizashi.Warn.Rules;

/// <summary>A scan becomes darknet.scan, one alert for a source over all its ports.</summary>
public sealed class ScanRule : IAlertRule, INarrator
{
    private readonly IKnownScanners _known;

    public ScanRule(IKnownScanners known) => _known = known;

    string INarrator.Kind => EventCatalog.DarknetScan;

    public AlertDraft? Judge(Finding finding)
    {
        if (finding is not ScanFinding scan)
            return null;

        var subject = Subject.Of(scan.Source);
        var known = _known.NameOf(scan.Source);
        var details = Describe(scan, known);
        return new AlertDraft
        {
            Kind = EventCatalog.DarknetScan,
            Subject = subject,
            Severity = known is null ? Weigh(scan) : Severity.Low,
            Confidence = Believe(scan),
            Summary = Tell(subject, details),
            Details = details,
            Evidence = Draft.Evidence(scan, scan.Packets, Witness(scan), details),
            Ended = scan.State == FindingState.Ended,
            Simulated = scan.Simulated,
        };
    }

    string INarrator.Tell(Subject subject, JsonObject details) => Tell(subject, details);

    internal static string Tell(Subject subject, JsonObject details)
    {
        var ports = Wording.Read(details, AlertDetails.Ports);
        var destinations = Wording.AtLeast(Wording.Flag(details, AlertDetails.DestinationsAtLeast))
            + Wording.Count(Wording.Number(details, AlertDetails.Destinations), "dark address", "dark addresses");
        var tools = Wording.Read(details, AlertDetails.Tools);
        var known = Wording.Text(details, AlertDetails.KnownScanner);
        return $"{subject}{(known.Length > 0 ? $" ({known})" : "")} scans "
            + $"{Wording.List(ports, Wording.Flag(details, AlertDetails.PortsMore))}: "
            + Wording.AtLeast(Wording.Flag(details, AlertDetails.PacketsAtLeast))
            + $"{Wording.Count(Wording.Number(details, AlertDetails.Packets), "packet")} to {destinations}"
            + $"{(tools.Count > 0 ? $", with the fingerprint of {Wording.List(tools)}" : "")}.";
    }

    private static JsonObject Describe(ScanFinding scan, string? known)
    {
        var details = new JsonObject
        {
            [AlertDetails.Protocols] = Wording.Words([Wording.Protocol(scan.Protocol)]),
            [AlertDetails.Ports] = Wording.Words([Wording.Port(scan.Protocol, scan.Port)]),
            [AlertDetails.TrafficTypes] = Wording.Words([scan.TrafficType]),
            [AlertDetails.Packets] = scan.Packets,
            [AlertDetails.Destinations] = scan.Destinations,
            [AlertDetails.DestinationsAtLeast] = !scan.DestinationsExact,
            [AlertDetails.Durumeric] = scan.IsDurumeric,
            [AlertDetails.Tools] = Wording.Words(scan.Tools),
        };
        if (scan.InternetWideRate is { } rate)
            details[AlertDetails.InternetWideRate] = Math.Round(rate, 1);

        if (scan.Coverage is { } coverage)
            details[AlertDetails.Coverage] = Math.Round(coverage, 6);

        if (known is not null)
            details[AlertDetails.KnownScanner] = known;

        return details;
    }

    private static string Witness(ScanFinding scan) =>
        $"{Wording.Count(scan.Packets, scan.TrafficType + " packet")} to {Wording.Port(scan.Protocol, scan.Port)} at "
        + Wording.AtLeast(!scan.DestinationsExact)
        + Wording.Count(scan.Destinations, "dark address", "dark addresses");

    // Scanning is the darknet's background; what spreads by itself, or sweeps a tenth of the telescope, is not.
    private static Severity Weigh(ScanFinding scan) =>
        Draft.Spreads(scan.Tools) || scan.Coverage >= 0.1 ? Severity.Medium : Severity.Low;

    // At the threshold seven in ten; each doubling above it halves the rest up to 0.95. Only a bare SYN is sent by tools
    // that wait for the answer, so other types may carry a forged source; a tool's fingerprint in two packets is no chance.
    private static double Believe(ScanFinding scan)
    {
        var confidence = 0.70 + (0.25 * (1 - (1 / Math.Max(1, scan.Score))));
        if (scan.TrafficType != "tcp-syn")
            confidence -= 0.10;

        if (scan.Tools.Count > 0)
            confidence += 0.04;

        return Draft.Bounded(confidence);
    }
}
