using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Alerts;

/// <summary>Says in the reader's language what one sensor saw in one event, from the numbers kept with it.</summary>
internal static class EvidenceSentence
{
    private const int MostListed = 3;

    /// <summary>The stored English where there are no numbers: an unknown kind, or evidence of an older version.</summary>
    public static string Of(string kind, Evidence evidence, Words words) => (kind, evidence.Details) switch
    {
        (EventCatalog.DarknetScan, { } details) => words.Count(
            "evidence.scan",
            evidence.Packets,
            List(details, AlertDetails.TrafficTypes, words),
            List(details, AlertDetails.Ports, words),
            Destinations(details, words)),
        (EventCatalog.DarknetDosVictim, { } details) => words.Count(
            "evidence.victim",
            evidence.Packets,
            List(details, AlertDetails.Reasons, words),
            List(details, AlertDetails.Protocols, words),
            words.Count("evidence.dark", (long)Math.Round(details.Number(AlertDetails.DarkAddresses) ?? 0))),
        (EventCatalog.DarknetOwnHost, { } details) => OwnHost(details, evidence.Packets, words),
        (EventCatalog.DarknetScannerAggressive, { } details) => words.Count(
            "evidence.aggressive",
            evidence.Packets,
            details.Text(AlertDetails.Day) ?? "",
            words.Count("ports", details.Whole(AlertDetails.PortCount) ?? 0),
            words.Percent(details.Number(AlertDetails.Coverage) ?? 0)),
        (EventCatalog.DarknetOutbreak, { } details) => words.Count(
            "evidence.outbreak",
            evidence.Packets,
            List(details, AlertDetails.Ports, words),
            words.Number(details.Whole(AlertDetails.Hosts) ?? 0),
            words.Number(details.Whole(AlertDetails.Groups) ?? 0)),
        (EventCatalog.ReflectorAttack, { } details) => words.Count(
            "evidence.reflected",
            evidence.Packets,
            List(details, AlertDetails.Ports, words),
            words.Number((long)Math.Round(details.Number(AlertDetails.DarkAddresses) ?? 0))),
        (EventCatalog.ForecastSurge, { } details) => words[
            "evidence.surge", words.Number(Math.Round(details.Number(AlertDetails.Now) ?? 0, 1)), words.Number(Math.Round(details.Number(AlertDetails.Usual) ?? 0, 1))],
        (EventCatalog.SensorGap, { } details) => Gap(details, evidence.To - evidence.From, words),
        _ => evidence.Summary,
    };

    /// <summary>Why a time is held for a gap: packets known to be lost, or silence.</summary>
    public static string Gap(JsonObject details, TimeSpan length, Words words) =>
        details.Whole(AlertDetails.Lost) is { } lost and > 0
            ? words.Count("gap.lost", lost)
            : words["gap.silent", words.Duration(length)];

    private static string OwnHost(JsonObject details, long packets, Words words)
    {
        var (many, ports) = (Destinations(details, words), List(details, AlertDetails.Ports, words));
        return ports.Length > 0
            ? words.Count("evidence.own", packets, many, ports)
            : words.Count("evidence.own.noports", packets, many);
    }

    private static string Destinations(JsonObject details, Words words)
    {
        var many = words.Count("evidence.dark", details.Whole(AlertDetails.Destinations) ?? 0);
        return details.Flag(AlertDetails.DestinationsAtLeast) ? words["at-least", many] : many;
    }

    private static string List(JsonObject details, string key, Words words)
    {
        var all = details.Texts(key);
        var named = string.Join(words["list.comma"], all.Take(MostListed));
        return all.Count > MostListed ? words["ports.more", named, words.Number(all.Count - MostListed)] : named;
    }
}
