using Kizashi.Enrich.Mmdb;
using Kizashi.Enrich.Text;
using Kizashi.Simulation.Addressing;
using Kizashi.Testing.Fuzzing;

namespace Kizashi.Enrich.Tests.Fuzzing;

public sealed class FuzzTests
{
    private static readonly byte[][] Lines =
    [
        "192.0.2.0\t24\t64500\n198.51.100.0\t24\t64500_64501\n"u8.ToArray(),
        "2001:db8::\t32\t{4200000001,64500}\r\n203.0.113.0 24 64502\n"u8.ToArray(),
        "64500 EXAMPLE-AS Example, JP\nAS64501 \"Second\"\n"u8.ToArray(),
    ];

    [Fact]
    public void No_mutated_table_makes_its_reader_throw_or_give_nonsense() =>
        FuzzRun.All(
            [
                new FuzzTarget("MmdbFile", 300, [Database(), Database(prefixes: 1)], TryMmdb),
                new FuzzTarget("Pfx2AsLine and AsNameLine", 700, Lines, TryLines),
            ],
            inputs: 100_000,
            TestContext.Current.TestOutputHelper!.WriteLine);

    private static byte[] Database(int prefixes = 3)
    {
        using var file = new MemoryStream();
        PlannedNetwork[] networks = [.. AddressPlan.Create(seed: 4).Networks.Where(network => network.Prefix.IsV4).Take(prefixes)];
        MmdbWriter.Write(networks, file);
        return file.ToArray();
    }

    private static void TryMmdb(ReadOnlySpan<byte> input, Mutator mutator)
    {
        if (MmdbFile.Open("x", input.ToArray(), out var damage) is not { } mmdb)
        {
            if (damage is null)
                throw new InvalidOperationException("refused without a reason");

            return;
        }

        _ = mmdb.Walk("x", leaf =>
        {
            if (mmdb.Record("x", leaf.Record, out _) is { } record)
                _ = MmdbFields.Of(record);

            return true;
        });
    }

    private static void TryLines(ReadOnlySpan<byte> input, Mutator mutator)
    {
        var reader = new LineReader(new MemoryStream(input.ToArray()));
        var bytes = 0;
        while (reader.Read(out var line))
        {
            bytes += line.Length;
            if (Pfx2AsLine.TryParse(line, out var parsed) && parsed.Prefix.Length > parsed.Prefix.First.Bits)
                throw new InvalidOperationException($"prefix of {parsed.Prefix.Length} bits");

            _ = AsNameLine.TryParse(line, out _);
        }

        if (bytes > input.Length || reader.Offset > input.Length)
            throw new InvalidOperationException($"{bytes} bytes, offset {reader.Offset} of {input.Length}");
    }
}
