using Kizashi.Simulation.Scenarios;
using Kizashi.Simulation.Truth;
using Kizashi.Wire.Capture;

namespace Kizashi.Simulation.Tests;

/// <summary>A scenario run to its end: every packet and the truth.</summary>
internal sealed record Run(IReadOnlyList<Seen> Packets, TruthList Truth)
{
    public static Run Of(Scenario scenario)
    {
        var truth = new TruthList();
        using var source = new SimulationSource(scenario, truth);
        var block = new FrameBlock();
        var packets = new List<Seen>();
        while (source.Read(block) == FrameSourceStatus.Frames)
        {
            for (var i = 0; i < block.Count; i++)
                packets.Add(Seen.Read(block.TimeMicros[i], block.Frame(i)));
        }

        return new Run(packets, truth);
    }
}
