using CsCheck;
using Kizashi.Core.Alerts;
using Kizashi.Portal.Alerts;
using Kizashi.Portal.Language;

namespace Kizashi.Portal.Tests.Alerts;

public sealed class AlertFilterTests
{
    [Fact]
    public void A_filter_comes_back_from_its_own_address() => Gen.String[Gen.Char, 0, 40].Array[6].Sample(parts =>
    {
        var filter = new AlertFilter
        {
            Kind = parts[0].Trim(),
            Subject = parts[1].Trim(),
            Text = parts[2].Trim(),
            Sensor = parts[3].Trim(),
            Asn = parts[4].Trim(),
            From = parts[5].Trim(),
            Order = "oldest",
        };
        // Unpaired surrogates have no form in an address.
        if (parts.All(part => part.All(c => !char.IsSurrogate(c))))
            Assert.Equal(filter, AlertFilter.Parse(filter.ToQueryString()));
    });

    [Fact]
    public void Everything_the_store_can_ask_stands_in_the_address()
    {
        var query = AlertFilter.Parse(
            "?kind=darknet.&subject=192.0.2.0/24&severity=high&state=open&ack=no&country=jp&asn=AS64500&sensor=kyoto&text=telnet%20mirai"
            + "&from=2026-11-01T00:00Z&to=2026-12-01T00:00Z&order=oldest&after=0000000000000001").ToQuery(50);
        Assert.Equal(("darknet.", "192.0.2.0/24", Severity.High), (query.Kind, query.Subject, query.AtLeast));
        Assert.Equal((true, false, "JP", 64500u), (query.Open, query.Acknowledged, query.Country, query.Asn));
        Assert.Equal(("kyoto", "telnet mirai", false, "0000000000000001"), (query.Sensor, query.Text, query.NewestFirst, query.After));
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), query.From);
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), query.To);
    }

    [Theory]
    [InlineData("?severity=hihg", "severity = “hihg”")]
    [InlineData("?state=maybe&asn=-1", "state = “maybe”, asn = “-1”")]
    [InlineData("?ack=perhaps&order=up", "ack = “perhaps”, order = “up”")]
    [InlineData("?from=yesterday&to=2026-13-01", "from = “yesterday”, to = “2026-13-01”")]
    [InlineData("?sevrity=high", "sevrity (there is no such filter)")]
    [InlineData("?kind=darknet.scan&kind=sensor.gap", "kind = “darknet.scan,sensor.gap”")]
    [InlineData("?kind=darknet.&severity=high&state=open&ack=no&country=jp&asn=AS64500&sensor=a&text=b&from=2026-11-01&to=&order=oldest&after=1", "")]
    public void What_an_address_asks_in_vain_is_named(string address, string expected) =>
        Assert.Equal(expected, string.Join(", ", AlertFilter.Faults(address).Select(fault => fault.Text(new Words(Texts.Of("en"), TimeZoneInfo.Utc)))));

    [Fact]
    public void A_value_too_long_to_be_one_is_named_and_cut()
    {
        var fault = Assert.Single(AlertFilter.Faults("?text=" + new string('x', 201)));
        Assert.InRange(fault.Text(new Words(Texts.Of("ja"), TimeZoneInfo.Utc)).Length, 80, 110);
    }

    [Theory]
    [InlineData("?severity=99&state=maybe&asn=-1&from=yesterday")]
    [InlineData("?%00=%ff&&&=")]
    [InlineData("")]
    public void Nonsense_does_not_filter(string address)
    {
        var query = AlertFilter.Parse(address).ToQuery(50);
        Assert.Equal((null, null, null, null), (query.AtLeast, query.Open, query.Asn, query.From));
    }
}
