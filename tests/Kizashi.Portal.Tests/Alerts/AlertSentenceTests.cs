using System.Text.Json.Nodes;
using CsCheck;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Portal.Alerts;
using Kizashi.Portal.Language;
using Kizashi.Portal.Tests.Doubles;

namespace Kizashi.Portal.Tests.Alerts;

public sealed class AlertSentenceTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 7, 0, 0, TimeSpan.Zero);
    private static readonly Words English = new(Texts.Of("en"), TimeZoneInfo.Utc);
    private static readonly Words Japanese = new(Texts.Of("ja"), TimeZoneInfo.Utc);

    [Fact]
    public void A_scan_is_one_plain_sentence() => Assert.Equal(
        "198.51.100.4 is scanning tcp/23 (Telnet), tcp/2323 (Telnet): 4,688 dark addresses hit in 41 min. Fingerprint: mirai.",
        AlertSentence.Of(Invented.Scan(4, At, new InventedBook()), English));

    [Fact]
    public void A_victim_is_one_plain_sentence_in_Japanese() => Assert.Equal(
        "203.0.113.10 の tcp/443 (HTTPS) が、送信元を詐称した DoS 攻撃を受けています。跳ね返りパケットは毎分最大 1,204 個、ダークネットの 3,921 アドレスに到達、継続 41 分。",
        AlertSentence.Of(Invented.Victim(10, At, new InventedBook()), Japanese));

    [Fact]
    public void More_than_three_ports_are_counted() =>
        Assert.Contains("tcp/80 (HTTP), tcp/8080 (HTTP), tcp/81 (HTTP) and 2 more", AlertSentence.Of(Invented.Scan(3, At, new InventedBook()), English), StringComparison.Ordinal);

    [Fact]
    public void No_details_however_strange_stop_a_sentence() =>
        Gen.Select(AnyOf([.. EventCatalog.AlertKinds, "other"]), Details).Sample((kind, details) =>
        {
            var alert = Invented.Gap(At) with { Kind = kind, Details = details };
            foreach (var words in new[] { English, Japanese })
            {
                Assert.NotNull(AlertSentence.Of(alert, words));
                Assert.NotNull(AlertBasis.Of(alert, words));
            }
        });

    private static Gen<string> AnyOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<JsonObject> Details { get; } = Gen.Select(
        AnyOf(
            AlertDetails.Ports, AlertDetails.PortCount, AlertDetails.Packets, AlertDetails.Destinations, AlertDetails.Coverage,
            AlertDetails.InternetWideRate, AlertDetails.Tools, AlertDetails.MaxPpm, AlertDetails.DarkAddresses, AlertDetails.Day,
            AlertDetails.Groups, AlertDetails.Hosts, AlertDetails.Votes, AlertDetails.Engines, AlertDetails.Conditions,
            AlertDetails.ByCoverage, AlertDetails.Reason, AlertDetails.Lost, AlertDetails.KnownScanner),
        AnyOf("1", "-5", "1e300", "0.5", "\"<b>\"", "true", "null", "[]", "[1,\"tcp/23\",null]", "{\"a\":1}", "9223372036854775808"))
        .Array[0, 8].Select(pairs =>
        {
            var details = new JsonObject();
            foreach (var (key, value) in pairs)
                details[key] = JsonNode.Parse(value);
            return details;
        });
}
