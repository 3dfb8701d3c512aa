using System.Net;
using Kizashi.Testing;

namespace Kizashi.Wire.Tests.Capture;

public sealed class CorpusCountTests
{
    public static TheoryData<string> Files => [.. CorpusCounts.All.Select(counts => counts.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Real_captures_have_the_counts_that_tshark_gave(string file)
    {
        var expected = CorpusCounts.All.Single(counts => counts.File == file);

        var census = CaptureCensus.Take(Corpus.Capture(file));

        var found = new CorpusCounts(
            file, census.Packets, census.Sources.Count, census.Destinations.Count, census.Malformed, census.ProtocolText);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Every_capture_of_the_corpus_is_among_the_counted_ones()
    {
        var files = Directory.GetFiles(Corpus.File("captures")).Select(path => Path.GetFileName(path)!);

        Assert.Equal(files.Order(StringComparer.Ordinal), CorpusCounts.All.Select(counts => counts.File).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_installed_capinfos_counts_the_same_packets_and_bytes(string file)
    {
        var path = Corpus.Capture(file);
        var lines = Tool.Run("capinfos", "-Mcd", "-T", "-r", path);
        var fields = lines[0].Split('\t');

        var census = CaptureCensus.Take(path);

        Assert.Equal(fields[1], $"{census.Packets}");
        Assert.Equal(fields[2], $"{census.Bytes}");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_installed_tshark_sees_the_same_addresses_protocols_and_ports(string file)
    {
        var path = Corpus.Capture(file);
        var rows = TsharkRow.Read(path);

        var census = CaptureCensus.Take(path);

        var withIp = rows.Where(row => row.Source is not null).ToList();
        Assert.Equal(Order(withIp.Select(row => row.Source!)), Order(census.Sources.Select(Text)));
        Assert.Equal(Order(withIp.Select(row => row.Destination!)), Order(census.Destinations.Select(Text)));
        Assert.Equal(Counts(withIp.Select(row => row.Protocol)), census.ProtocolText);
        Assert.Equal(Counts(withIp.Select(row => row.TcpPort)), Counts(census.TcpPorts));
        Assert.Equal(Counts(withIp.Select(row => row.UdpPort)), Counts(census.UdpPorts));
        Assert.Equal(rows.Count(row => row.IsMalformed), census.Malformed);
    }

    private static IEnumerable<string> Order(IEnumerable<string> texts) => texts.Distinct().Order(StringComparer.Ordinal);

    private static string Counts(IEnumerable<int?> numbers) =>
        string.Join(' ', numbers.OfType<int>().CountBy(number => number).OrderBy(pair => pair.Key).Select(p => $"{p.Key}:{p.Value}"));

    private static string Counts(IReadOnlyDictionary<int, int> counts) => string.Join(' ', counts.Select(p => $"{p.Key}:{p.Value}"));

    private static string Text(UInt128 address)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return new IPAddress(address <= uint.MaxValue ? bytes[12..] : bytes).ToString();
    }
}
