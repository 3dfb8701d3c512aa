using System.CommandLine;

namespace Kizashi.SensorHost.Tests;

public sealed class SensorCommandLineTests
{
    private readonly ReflectorArguments _arguments = new();

    [Theory]
    [InlineData("--listen x", "'x' is not an address")]
    [InlineData("--listen ,", "--listen needs at least one address")]
    [InlineData("--services foo", "no service 'foo'")]
    [InlineData("--services none", "no service and no port is left")]
    [InlineData("--agnostic 9000-8000", "'9000-8000' does not name ports")]
    [InlineData("--agnostic 53", "--agnostic names port 53")]
    [InlineData("--proxy dns", "'dns' does not name a service and its server")]
    [InlineData("--proxy dns=127.0.0.1:0", "does not name a service and its server")]
    [InlineData("--services ntp --proxy dns=127.0.0.1:53", "names a service that is not offered")]
    [InlineData("--proxy dns=192.0.2.53:53", "--allow-server 192.0.2.53")]
    [InlineData("--sensor -x", "--sensor must be")]
    [InlineData("--country Japan", "--country 'Japan'")]
    [InlineData("--own y", "--own 'y'")]
    public void What_is_wrong_is_said(string words, string fault) =>
        Assert.Contains(_arguments.Faults(Parse(words)), told => told.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void What_is_right_is_taken_as_it_is_told()
    {
        var result = Parse("--listen 192.0.2.7,198.51.100.0/24 --services dns,ntp --agnostic 5351,9000-9002 --proxy dns=192.0.2.53:53 --allow-server 192.0.2.53");
        Assert.Empty(_arguments.Faults(result));
        var options = _arguments.Read(result, TimeProvider.System);
        Assert.Equal(["dns", "ntp", "agnostic"], options.Services.Select(service => service.Name));
        Assert.Equal([5351, 9000, 9001, 9002], options.Services[^1].Ports.Select(port => (int)port));
        Assert.Equal(["192.0.2.7/32", "198.51.100.0/24"], options.Listen.Select(listen => listen.ToString()));
        Assert.Equal("192.0.2.53:53", Assert.Single(options.Proxies).Server.ToString());
    }

    [Fact]
    public void Another_process_understands_the_same_by_the_words()
    {
        var result = Parse("--listen 192.0.2.7 --services dns --agnostic 5351 --sensor decoy-7 --country JP --own 203.0.113.0/24");
        var again = Parse(string.Join(' ', _arguments.Words(result)));
        Assert.Empty(again.Errors);
        Assert.Empty(_arguments.Faults(again));
        Assert.Equal(("decoy-7", "JP"), (_arguments.Sensor(again), _arguments.Country(again)));
        Assert.Equal("203.0.113.0/24", Assert.Single(_arguments.Own(again)).ToString());
        Assert.Equal(_arguments.Read(result, TimeProvider.System).Services.Select(service => service.Name), _arguments.Read(again, TimeProvider.System).Services.Select(service => service.Name));
    }

    private ParseResult Parse(string words)
    {
        var root = new RootCommand();
        foreach (var option in (Option[])[_arguments.Reflectors, .. _arguments.Options])
            root.Options.Add(option);

        return root.Parse(words);
    }
}
