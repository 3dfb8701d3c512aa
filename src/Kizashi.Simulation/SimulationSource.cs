using System.IO.Hashing;
using System.Runtime.InteropServices;
using Kizashi.Simulation.Frames;
using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;
using Kizashi.Wire.Capture;

namespace Kizashi.Simulation;

/// <summary>Gives the packets of a scenario in the order of time, made as they are read; the same scenario gives the same bytes.</summary>
/// <remarks>
/// Time is cut into slices of some thousand packets. Every component writes its packets of a slice, the slice is sorted, and
/// blocks are cut from it. Memory depends on rates and populations, not on the duration.
/// </remarks>
public sealed class SimulationSource : IFrameSource
{
    private const int FramesPerBlock = 8192;

    private readonly TrafficRun _run;
    private readonly SliceBuffer _slice;
    private readonly XxHash128 _hash = new();
    private int _next;
    private int _copies;
    private long _repeated;

    /// <param name="scenario">What to simulate.</param>
    /// <param name="truth">Where the truth goes, null for nowhere. It is complete once <see cref="Read"/> answered End.</param>
    /// <param name="link">Raw or Ethernet.</param>
    /// <exception cref="ArgumentException">The scenario has faults, all named; or the link type is another.</exception>
    public SimulationSource(Scenario scenario, ITruthSink? truth = null, LinkType link = LinkType.Raw)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        if (link is not (LinkType.Raw or LinkType.Ethernet))
            throw new ArgumentException("Simulated frames are Raw or Ethernet.", nameof(link));

        _run = new TrafficRun(scenario, truth);
        _slice = new SliceBuffer(link);
        Span<byte> name = stackalloc byte[16];
        BitConverter.TryWriteBytes(name, scenario.ContentHash);
        _hash.Append(name);
    }

    public string Name => $"simulation {_run.World.Scenario.Name}, seed {_run.World.Scenario.Seed}";

    public Scenario Scenario => _run.World.Scenario;

    /// <summary>Longest simulated time that one block holds; short for live replay, so that packets come when they are due.</summary>
    public TimeSpan BlockSpan { get; set; } = TimeSpan.FromMinutes(1);

    public long Packets { get; private set; }

    public CaptureDamage? Damage => null;

    public double? Progress => _run.Progress;

    public long Dropped => 0;

    public FrameSourceStatus Read(FrameBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        block.Count = 0;
        block.Link = _slice.Link;
        block.Position = Packets;
        while (_next == _slice.Count && !_run.IsOver)
            Generate();

        Fill(block);
        if (block.Count > 0)
            return FrameSourceStatus.Frames;

        // The truth counts a packet once, however often it is delivered.
        _run.Complete(Packets - _repeated);
        block.ContentHash = _hash.GetCurrentHashAsUInt128();
        return FrameSourceStatus.End;
    }

    public void Dispose()
    {
    }

    private void Generate()
    {
        _next = 0;
        _run.Generate(_slice);
        _slice.Sort();
    }

    private void Fill(FrameBlock block)
    {
        var data = block.Data;
        var used = 0;
        var until = long.MaxValue;
        var room = Math.Min(data.Length, FrameBlock.DefaultBytes);
        while (_next < _slice.Count && block.Count < FramesPerBlock)
        {
            var frame = _slice.FrameAt(_next);
            var time = _slice.TimeAt(_next);
            if (used + frame.Length > room || time >= until)
                break;

            if (block.Count == 0)
                until = time + (long)BlockSpan.TotalMicroseconds;

            var index = block.Add();
            frame.CopyTo(data.AsSpan(used));
            block.Offset[index] = used;
            block.CapturedLength[index] = frame.Length;
            block.WireLength[index] = frame.Length;
            block.TimeMicros[index] = _run.World.Recorded(time);
            used += frame.Length;
            if (++_copies < _run.World.CopiesAt(time))
            {
                _repeated++;
                continue;
            }

            _copies = 0;
            _next++;
        }

        Packets += block.Count;
        block.StartHash = _hash.GetCurrentHashAsUInt128();
        _hash.Append(data.AsSpan(0, used));
        _hash.Append(MemoryMarshal.AsBytes(block.TimeMicros.AsSpan(0, block.Count)));
        block.ContentHash = _hash.GetCurrentHashAsUInt128();
    }
}
