using System.Globalization;
using Kizashi.Cli.Watching;
using Spectre.Console;

namespace Kizashi.Cli.Terminal;

/// <summary>The closing table of a session.</summary>
internal static class SummaryTable
{
    private const int MostVictims = 10;

    public static void Write(IAnsiConsole console, WatchSummary summary)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
        Row("packets", Number(summary.Packets), $"{Quantity.Bytes(summary.Bytes)}, {Quantity.Rate(summary.PacketsPerSecond)} over {summary.Seconds:0.0} s");
        if (summary is { First: { } first, Last: { } last })
            Row("time", $"{first.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z", $"to {last.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z");

        if (summary.Reflector is { } decoy)
            Row("offered", string.Join(", ", decoy.Services), "");
        else
            Row("observed", string.Join(", ", summary.Dark.Take(8)) + (summary.Dark.Count > 8 ? $" and {summary.Dark.Count - 8} more" : ""), summary.DarkInferred ? "inferred" : "");
        Row("sources", Number(summary.Sources), summary.AddressesEstimated ? "estimated" : "");
        Row("destinations", Number(summary.Destinations), summary.AddressesEstimated ? "estimated" : "");
        Row("protocols", string.Join(", ", summary.Protocols.OrderByDescending(pair => pair.Value).Take(6).Select(pair => $"{ProtocolName(pair.Key)} {Number(pair.Value)}")), "");
        Row("tools", summary.Fingerprints.Count == 0 ? "none recognized" : string.Join(", ", summary.Fingerprints.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {Number(pair.Value)}")), "");
        Row("flow tuples", Number(summary.FlowTuples), summary.BatchesKnown > 0 ? $"{Number(summary.BatchesKnown)} of {Number(summary.BatchesKnown + summary.BatchesStored)} batches were known already (--again stores them anew)" : "");
        var atLeast = summary.CountsAtLeast ? "at least; " : "";
        Row("scans", Number(summary.Scans), atLeast.TrimEnd(' ', ';'));
        Row("DoS victims", Number(summary.DosVictims.Count), atLeast.TrimEnd(' ', ';'));
        Row("alerts", Number(summary.Alerts), atLeast + (summary.Alerts > 0 ? "see `kizashi alerts`" : ""));
        if (summary.Recorded is { } recorded)
            Row("recorded", Number(recorded), summary.RecordingLost > 0 ? $"{Number(summary.RecordingLost.Value)} lost: disk full or too slow" : "");

        Row("not used", Losses(summary), "");
        Row("lost", Number(summary.Lost), summary.Lost > 0 ? $"late {Number(summary.Late)}, wrong times {Number(summary.Misdated)}, dropped {Number(summary.Dropped)}" : "");
        if (summary.Open > 0)
            Row("not stored yet", Number(summary.Open), "packets of slots still open at the end; they come when the input is watched again");

        if (summary.Reflector is { } reflector)
        {
            Row("requests", Number(reflector.Requests), $"{Number(reflector.RequestBytes)} bytes of payload");
            if (reflector.StreamRequests + reflector.Unpassed + reflector.Elsewhere + reflector.PortsInUse > 0)
                Row("besides", $"{Number(reflector.StreamRequests)} over TCP", $"{Number(reflector.Unpassed)} not passed on, {Number(reflector.Elsewhere)} to other addresses; {Number(reflector.PortsInUse)} ports left to other programs");

            Row("answers", Number(reflector.Answers), $"{Number(reflector.AnswerBytes)} bytes; held back {Number(reflector.HeldBySource)} by source, {Number(reflector.HeldByNetwork)} by network, {Number(reflector.HeldByRate)} by rate, {Number(reflector.HeldByRoom)} for want of room; {Number(reflector.Unsent)} not sent");
        }

        if (summary.Responder is { } answers)
            Row("answered", Number(answers.Answered), $"{Number(answers.HeldBySource)} held back by source, {Number(answers.HeldByRate)} by rate, {Number(answers.Unsent)} not sent; {Number(answers.Payloads)} first payloads");

        if (summary.GivenUp > 0 || summary.SamplesDropped > 0)
            Row("given up", $"{Number(summary.GivenUp)} events or rows of full tables", $"{Number(summary.SamplesDropped)} samples past their budget");

        console.Write(table);
        foreach (var victim in summary.DosVictims.Take(MostVictims))
            console.WriteLine($"  victim {victim.Address}  {ProtocolName(victim.Protocol.ToString(CultureInfo.InvariantCulture))}  {victim.Start.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z to {victim.End.UtcDateTime:HH:mm:ss}Z  {Number(victim.Packets)} packets, at most {Number(victim.MaxPpm)} a minute");

        if (summary.DosVictims.Count > MostVictims)
            console.WriteLine($"  and {summary.DosVictims.Count - MostVictims} more: `kizashi alerts --kind darknet.dos-victim`");

        void Row(string name, string value, string note) =>
            table.AddRow(new Text(name), new Text(note.Length > 0 ? $"{value}  ({note})" : value));
    }

    private static string Losses(WatchSummary summary) =>
        $"malformed {Number(summary.Malformed)}, not IP {Number(summary.NotIp)}, not to a dark address {Number(summary.NotDark)}";

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string ProtocolName(string number) => number switch
    {
        "1" => "ICMP",
        "6" => "TCP",
        "17" => "UDP",
        "58" => "ICMPv6",
        "132" => "SCTP",
        "47" => "GRE",
        _ => "protocol " + number,
    };
}
