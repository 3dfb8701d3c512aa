using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Findings;
using Kizashi.Core.Pipeline;

namespace Kizashi.Warn.Rules;

/// <summary>A host of the own networks that touches the darknet becomes darknet.own-host.</summary>
public sealed class OwnHostRule : IAlertRule, INarrator
{
    private const long ManyDestinations = 10;

    string INarrator.Kind => EventCatalog.DarknetOwnHost;

    public AlertDraft? Judge(Finding finding)
    {
        if (finding is not OwnHostFinding host)
            return null;

        var subject = Subject.Of(host.Host);
        var details = Describe(host);
        return new AlertDraft
        {
            Kind = EventCatalog.DarknetOwnHost,
            Subject = subject,
            Severity = Draft.Spreads(host.Tools) || host.Destinations >= ManyDestinations ? Severity.Critical : Severity.High,
            Confidence = Believe(host),
            Summary = Tell(subject, details),
            Details = details,
            Evidence = Draft.Evidence(host, host.Packets, Witness(host), details),
            Ended = host.State == FindingState.Ended,
            Simulated = host.Simulated,
        };
    }

    string INarrator.Tell(Subject subject, JsonObject details) => Tell(subject, details);

    internal static string Tell(Subject subject, JsonObject details)
    {
        var tools = Wording.Read(details, AlertDetails.Tools);
        var ports = Wording.Read(details, AlertDetails.Ports);
        return $"{subject}, a host of our own networks, sent {Wording.Count(Wording.Number(details, AlertDetails.Packets), "packet")}"
            + $"{(ports.Count > 0 ? $" on {Wording.List(ports)}" : "")} to "
            + Wording.AtLeast(Wording.Flag(details, AlertDetails.DestinationsAtLeast))
            + Wording.Count(Wording.Number(details, AlertDetails.Destinations), "dark address", "dark addresses")
            + (tools.Count > 0 ? $" with the fingerprint of {Wording.List(tools)}" : "")
            + ": it is infected or misconfigured.";
    }

    private static JsonObject Describe(OwnHostFinding host) => new()
    {
        [AlertDetails.Packets] = host.Packets,
        [AlertDetails.Destinations] = host.Destinations,
        [AlertDetails.DestinationsAtLeast] = !host.DestinationsExact,
        [AlertDetails.Ports] = Wording.Words(host.Ports),
        [AlertDetails.Tools] = Wording.Words(host.Tools),
    };

    private static string Witness(OwnHostFinding host) =>
        $"{Wording.Count(host.Packets, "packet")} to {Wording.AtLeast(!host.DestinationsExact)}"
        + $"{Wording.Count(host.Destinations, "dark address", "dark addresses")}"
        + (host.Ports.Count > 0 ? $" on {Wording.List(host.Ports)}" : "");

    // One packet may be a typing mistake or carry a forged source; a host that asks many dark addresses has no excuse.
    private static double Believe(OwnHostFinding host)
    {
        var confidence = 0.60 + (0.37 * (1 - (1.0 / Math.Max(1, host.Destinations))));
        return Draft.Bounded(Draft.Spreads(host.Tools) ? Math.Max(confidence, 0.97) : confidence);
    }
}
