using System.Text.Json.Nodes;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Portal.Alerts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Tests.Alerts;

public sealed class EvidenceSentenceTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 7, 0, 0, TimeSpan.Zero);
    private static readonly Words English = new(Texts.Of("en"), TimeZoneInfo.Utc);
    private static readonly Words Japanese = new(Texts.Of("ja"), TimeZoneInfo.Utc);

    [Theory]
    [InlineData(
        EventCatalog.DarknetScan, """{"trafficTypes":["tcp-syn"],"ports":["tcp/23"],"destinations":1812,"destinationsAtLeast":true}""",
        "2,114 tcp-syn packets to tcp/23, at least 1,812 dark addresses hit", "tcp/23 宛ての tcp-syn パケット 2,114 個（少なくとも ダークアドレス 1,812 個）")]
    [InlineData(
        EventCatalog.DarknetDosVictim, """{"reasons":["syn-ack","rst"],"protocols":["tcp"],"darkAddresses":812}""",
        "2,114 answers (syn-ack, rst) of the tcp attack at about 812 dark addresses", "tcp 攻撃への応答 2,114 個（syn-ack、rst）、到達先の推定: ダークアドレス 812 個")]
    [InlineData(
        EventCatalog.DarknetOwnHost, """{"ports":["tcp/23","tcp/80","udp/53","tcp/5555"],"destinations":1}""",
        "2,114 packets to 1 dark address on tcp/23, tcp/80, udp/53 and 1 more", "ダークアドレス 1 個の tcp/23、tcp/80、udp/53 ほか 1 へパケット 2,114 個")]
    [InlineData(EventCatalog.DarknetOwnHost, """{"destinations":2}""", "2,114 packets to 2 dark addresses", "ダークアドレス 2 個へパケット 2,114 個")]
    [InlineData(
        EventCatalog.DarknetScannerAggressive, """{"day":"2026-11-23","portCount":12,"coverage":0.42}""",
        "2026-11-23: 2,114 packets to 12 ports, at most 42% of the dark addresses in one scan", "2026-11-23: 12 ポートへパケット 2,114 個、1 回の走査で最大ダークアドレスの 42%")]
    [InlineData(
        EventCatalog.DarknetOutbreak, """{"ports":["tcp/5555"],"hosts":312,"groups":40}""",
        "2,114 packets on tcp/5555, about 312 hosts, 40 networks", "tcp/5555 へパケット 2,114 個、推定 312 ホスト、40 ネットワーク")]
    [InlineData(EventCatalog.SensorGap, """{"lost":77}""", "77 packets lost to drops or lateness", "破棄または遅延により 77 パケットを損失")]
    [InlineData(EventCatalog.SensorGap, """{"lost":0}""", "silent for 37 min where packets came before", "以前はパケットがあったのに 37 分のあいだ無通信")]
    public void What_a_sensor_saw_is_told_in_the_readers_language(string kind, string details, string english, string japanese)
    {
        var evidence = Make((JsonObject)JsonNode.Parse(details)!);
        Assert.Equal(english, EvidenceSentence.Of(kind, evidence, English));
        Assert.Equal(japanese, EvidenceSentence.Of(kind, evidence, Japanese));
    }

    [Theory]
    [InlineData(EventCatalog.DarknetScan, null)]
    [InlineData("darknet.unheard-of", "{}")]
    public void Without_numbers_the_stored_words_stand(string kind, string? details) => Assert.Equal(
        "as stored", EvidenceSentence.Of(kind, Make(details is null ? null : (JsonObject)JsonNode.Parse(details)!), Japanese));

    private static Evidence Make(JsonObject? details) => new()
    {
        Sensor = "kyoto-a",
        EventId = "1",
        From = At,
        To = At.AddMinutes(37),
        Packets = 2_114,
        Summary = "as stored",
        Details = details,
    };
}
