using Kizashi.Simulation.Frames;
using Kizashi.Simulation.Scenarios;

namespace Kizashi.Simulation.Traffic;

/// <summary>What the bots of a population have in common.</summary>
internal sealed record BotKind(string Name, ScanTool Tool, IReadOnlyList<PortName> Ports, bool V6)
{
    /// <summary>TCP window of all SYNs, which then have no options; null: as the tool has it.</summary>
    public ushort? Window { get; init; }

    public ProbeStyle DrawStyle(SeededRandom random)
    {
        var style = ProbeStyle.Draw(Tool, random);
        return Window is { } window ? style with { Window = window, Options = TcpOptionSet.None } : style;
    }
}
