using Kizashi.Cli.Configuration;
using Kizashi.Testing;

namespace Kizashi.Cli.Tests.Configuration;

public sealed class ConfigurationLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_default_file_alone_is_in_order_and_says_what_the_types_say()
    {
        var loaded = Load("{}");
        Assert.Equal("127.0.0.1:8460", loaded.Center.Listen);
        Assert.Equivalent(new KizashiOptions(), loaded, strict: true);
    }

    [Fact]
    public void A_list_in_a_later_source_replaces_the_whole_list()
    {
        var file = Write("""{ "Networks": { "Own": ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"] } }""");
        var loaded = ConfigurationLoader.Load(file, [new("Networks:Own", "10.0.0.0/8, 2001:db8::/32")]);
        Assert.Equal(["10.0.0.0/8", "2001:db8::/32"], loaded.Networks.Own);
    }

    [Fact]
    public void An_empty_list_in_a_later_source_empties_the_list()
    {
        var file = Write("""{ "Networks": { "Own": ["192.0.2.0/24"] } }""");
        Assert.Empty(ConfigurationLoader.Load(file, [new("Networks:Own", "")]).Networks.Own);
    }

    [Fact]
    public void All_faults_are_listed_at_once()
    {
        var file = Write("""
            {
              "Center": { "Listen": "0.0.0.0:8460" },
              "Telescope": { "Dark": ["192.0.2.0/33", "192.0.2.1/24"], "Shards": 0 },
              "Networks": { "Onw": ["192.0.2.0/24"] },
              "Enrichment": { "Mmdb": ["/nowhere/x.mmdb"] },
              "Sensors": [{ "Name": "a b", "Interface": "" }]
            }
            """);
        var fault = Assert.Throws<ConfigurationFaultException>(() => ConfigurationLoader.Load(file, []));
        string[] expected =
        [
            "beyond loopback", "192.0.2.0/33", "did you mean 192.0.2.0/24", "Telescope:Shards is 0", "no setting 'Networks:Onw",
            "no file '/nowhere/x.mmdb'", "Sensors:0:Name", "Sensors:0:Interface",
        ];
        Assert.All(expected, part => Assert.Contains(fault.Faults, text => text.Contains(part, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, fault.Faults.Count);
    }

    [Fact]
    public void A_misspelt_key_is_refused_with_a_suggestion()
    {
        var fault = Assert.Throws<ConfigurationFaultException>(
            () => ConfigurationLoader.Load(null, [new("Centre:Listen", "127.0.0.1:1")]));
        Assert.Contains("did you mean Center:Listen?", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_named_with_the_reason()
    {
        var file = Write("{ \"Center\": ");
        var fault = Assert.Throws<ConfigurationFaultException>(() => ConfigurationLoader.Load(file, []));
        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
        Assert.Single(fault.Faults);
    }

    [Fact]
    public void A_number_that_is_none_is_refused()
    {
        var fault = Assert.Throws<ConfigurationFaultException>(
            () => ConfigurationLoader.Load(null, [new("Telescope:Shards", "many"), new("Telescope:Unwrap", "perhaps"), new("Record:MaxGiB", "x")]));
        Assert.Contains("Telescope:Shards 'many' is not a whole number", fault.Message, StringComparison.Ordinal);
        Assert.Equal(3, fault.Faults.Count);
    }

    [Fact]
    public void Live_addresses_outside_the_dark_prefixes_are_a_fault()
    {
        var fault = Assert.Throws<ConfigurationFaultException>(() => ConfigurationLoader.Load(
            null, [new("Telescope:Dark", "192.0.2.0/24"), new("Telescope:Live", "198.51.100.7")]));
        Assert.Contains("198.51.100.7/32 is not inside", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Listening_beyond_loopback_is_allowed_with_a_certificate()
    {
        var certificate = Write("not read here");
        var loaded = ConfigurationLoader.Load(
            null, [new("Center:Listen", "[::]:8460"), new("Center:Certificate", certificate)]);
        Assert.Equal("[::]:8460", loaded.Center.Listen);
    }

    [Fact]
    public void Sensors_replace_each_other_as_a_whole()
    {
        var file = Write("""{ "Sensors": [{ "Name": "a", "Interface": "eth0", "Dark": ["192.0.2.0/24"] }, { "Name": "b", "Interface": "eth1" }] }""");
        var loaded = ConfigurationLoader.Load(file, [new("Sensors:0:Name", "c"), new("Sensors:0:Interface", "eth2")]);
        var sensor = Assert.Single(loaded.Sensors);
        Assert.Equal(("c", "eth2", 0), (sensor.Name, sensor.Interface, sensor.Dark.Count));
    }

    [Fact]
    public void A_sensors_prefixes_may_be_given_with_commas()
    {
        var loaded = ConfigurationLoader.Load(
            null, [new("Sensors:0:Name", "a"), new("Sensors:0:Interface", "lo"), new("Sensors:0:Dark", "192.0.2.0/24, 2001:db8::/32")]);
        Assert.Equal(["192.0.2.0/24", "2001:db8::/32"], Assert.Single(loaded.Sensors).Dark);
    }

    public void Dispose() => _folder.Dispose();

    private KizashiOptions Load(string json) => ConfigurationLoader.Load(Write(json), []);

    private string Write(string text)
    {
        var path = _folder.File(Guid.NewGuid().ToString("n") + ".json");
        File.WriteAllText(path, text);
        return path;
    }
}
