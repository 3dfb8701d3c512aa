using Kizashi.Analyze.State;
using Kizashi.Analyze.Tests.Feeding;
using Kizashi.Core.Addresses;
using Kizashi.Core.Pipeline;
using Kizashi.Testing.Fuzzing;

namespace Kizashi.Analyze.Tests.Fuzzing;

public sealed class FuzzTests
{
    private static readonly AnalyzeOptions Options = Traffic.Options with { Own = new PrefixSet([Prefix.Parse("10.0.0.0/30")]) };

    private static readonly IReadOnlyList<IAnalyzer> Analyzers = AnalyzerSet.Create(Options, SensorDouble.Name, 1);

    [Fact]
    public void No_mutated_state_is_believed_or_makes_its_reader_throw_anything_else() =>
        FuzzRun.All(
            [
                new FuzzTarget("StateReader", 1000 - (10 * Analyzers.Count), [Small()], TryReader),
                .. Analyzers.Select(analyzer => new FuzzTarget(
                    $"state of {analyzer.Name}", 10, [Saved(analyzer)], (input, _) => TryLoad(analyzer, input))),
            ],
            inputs: 20_000,
            TestContext.Current.TestOutputHelper!.WriteLine);

    private static byte[] Small()
    {
        using var stream = new MemoryStream();
        var writer = new StateWriter(stream, "scans", 3);
        writer.Write(7);
        writer.WriteSpan<long>([1, 2, 3]);
        writer.WriteText("text");
        writer.Finish();
        return stream.ToArray();
    }

    private static byte[] Saved(IAnalyzer analyzer)
    {
        foreach (var (batches, watermark) in new SensorDouble(1, 1).Deliver(Traffic.Random(1, 30), [Traffic.Answer(1, 5)]))
        {
            foreach (var batch in batches)
                analyzer.Observe(batch);

            analyzer.Advance(watermark, []);
        }

        using var saved = new MemoryStream();
        analyzer.Save(saved);
        return saved.ToArray();
    }

    private static void TryReader(ReadOnlySpan<byte> input, Mutator mutator)
    {
        try
        {
            using var stream = new MemoryStream(input.ToArray());
            var reader = new StateReader(stream, "scans", 3);
            var whole = (reader.Read<int>(), reader.ReadSpan<long>(10), reader.ReadText());
            reader.Finish();
            if (whole is not (7, [1, 2, 3], "text"))
                throw new InvalidOperationException($"damage was believed: {whole}");
        }
        catch (InvalidDataException)
        {
            // Refused, as it should be.
        }
    }

    private static void TryLoad(IAnalyzer analyzer, ReadOnlySpan<byte> input)
    {
        try
        {
            using var stream = new MemoryStream(input.ToArray());
            analyzer.Load(stream);
        }
        catch (InvalidDataException)
        {
            // Refused, as it should be.
        }
    }
}
