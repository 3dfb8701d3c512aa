using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Alerts;

/// <summary>Lays the numbers of an alert beside the published thresholds that it met.</summary>
internal static class AlertBasis
{
    public static IReadOnlyList<BasisRow> Of(Alert alert, Words words) => alert.Kind switch
    {
        EventCatalog.DarknetScan => Scan(alert, words),
        EventCatalog.DarknetScannerAggressive => Aggressive(alert, words),
        EventCatalog.DarknetDosVictim => DosVictim(alert, words),
        EventCatalog.DarknetOwnHost => OwnHost(alert, words),
        EventCatalog.DarknetOutbreak => Outbreak(alert, words),
        EventCatalog.ReflectorAttack => Reflected(alert, words),
        EventCatalog.SensorGap => Gap(alert, words),
        EventCatalog.ForecastSurge => Surge(alert, words),
        _ => [],
    };

    private static List<BasisRow> Scan(Alert alert, Words words)
    {
        var rows = new List<BasisRow>
        {
            Over(words, "basis.destinations", alert.Details.Number(AlertDetails.Destinations), 10),
        };
        if (alert.Details.Number(AlertDetails.InternetWideRate) is { } rate)
            rows.Add(Over(words, "basis.rate", rate, 10));
        if (alert.Details.Number(AlertDetails.Coverage) is { } coverage)
            rows.Add(new BasisRow(words["basis.coverage"], words.Percent(coverage), ""));
        rows.Add(Plain(words, "basis.packets", alert.Details.Number(AlertDetails.Packets)));
        rows.Add(new BasisRow(
            words["basis.durumeric"], words[alert.Details.Flag(AlertDetails.Durumeric) ? "yes" : "no"], ""));
        AddList(rows, words, "basis.traffic", alert.Details.Texts(AlertDetails.TrafficTypes));
        AddList(rows, words, "basis.tools", alert.Details.Texts(AlertDetails.Tools));
        return rows;
    }

    private static List<BasisRow> Aggressive(Alert alert, Words words)
    {
        var details = alert.Details;
        return
        [
            new(
                words["basis.d1"],
                words.Percent(details.Number(AlertDetails.Coverage) ?? 0),
                words["basis.d1.line"],
                Share(details.Number(AlertDetails.Coverage) ?? 0, 0.1)),
            new(
                words["basis.d2"],
                words.Number(details.Whole(AlertDetails.Packets) ?? 0),
                words[details.Flag(AlertDetails.ByPackets) ? "basis.top.met" : "basis.top.unmet"]),
            new(
                words["basis.d3"],
                words.Number(details.Whole(AlertDetails.PortCount) ?? 0),
                words[details.Flag(AlertDetails.ByPorts) ? "basis.top.met" : "basis.top.unmet"]),
            new(words["basis.day"], details.Text(AlertDetails.Day) ?? "", ""),
        ];
    }

    private static List<BasisRow> Reflected(Alert alert, Words words) =>
    [
        Over(words, "basis.requests", alert.Details.Number(AlertDetails.Packets), 100),
        Plain(words, "basis.victims", alert.Details.Number(AlertDetails.Hosts)),
        new(words["basis.rate.now"], words.Number(alert.Details.Number(AlertDetails.Rate) ?? 0), ""),
        new(words["basis.rate.peak"], words.Number(alert.Details.Number(AlertDetails.MaxPps) ?? 0), ""),
        Plain(words, "basis.rpm", alert.Details.Number(AlertDetails.MaxPpm)),
        Plain(words, "basis.reflectors", alert.Details.Number(AlertDetails.DarkAddresses)),
        new(words["basis.duration"], words.Duration(alert.LastSeen - alert.FirstSeen), ""),
        new(words["basis.bytes"], words.Bytes(alert.Details.Whole(AlertDetails.Bytes) ?? 0), ""),
        new(words["basis.wanted"], words.Bytes(alert.Details.Whole(AlertDetails.WantedBytes) ?? 0), ""),
        new(words["basis.commands"], Words(alert.Details.Texts(AlertDetails.Commands)), ""),
        new(words["basis.hints"], Words(alert.Details.Texts(AlertDetails.Hints).Select(hint => words["hint." + hint])), ""),
        new(words["basis.fingerprint"], alert.Details.Text(AlertDetails.Fingerprint) ?? "–", ""),
    ];

    private static string Words(IEnumerable<string> words) => string.Join(", ", words) is { Length: > 0 } text ? text : "–";

