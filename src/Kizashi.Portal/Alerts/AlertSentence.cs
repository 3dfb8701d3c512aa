using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Alerts;

/// <summary>Says in one sentence of the reader's language what an alert means, from its kind and details.</summary>
internal static class AlertSentence
{
    private const int MostPorts = 3;

    public static string Of(Alert alert, Words words) => alert.Kind switch
    {
        EventCatalog.DarknetScan => Scan(alert, words),
        EventCatalog.DarknetScannerAggressive => Aggressive(alert, words),
        EventCatalog.DarknetDosVictim => DosVictim(alert, words),
        EventCatalog.DarknetOwnHost => OwnHost(alert, words),
        EventCatalog.DarknetOutbreak => Outbreak(alert, words),
        EventCatalog.ReflectorAttack => Reflected(alert, words),
        EventCatalog.SensorGap => Gap(alert, words),
        EventCatalog.ForecastSurge => Surge(alert, words),
        _ => alert.Summary,
    };

    /// <summary>tcp/23 (Telnet), tcp/2323 and 4 more.</summary>
    public static string Ports(Alert alert, Words words)
    {
        var ports = alert.Details.Texts(AlertDetails.Ports);
        var all = Math.Max(ports.Count, alert.Details.Whole(AlertDetails.PortCount) ?? 0);
        if (ports.Count == 0)
            return words.Count("ports", all);

        var named = string.Join(words["list.comma"], ports.Take(MostPorts).Select(words.Port));
        return all > MostPorts ? words["ports.more", named, words.Number(all - MostPorts)] : named;
    }

    private static string Scan(Alert alert, Words words)
    {
        var destinations = alert.Details.Whole(AlertDetails.Destinations) ?? 0;
        var many = alert.Details.Flag(AlertDetails.DestinationsAtLeast)
            ? words["at-least", words.Number(destinations)]
            : words.Number(destinations);
        return words[
            alert.Closed is null ? "sentence.scan.open" : "sentence.scan.closed",
            alert.Subject.Value, Ports(alert, words), many, Span(alert, words)] + Tools(alert, words);
    }

    private static string Aggressive(Alert alert, Words words)
    {
        var details = alert.Details;
        var reasons = new List<string>();
        var coverage = details.Number(AlertDetails.Coverage) ?? 0;
        if (details.Flag(AlertDetails.ByCoverage))
            reasons.Add(words["sentence.aggressive.coverage", words.Percent(coverage)]);
        if (details.Flag(AlertDetails.ByPackets))
            reasons.Add(words["sentence.aggressive.packets", words.Number(details.Whole(AlertDetails.Packets) ?? 0)]);
        if (details.Flag(AlertDetails.ByPorts))
            reasons.Add(words["sentence.aggressive.ports", words.Number(details.Whole(AlertDetails.PortCount) ?? 0)]);
        return words["sentence.aggressive", alert.Subject.Value, Join(reasons, words)]
            + Tools(alert, words);
    }

    private static string Join(List<string> parts, Words words) => parts.Count < 2
        ? string.Concat(parts)
        : string.Join(words["list.comma"], parts.SkipLast(1)) + words["list.and"] + parts[^1];

    private static string DosVictim(Alert alert, Words words) => words[
        alert.Closed is null ? "sentence.victim.open" : "sentence.victim.closed",
        alert.Subject.Value,
        Ports(alert, words),
        words.Number(alert.Details.Whole(AlertDetails.MaxPpm) ?? 0),
        words.Number((long)Math.Round(alert.Details.Number(AlertDetails.DarkAddresses) ?? 0)),
        Span(alert, words)];

    private static string Reflected(Alert alert, Words words) => words[
        (alert.Subject.Kind == SubjectKind.Prefix, alert.Closed is null) switch
        {
            (false, true) => "sentence.reflected.open",
            (false, false) => "sentence.reflected.closed",
            (true, true) => "sentence.reflectednet.open",
            (true, false) => "sentence.reflectednet.closed",
        },
        alert.Subject.Value,
        Ports(alert, words),
        words.Number(alert.Details.Whole(AlertDetails.Packets) ?? 0),
        words.Number(alert.Details.Whole(AlertDetails.MaxPpm) ?? 0),
        Span(alert, words),
        words.Number(alert.Details.Whole(AlertDetails.Hosts) ?? 0)];

    private static string OwnHost(Alert alert, Words words) => words[
        "sentence.own",
        alert.Subject.Value,
        words.Number(alert.Details.Whole(AlertDetails.Destinations) ?? 0),
        Ports(alert, words),
        words.Number(alert.Details.Whole(AlertDetails.Packets) ?? 0)] + Tools(alert, words);

    private static string Outbreak(Alert alert, Words words) => words[
        alert.Closed is null ? "sentence.outbreak.open" : "sentence.outbreak.closed",
        words.Number(alert.Details.Whole(AlertDetails.Hosts) ?? 0),
        words.Number(alert.Details.Whole(AlertDetails.Groups) ?? 0),
        Ports(alert, words),
        Span(alert, words),
        string.Join(words["list.comma"], alert.Details.Texts(AlertDetails.Engines))] + Tools(alert, words);

    private static string Gap(Alert alert, Words words)
    {
        var lost = alert.Details.Whole(AlertDetails.Lost) ?? 0;
        return lost > 0
            ? words["sentence.gap.lost", alert.Subject.Value, words.Number(lost), Span(alert, words)]
            : words["sentence.gap", alert.Subject.Value, Span(alert, words)];
    }

    private static string Surge(Alert alert, Words words)
    {
        var details = alert.Details;
        string Times(string key) => words.Number(Math.Round(details.Number(key) ?? 0, 1));
        var outcome = details.Text(AlertDetails.Outcome) ?? "open";
        return outcome == "open"
            ? words[
                details.Number(AlertDetails.Doubling) is null ? "sentence.surge.pattern" : "sentence.surge.growth",
                alert.Subject.Value, Times(AlertDetails.Factor), Times(AlertDetails.FactorLower), Times(AlertDetails.FactorUpper),
                words.Percent(details.Number(AlertDetails.Probability) ?? 0), Times(AlertDetails.ExpectedIn), Times(AlertDetails.Doubling)]
            : words["sentence.surge." + outcome, alert.Subject.Value, Times(AlertDetails.Factor), Times(AlertDetails.Lead)];
    }

    private static string Span(Alert alert, Words words) => words.Duration(alert.LastSeen - alert.FirstSeen);

    private static string Tools(Alert alert, Words words)
    {
        var text = alert.Details.Texts(AlertDetails.Tools) is { Count: > 0 } tools
            ? " " + words["sentence.tools", string.Join(words["list.comma"], tools)]
            : "";
        return alert.Details.Text(AlertDetails.KnownScanner) is { Length: > 0 } scanner
            ? text + " " + words["sentence.known", scanner]
            : text;
    }
}
