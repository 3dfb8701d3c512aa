using System.Text;
using CsCheck;
using Kizashi.Enrich.Mmdb;
using Kizashi.Enrich.Text;

namespace Kizashi.Enrich.Tests;

public sealed class TextTests
{
    [Theory]
    [InlineData("192.0.2.0\t24\t64500", "192.0.2.0/24 64500")]
    [InlineData("192.0.2.9 24 64500", "192.0.2.0/24 64500")]
    [InlineData("2001:db8::\t32\t4294967295", "2001:db8::/32 4294967295")]
    [InlineData("192.0.2.0\t24\t64500_64501", "192.0.2.0/24 64500")]
    [InlineData("192.0.2.0\t24\t{64500,64501}", "192.0.2.0/24 64500")]
    [InlineData("192.0.2.0\t24", null)]
    [InlineData("192.0.2.0\t33\t64500", null)]
    [InlineData("192.0.2\t24\t64500", null)]
    [InlineData("192.0.2.0\t24\t4294967296", null)]
    [InlineData("192.0.2.0\t24\t64500x", null)]
    [InlineData("\t\t", null)]
    public void Lines_of_prefix_to_AS_files(string line, string? expected)
    {
        var parsed = Pfx2AsLine.TryParse(Encoding.ASCII.GetBytes(line), out var route);

        Assert.Equal(expected, parsed ? $"{route.Prefix} {route.Asn}" : null);
    }

    [Fact]
    public void No_bytes_make_the_readers_throw()
    {
        var text = Encoding.ASCII.GetBytes("192.0.2.0\t24\t64500_64501\r\n2001:db8::\t32\t{65550,1}\n64500|20260101|NAME|ORG|x|y\nAS64501 Name, JP\n");
        Gen.Select(Gen.Select(Gen.Int[0, text.Length - 1], Gen.Byte).Array[0, 12], Gen.Int[0, text.Length]).Sample((changes, cut) =>
        {
            var mutated = text[..cut];
            foreach (var (at, value) in changes.Where(change => change.Item1 < cut))
                mutated[at] = value;

            var reader = new LineReader(new MemoryStream(mutated));
            var bytes = 0;
            while (reader.Read(out var line))
            {
                Assert.InRange(reader.Offset, bytes, mutated.Length);
                bytes += line.Length;
                _ = Pfx2AsLine.TryParse(line, out _);
                _ = AsNameLine.TryParse(line, out _);
            }

            Assert.True(bytes <= mutated.Length);
        }, iter: 20_000);
    }

    [Fact]
    public void A_line_without_end_stops_the_reader()
    {
        var reader = new LineReader(new MemoryStream(new byte[LineReader.MostLineBytes * 5]));

        Assert.False(reader.Read(out _));
        Assert.True(reader.IsTooLong);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(LineReader.MostLineBytes - 1)]
    public void Lines_come_whole_across_buffers(int length)
    {
        var lines = Enumerable.Range(0, 50).Select(i => new string((char)('a' + (i % 26)), length - (i % 7))).ToArray();
        var reader = new LineReader(new MemoryStream(Encoding.ASCII.GetBytes(string.Join("\r\n", lines))));
        foreach (var expected in lines)
        {
            Assert.True(reader.Read(out var line));
            Assert.Equal(expected, Encoding.ASCII.GetString(line));
        }

        Assert.False(reader.Read(out _) || reader.IsTooLong);
    }

    [Fact]
    public void Fields_are_found_under_the_names_of_each_publisher()
    {
        Assert.Equal(new MmdbFields("JP", 0, ""), MmdbFields.Of(Map(("country", Map(("iso_code", Text("JP")))))));
        Assert.Equal(new MmdbFields("JP", 0, ""), MmdbFields.Of(Map(("registered_country", Map(("iso_code", Text("jp")))))));
        Assert.Equal(
            new MmdbFields("", 64500, "Example"),
            MmdbFields.Of(Map(("autonomous_system_number", new MmdbValue { Number = 64500 }), ("autonomous_system_organization", Text("Example")))));
        Assert.Equal(
            new MmdbFields("JP", 64500, "Example"),
            MmdbFields.Of(Map(("country", Text("Japan")), ("country_code", Text("JP")), ("asn", Text("AS64500")), ("as_name", Text("Example")))));
        Assert.Equal(new MmdbFields("JP", 64500, "Example"), MmdbFields.Of(Map(("country", Text("JP")), ("asn", Text("AS64500")), ("name", Text("Example")))));
        Assert.Equal(new MmdbFields("", 0, ""), MmdbFields.Of(Text("nothing")));
    }

    private static MmdbValue Text(string text) => new() { Text = text };

    private static MmdbValue Map(params (string Key, MmdbValue Value)[] entries) =>
        new() { Map = entries.ToDictionary(entry => entry.Key, entry => entry.Value) };
}