    private static List<BasisRow> DosVictim(Alert alert, Words words)
    {
        var seconds = (alert.LastSeen - alert.FirstSeen).TotalSeconds;
        var rows = new List<BasisRow>
        {
            Over(words, "basis.packets", alert.Details.Number(AlertDetails.Packets), 25),
            new(
                words["basis.duration"],
                words.Duration(alert.LastSeen - alert.FirstSeen),
                "≥ " + words.Duration(TimeSpan.FromSeconds(60)),
                Share(seconds, 60)),
            Over(words, "basis.ppm", alert.Details.Number(AlertDetails.MaxPpm), 30),
            Plain(words, "basis.dark", alert.Details.Number(AlertDetails.DarkAddresses)),
        };
        if (alert.Details.Whole(AlertDetails.Bytes) is { } bytes)
            rows.Add(new BasisRow(words["basis.bytes"], words.Bytes(bytes), ""));
        AddList(rows, words, "basis.answers", alert.Details.Texts(AlertDetails.Reasons));
        if (alert.Details.Whole(AlertDetails.Mismatches) is { } mismatches and > 0)
            rows.Add(new BasisRow(words["basis.mismatches"], words.Number(mismatches), ""));
        return rows;
    }

    private static List<BasisRow> Surge(Alert alert, Words words)
    {
        var details = alert.Details;
        string Number(string key) => details.Number(key) is { } number ? words.Number(Math.Round(number, 1)) : "–";
        return
        [
            new(words["basis.surge.probability"], words.Percent(details.Number(AlertDetails.Probability) ?? 0), "≥ 80 %"),
            new(words["basis.surge.factor"], words["basis.surge.range", Number(AlertDetails.Factor), Number(AlertDetails.FactorLower), Number(AlertDetails.FactorUpper)], "≥ " + Number(AlertDetails.Threshold)),
            new(words["basis.surge.usual"], Number(AlertDetails.Usual), ""),
            new(words["basis.surge.now"], Number(AlertDetails.Now), ""),
            new(words["basis.surge.doubling"], Number(AlertDetails.Doubling), ""),
            new(words["basis.surge.in"], Number(AlertDetails.ExpectedIn), ""),
            new(words["basis.surge.until"], details.Text(AlertDetails.Until) ?? "–", ""),
            new(words["basis.surge.outcome"], words["outcome." + (details.Text(AlertDetails.Outcome) ?? "open")], ""),
            new(words["basis.surge.lead"], Number(AlertDetails.Lead), ""),
        ];
    }

    private static List<BasisRow> OwnHost(Alert alert, Words words)
    {
        var rows = new List<BasisRow>
        {
            Over(words, "basis.own", alert.Details.Number(AlertDetails.Packets), 1),
            Plain(words, "basis.destinations", alert.Details.Number(AlertDetails.Destinations)),
        };
        AddList(rows, words, "basis.tools", alert.Details.Texts(AlertDetails.Tools));
        return rows;
    }

    private static List<BasisRow> Outbreak(Alert alert, Words words)
    {
        var rows = new List<BasisRow>
        {
            Over(words, "basis.groups", alert.Details.Number(AlertDetails.Groups), 20),
            Plain(words, "basis.hosts", alert.Details.Number(AlertDetails.Hosts)),
            Plain(words, "basis.packets", alert.Details.Number(AlertDetails.Packets)),
        };
        foreach (var vote in (alert.Details[AlertDetails.Votes] as JsonArray ?? []).OfType<JsonObject>())
        {
            var score = vote.Number("score") ?? 0;
            rows.Add(new BasisRow(
                words["basis.engine", vote.Text("engine") ?? ""], words.Number(Math.Round(score, 1)), "≥ 1", Share(score, 1)));
        }

        AddList(rows, words, "basis.countries", alert.Details.Texts(AlertDetails.Countries));
        AddList(rows, words, "basis.networks", alert.Details.Texts(AlertDetails.Networks));
        AddList(rows, words, "basis.tools", alert.Details.Texts(AlertDetails.Tools));
        AddList(rows, words, "basis.shapes", alert.Details.Texts(AlertDetails.Shapes));
        AddList(rows, words, "basis.conditions", alert.Details.Texts(AlertDetails.Conditions));
        return rows;
    }

    private static List<BasisRow> Gap(Alert alert, Words words) =>
    [
        new(words["basis.reason"], EvidenceSentence.Gap(alert.Details, alert.LastSeen - alert.FirstSeen, words), ""),
        Plain(words, "basis.lost", alert.Details.Number(AlertDetails.Lost)),
    ];

    private static BasisRow Over(Words words, string key, double? value, double line) => new(
        words[key], words.Number(Math.Floor(value ?? 0)), "≥ " + words.Number(line), Share(value ?? 0, line));

    private static BasisRow Plain(Words words, string key, double? value) =>
        new(words[key], words.Number(Math.Round(value ?? 0)), "");

    private static void AddList(List<BasisRow> rows, Words words, string key, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
            rows.Add(new BasisRow(words[key], string.Join(words["list.comma"], values), ""));
    }

    // The line stands in the middle; a thousand times the line fills the bar.
    private static double Share(double value, double line) =>
        value <= 0 ? 0 : Math.Clamp(0.5 + (Math.Log10(value / line) / 6), 0.02, 1);
}
