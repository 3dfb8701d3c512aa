using System.Text;
using System.Text.Json.Nodes;
using Kizashi.Core.Pipeline;
using Kizashi.Share.Reports;
using Kizashi.Testing;

namespace Kizashi.Share.Tests.Reports;

public sealed class AmplificationReportTests
{
    [Fact]
    public async Task The_columns_are_those_that_parsers_of_the_report_type_know()
    {
        var columns = JsonNode.Parse(await File.ReadAllTextAsync(Corpus.File(Path.Combine("reports", "columns.json")), TestContext.Current.CancellationToken))!["event4_honeypot_ddos_amp"]!;
        Assert.Equal(columns.AsArray().Select(column => (string)column!), (await RowsAsync())[0]);
    }

    [Fact]
    public async Task An_attack_is_a_row_for_each_service()
    {
        var rows = await RowsAsync();
        var fields = rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second)).ToList();
        Assert.Equal(["53", "123", "53", "123"], fields.Select(row => row["dst_port"]));
        Assert.Equal(["6000", "651"], fields.Take(2).Select(row => row["count"]));
        var first = fields[0];
        Assert.Equal(("203.0.113.81", "64511", "DE", "udp", "info"), (first["src_ip"], first["src_asn"], first["src_geo"], first["protocol"], first["severity"]));
        Assert.Equal(("ddos-amplification", "ANY example.org", "270000"), (first["infection"], first["request"], first["bytes"]));
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$", first["timestamp"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$", first["end_time"]);
        Assert.Equal(("203.0.113.0", "ongoing;carpet-bombing:203.0.113.0/24"), (fields[2]["src_ip"], fields[2]["tag"]));
        Assert.All(fields, row => Assert.Equal("", row["dst_ip"]));
    }

    private static async Task<List<string[]>> RowsAsync()
    {
        using var stream = new MemoryStream();
        await new AmplificationReport().WriteAsync(Given.EveryKind, stream, new ExportOptions { Organization = "Example CERT" }, TestContext.Current.CancellationToken);
        return [.. Encoding.UTF8.GetString(stream.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line[1..^1].Split("\",\""))];
    }
}
