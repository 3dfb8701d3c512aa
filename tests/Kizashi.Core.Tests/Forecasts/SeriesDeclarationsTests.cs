using System.Text;
using Kizashi.Core.Forecasts;

namespace Kizashi.Core.Tests.Forecasts;

public sealed class SeriesDeclarationsTests
{
    [Fact]
    public void What_is_built_in_has_series_of_ports_countries_campaigns_and_attacks()
    {
        var names = SeriesDeclarations.BuiltIn.Select(declaration => declaration.Name).ToList();
        Assert.Subset(names.ToHashSet(), new HashSet<string> { "sources", "port", "country", "campaign", "attacks-service", "attacks-country", "attacks-own", "alerts" });
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(SeriesDeclarations.BuiltIn, declaration => Assert.True(declaration.Total.Length == 0 || names.Contains(declaration.Total)));
    }

    [Fact]
    public void A_file_may_have_comments_and_counts_numbers_of_kinds_that_are_not_there_yet()
    {
        var (read, faults) = Read("""
            [ // log-ins tried at the honeypot
              { "name": "log-ins", "over": "alerts", "kinds": ["honeypot.login"], "count": "details.attempts", "by": "details.user", "most": 50 }, ]
            """);
        Assert.Empty(faults);
        Assert.Equal("log-ins/root", Assert.Single(read).SeriesOf("root"));
    }

    [Theory]
    [InlineData("""[{ "name": "A b", "over": "alerts", "count": "events" }]""", "declaration 1 (A b) needs a name of lower case letters")]
    [InlineData("""[{ "name": "a", "over": "observations", "count": "events" }]""", "cannot count events by '' over observations")]
    [InlineData("""[{ "name": "a", "over": "observations", "count": "packets", "by": "user" }]""", "cannot count packets by 'user'")]
    [InlineData("""[{ "name": "a", "over": "alerts", "count": "details..x" }]""", "cannot count details..x")]
    [InlineData("""[{ "name": "a", "over": "findings", "count": "events", "own": true }]""", "only over alerts")]
    [InlineData("""[{ "name": "a", "over": "campaigns", "count": "active", "by": "name", "kinds": ["x"] }]""", "only over alerts or findings")]
    [InlineData("""[{ "name": "a", "over": "alerts", "count": "events", "most": 0 }]""", "most of 1 to")]
    [InlineData("""[{ "name": "a", "over": "alerts", "count": "events", "atLeast": -1 }]""", "atLeast of 0 or more")]
    [InlineData("""[{ "name": "a", "over": "alerts", "count": "events", "colour": 1 }]""", "colour")]
    [InlineData("""[null]""", "declaration 1 is null")]
    [InlineData("""{""", "LineNumber")]
    public void What_is_wrong_is_named(string text, string fault)
    {
        var (read, faults) = Read(text);
        Assert.Empty(read);
        Assert.Contains(faults, one => one.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_name_takes_the_place_of_a_built_in_one_and_twice_in_a_file_is_a_fault()
    {
        var (read, faults) = Read("""[{ "name": "port", "over": "observations", "count": "packets", "by": "port" }, { "name": "port", "over": "alerts", "count": "events" }]""");
        Assert.Contains("another has", Assert.Single(faults), StringComparison.Ordinal);
        var joined = SeriesDeclarations.Join(SeriesDeclarations.BuiltIn, read);
        Assert.Equal(SeriesDeclarations.BuiltIn.Count, joined.Count);
        Assert.Equal("packets", Assert.Single(joined, declaration => declaration.Name == "port").Count);
    }

    private static (IReadOnlyList<SeriesDeclaration> Read, List<string> Faults) Read(string text)
    {
        var faults = new List<string>();
        return (SeriesDeclarations.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), faults), faults);
    }
}
