using Kizashi.Simulation.Scenarios;
using Kizashi.Wire.Capture;

namespace Kizashi.Simulation.Tests;

[Collection(nameof(AloneCollection))]
public sealed class MemoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Memory_does_not_grow_with_the_duration()
    {
        var scenario = Scenario.Preset("dos", Start) with
        {
            Components = [new BackgroundRadiation { SecondsPerAddress = 300 }, new MiraiScanning { Bots = 2_000 }],
            Duration = TimeSpan.FromDays(9),
        };
        using var source = new SimulationSource(scenario);
        var block = new FrameBlock();
        var first = MemoryAfter(TimeSpan.FromDays(2));
        var last = MemoryAfter(TimeSpan.FromDays(8.9));

        Assert.True(last - first < 3_000_000, $"{first} bytes after two days, {last} after nine");

        long MemoryAfter(TimeSpan duration)
        {
            while (source.Progress < duration / scenario.Duration)
                Assert.Equal(FrameSourceStatus.Frames, source.Read(block));

            return GC.GetTotalMemory(forceFullCollection: true);
        }
    }
}
