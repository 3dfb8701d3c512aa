using Kizashi.Cli.Client;
using Kizashi.Core.Alerts;
using Kizashi.Core.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace Kizashi.Cli.Tests.Commands;

public sealed class AlertQueryTextTests
{
    [Fact]
    public void A_query_survives_the_way_to_the_center()
    {
        var query = new AlertQuery
        {
            Kind = "darknet.",
            Subject = "2001:db8::/32",
            AtLeast = Severity.High,
            From = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            To = new DateTimeOffset(2026, 1, 3, 3, 4, 5, TimeSpan.Zero),
            Open = false,
            Acknowledged = true,
            Country = "JP",
            Asn = 64500,
            Sensor = "campus",
            Text = "a&b=c d%",
            NewestFirst = false,
            Most = 7,
            After = "0123456789ABCDEF",
        };
        var parsed = QueryHelpers.ParseQuery(AlertQueryText.Write(query));
        Assert.Equal(query, AlertQueryText.Read(name => parsed.TryGetValue(name, out var value) ? value.ToString() : null));
    }

    [Fact]
    public void A_value_that_cannot_be_read_is_named()
    {
        var fault = Assert.Throws<FormatException>(() => AlertQueryText.Read(name => name == "severity" ? "urgent" : null));
        Assert.Contains("severity", fault.Message, StringComparison.Ordinal);
    }
}
