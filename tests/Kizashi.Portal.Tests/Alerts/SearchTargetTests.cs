using Kizashi.Portal.Alerts;
using Kizashi.Portal.Tests.Doubles;

namespace Kizashi.Portal.Tests.Alerts;

public sealed class SearchTargetTests
{
    private readonly MemoryAlerts _alerts = new();

    public SearchTargetTests() =>
        _alerts.Save([Invented.Victim(10, DateTimeOffset.UnixEpoch, new InventedBook()), Invented.OwnHost(DateTimeOffset.UnixEpoch, new InventedBook())]);

    [Theory]
    [InlineData("192.0.2.7", "/source/192.0.2.7")]
    [InlineData(" 2001:db8::7 ", "/source/2001%3Adb8%3A%3A7")]
    [InlineData("192.0.2.7/24", "/alerts?subject=192.0.2.0%2F24")]
    [InlineData("AS64500", "/alerts?asn=64500")]
    [InlineData("0000000000018010", "/alerts/0000000000018010")]
    [InlineData("own networks", "/alerts/0000000000016001")]
    [InlineData("tcp/23", "/ports/tcp/23")]
    [InlineData("UDP/53", "/ports/udp/53")]
    [InlineData("tcp/65536", "/alerts?text=tcp%2F65536")]
    [InlineData("6/23", "/alerts?text=6%2F23")]
    [InlineData("<script>", "/alerts?text=%3Cscript%3E")]
    [InlineData("", "/alerts")]
    public void The_box_leads_straight_to_the_page(string typed, string path) =>
        Assert.Equal(path, SearchTarget.Of(typed, _alerts));
}
