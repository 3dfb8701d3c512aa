using System.Text;
using System.Text.Json.Nodes;
using Kizashi.Core.Pipeline;
using Kizashi.Share.Json;

namespace Kizashi.Share.Tests.Json;

public sealed class JsonExporterTests
{
    [Fact]
    public async Task Each_alert_is_one_line_that_begins_with_the_fields_promised()
    {
        var lines = await Lines();
        Assert.Equal(Given.EveryKind.Count, lines.Length);
        Assert.All(lines, line => Assert.Equal(
            [
                "id", "kind", "subject", "severity", "confidence", "tlp", "opened", "updated", "closed", "firstSeen", "lastSeen",
                "sensors", "evidence", "details",
            ],
            JsonNode.Parse(line)!.AsObject().Select(pair => pair.Key).Take(14)));
    }

    [Fact]
    public async Task Values_are_plain()
    {
        var json = JsonNode.Parse((await Lines())[0])!;
        Assert.Equal("198.51.100.7", (string?)json["subject"]);
        Assert.Equal("medium", (string?)json["severity"]);
        Assert.Equal("amber", (string?)json["tlp"]);
        Assert.Equal("2026-11-23T07:00:10.000Z", (string?)json["opened"]);
        Assert.Null(json["closed"]);
        Assert.Equal(250, (long)json["details"]!["packets"]!);
        Assert.Equal("e1", (string?)json["evidence"]![0]!["eventId"]);
        Assert.False((bool)json["simulated"]!);
    }

    private static async Task<string[]> Lines()
    {
        using var stream = new MemoryStream();
        await new JsonExporter().WriteAsync(Given.EveryKind, stream, new ExportOptions(), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
