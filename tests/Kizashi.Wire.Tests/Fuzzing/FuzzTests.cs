using Kizashi.Testing.Fuzzing;

namespace Kizashi.Wire.Tests.Fuzzing;

public sealed class FuzzTests
{
    [Fact]
    public void No_mutated_input_makes_a_decoder_throw_read_beyond_its_bytes_or_give_nonsense() =>
        FuzzRun.All(FuzzTargets.All, inputs: 200_000, TestContext.Current.TestOutputHelper!.WriteLine);

    [Fact]
    public void No_mutated_table_makes_its_reader_throw_or_give_nonsense() =>
        FuzzRun.All(TableFuzzTargets.All, inputs: 50_000, TestContext.Current.TestOutputHelper!.WriteLine);
}
