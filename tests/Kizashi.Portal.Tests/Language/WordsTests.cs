using Kizashi.Portal.Language;

namespace Kizashi.Portal.Tests.Language;

public sealed class WordsTests
{
    private static readonly Words English = new(Texts.Of("en"), TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(9_999, "9,999")]
    [InlineData(12_400, "12.4k")]
    [InlineData(3_140_000, "3.1M")]
    public void Short_numbers_fit_tight_places(double number, string text) => Assert.Equal(text, English.Short(number));

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(2_461, "41 min 1 s")]
    [InlineData(7_200, "2 h")]
    [InlineData(90_000, "1 d 1 h")]
    public void Durations_name_two_units_at_most(int seconds, string text) =>
        Assert.Equal(text, English.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Times_are_in_the_readers_zone_and_say_utc_on_demand()
    {
        var at = new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero);
        Assert.Equal("2026-11-24 01:00:00", English.Time(at));
        Assert.Equal("2026-11-23 16:00:00 UTC", Words.Utc(at));
    }

    [Fact]
    public void A_tiny_share_is_not_called_zero()
    {
        Assert.Equal("< 0.01%", English.Percent(77 / 91_300_112.0));
        Assert.Equal("0%", English.Percent(0));
        Assert.Equal("0.34%", English.Percent(0.0034));
        Assert.Equal("42%", English.Percent(0.42));
    }

    [Theory]
    [InlineData("tcp/23", "tcp/23 (Telnet)")]
    [InlineData("udp/53", "udp/53 (DNS)")]
    [InlineData("tcp/64999", "tcp/64999")]
    [InlineData("icmp/8", "icmp/8")]
    [InlineData("nonsense", "nonsense")]
    public void Ports_are_named_where_a_name_is_known(string label, string text) => Assert.Equal(text, English.Port(label));
}
