using Kizashi.Simulation.Scenarios;
using Kizashi.Wire.Capture;

namespace Kizashi.Simulation.Tests;

public sealed class PacedSourceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(900)]
    public void Frames_come_when_they_are_due_and_hardly_later(double speed)
    {
        var clock = new JumpingClock(Now);
        var scenario = Scenario.Preset("quiet", Now.AddDays(-3)) with { Duration = TimeSpan.FromSeconds(8 * speed) };
        using var source = new PacedSource(new SimulationSource(scenario), speed, clock);
        var block = new FrameBlock();
        long first = 0;
        long packets = 0;
        for (var status = source.Read(block); status != FrameSourceStatus.End; status = source.Read(block))
        {
            if (status == FrameSourceStatus.Idle)
            {
                Assert.Equal(0, block.Count);
                continue;
            }

            first = first == 0 ? block.TimeMicros[0] : first;
            Assert.Equal(packets, block.Position);
            packets += block.Count;
            var passed = (clock.GetUtcNow() - Now).TotalMicroseconds;
            Assert.True((block.TimeMicros[block.Count - 1] - first) / speed <= passed + 1);
            // A frame waits for the end of its block (50 ms), and a read for at most 100 ms.
            Assert.True((block.TimeMicros[0] - first) / speed >= passed - 250_000);
        }

        Assert.True(packets > 60);
        Assert.InRange(clock.GetUtcNow() - Now, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(9));
        Assert.True(clock.LongestWait <= PacedSource.LongestWait);
    }

    [Fact]
    public void It_catches_up_with_the_clock_and_goes_on_live()
    {
        var clock = new JumpingClock(Now);
        var scenario = Scenario.Preset("quiet", Now.AddHours(-1)) with { Duration = TimeSpan.FromDays(1) };
        using var source = new PacedSource(new SimulationSource(scenario), 600, clock, live: true);
        var block = new FrameBlock();
        var live = 0;
        var since = DateTimeOffset.MaxValue;
        while (clock.GetUtcNow() < Now.AddSeconds(18))
        {
            if (source.Read(block) != FrameSourceStatus.Frames)
                continue;

            var micros = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMicroseconds;
            Assert.True(block.TimeMicros[block.Count - 1] <= micros + 1);
            if (!source.IsLive)
                continue;

            live += block.Count;
            since = clock.GetUtcNow() < since ? clock.GetUtcNow() : since;
            Assert.True(clock.GetUtcNow() == since || block.TimeMicros[0] >= micros - 500_000);
        }

        Assert.True(source.IsLive);
        Assert.InRange(live, 100, 5_000);
    }

    [Fact]
    public void A_block_that_spans_long_is_given_in_parts()
    {
        var clock = new JumpingClock(Now);
        using var source = new PacedSource(new OneBlock(Now, 10), 1, clock);
        var block = new FrameBlock();
        var positions = new List<long>();
        for (var status = source.Read(block); status != FrameSourceStatus.End; status = source.Read(block))
        {
            if (status != FrameSourceStatus.Frames)
                continue;

            positions.Add(block.Position);
            Assert.Equal(1, block.Count);
            Assert.Equal((byte)block.Position, block.Frame(0)[0]);
        }

        Assert.Equal(Enumerable.Range(100, 10).Select(position => (long)position), positions);
    }

    // One block with a frame each second.
    private sealed class OneBlock(DateTimeOffset start, int frames) : IFrameSource
    {
        private bool _given;

        public string Name => "one block";

        public CaptureDamage? Damage => null;

        public double? Progress => null;

        public long Dropped => 0;

        public FrameSourceStatus Read(FrameBlock block)
        {
            block.Count = 0;
            if (_given)
                return FrameSourceStatus.End;

            _given = true;
            block.Position = 100;
            for (var i = 0; i < frames; i++)
            {
                var index = block.Add();
                block.Data[i] = (byte)(100 + i);
                block.Offset[index] = i;
                block.CapturedLength[index] = block.WireLength[index] = 1;
                block.TimeMicros[index] = (start.ToUnixTimeMilliseconds() + (1000L * i)) * 1000;
            }

            return FrameSourceStatus.Frames;
        }

        public void Dispose()
        {
        }
    }
}
