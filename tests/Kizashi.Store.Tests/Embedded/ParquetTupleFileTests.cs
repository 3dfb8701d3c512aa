using CsCheck;
using DuckDB.NET.Data;
using Kizashi.Core.Observations;
using Kizashi.Store.Embedded.Parquet;
using Kizashi.Store.Embedded.Segments;
using Kizashi.Testing;

namespace Kizashi.Store.Tests.Embedded;

public sealed class ParquetTupleFileTests
{
    // Every width of index, constants, runs among noise, and what spans too much for a dictionary.
    private static readonly Gen<uint[]> Columns = Gen.Select(Gen.Int[1, 5000], Gen.Int[0, 32], Gen.Int[0, 3], Gen.Int).Select(
        (rows, bits, runs, seed) =>
        {
            var random = new Random(seed);
            var value = 0u;
            var left = 0;
            return Enumerable.Range(0, rows).Select(_ =>
            {
                if (left-- <= 0)
                {
                    value = bits == 0 ? 7 : (uint)random.NextInt64(1L << bits);
                    left = runs == 0 ? 0 : random.Next(runs * 1500);
                }

                return value;
            }).ToArray();
        });

    [Fact]
    public void Two_independent_readers_get_back_what_was_written()
    {
        var buffers = new EncoderBuffers();
        using var folder = new TemporaryFolder();
        var number = 0;
        Gen.Select(Columns, Columns, Gen.Int[1, 3]).Sample(
            (first, second, groups) =>
            {
                var rows = Rows(first, second);
                var path = folder.File($"{Interlocked.Increment(ref number)}.parquet");
                using (var file = new ParquetTupleFile(path, v6: false, buffers))
                {
                    for (var group = 0; group < groups; group++)
                        file.Write(rows);

                    file.Close();
                }

                var expected = Enumerable.Repeat(Lines(rows), groups).SelectMany(lines => lines).ToList();
                Assert.Equal(expected, Lines(ReadByParquetSharp(path, rows.Count * groups)));
                Assert.Equal(expected, ReadByDuckDb(path));
                Assert.Equal(
                    (rows.Source.Take(rows.Count).Min(), rows.Source.Take(rows.Count).Max()), Bounds(path));
            },
            iter: 100, threads: 1);
    }

    [Fact]
    public void Million_rows_of_the_widest_columns_come_back()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(5);
        var wide = Enumerable.Range(0, 300_001).Select(_ => (uint)random.NextInt64(1L << 32)).ToArray();
        var rows = Rows(wide, wide);
        var path = folder.File("wide.parquet");
        using (var file = new ParquetTupleFile(path, v6: false, new EncoderBuffers()))
        {
            file.Write(rows);
            file.Close();
        }

        Assert.True(Lines(rows).SequenceEqual(Lines(ReadByParquetSharp(path, rows.Count))));
        Assert.True(Lines(rows).SequenceEqual(ReadByDuckDb(path)));
    }

    private static FlowTuples<uint> Rows(uint[] first, uint[] second)
    {
        var rows = new FlowTuples<uint>(first.Length) { Count = first.Length };
        for (var row = 0; row < first.Length; row++)
        {
            var other = second[row % second.Length];
            rows.Slot[row] = other / 10 * 10;
            rows.Source[row] = first[row];
            rows.Destination[row] = 0xC0000000 + (first[row] & 0xFFFF);
            rows.SourcePort[row] = (ushort)first[row];
            rows.DestinationPort[row] = (ushort)other;
            rows.Protocol[row] = (byte)first[row];
            rows.Ttl[row] = (byte)other;
            rows.TcpFlags[row] = 2;
            rows.Length[row] = (ushort)(first[row] >> 16);
            rows.Marks[row] = (PacketMarks)(other & 3);
            rows.Packets[row] = other;
            rows.Last[row] = 9999;
        }

        return rows;
    }

    private static FlowTuples<uint> ReadByParquetSharp(string path, int count)
    {
        using var reader = new SegmentFileReader(path);
        var rows = new FlowTuples<uint>(0);
        reader.Read(rows, count / 2);
        reader.Read(rows, count - (count / 2));
        Assert.Equal(count, reader.Rows);
        return rows;
    }

    private static IEnumerable<string> Lines(FlowTuples<uint> rows) => Enumerable.Range(0, rows.Count).Select(row =>
        $"{rows.Slot[row]} {rows.Source[row]} {rows.Destination[row]} {rows.SourcePort[row]} {rows.DestinationPort[row]} "
        + $"{rows.Protocol[row]} {rows.Ttl[row]} {rows.TcpFlags[row]} {rows.Length[row]} {rows.SynLength[row]} "
        + $"{rows.SynWindow[row]} {(ushort)rows.Marks[row]} {rows.Packets[row]} {rows.First[row]} {rows.Last[row]}");

    private static List<string> ReadByDuckDb(string path) => Ask(
        path, "SELECT concat_ws(' ', *columns(*)) FROM read_parquet('{0}')", row => row.GetString(0));

    private static (uint, uint) Bounds(string path) => Ask(
        path,
        "SELECT min(stats_min_value::UBIGINT)::UINTEGER, max(stats_max_value::UBIGINT)::UINTEGER FROM parquet_metadata('{0}') WHERE path_in_schema = 'source'",
        row => (row.GetFieldValue<uint>(0), row.GetFieldValue<uint>(1)))[0];

    private static List<T> Ask<T>(string path, string sql, Func<DuckDBDataReader, T> read)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql.Replace("{0}", path, StringComparison.Ordinal);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));

        return rows;
    }
}
