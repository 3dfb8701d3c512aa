using Kizashi.Cli.Configuration;
using Kizashi.Testing.Fuzzing;

namespace Kizashi.Cli.Tests.Fuzzing;

public sealed class FuzzTests
{
    private static readonly byte[][] Settings =
    [
        """{"Networks":{"Dark":["192.0.2.0/24"],"Own":["203.0.113.0/24"]},"Scans":{"MinDestinations":10}}"""u8.ToArray(),
        """{"Center":{"Listen":"127.0.0.1:8080","Organization":"x"},"Storage":{"KeepDays":30},"Telescope":{"Shards":2}}"""u8.ToArray(),
        """
        // Text
        {"Sensors":[{"Name":"a","Interface":"eth0"}],"Logging":{"Format":"json"},"Record":{"Directory":""}}
        """u8.ToArray(),
    ];

    [Fact]
    public void No_mutated_settings_give_anything_but_settings_or_their_faults() =>
        FuzzRun.All([new FuzzTarget("settings", 1000, Settings, TrySettings)], inputs: 2_000, TestContext.Current.TestOutputHelper!.WriteLine);

    private static void TrySettings(ReadOnlySpan<byte> input, Mutator mutator)
    {
        try
        {
            using var stream = new MemoryStream(input.ToArray());
            if (ConfigurationLoader.Parse(stream, "fuzz") is null)
                throw new InvalidOperationException("nothing was read and no fault was named");
        }
        catch (ConfigurationFaultException faults)
        {
            if (faults.Faults.Count == 0)
                throw new InvalidOperationException("refused without a reason", faults);
        }
    }
}
