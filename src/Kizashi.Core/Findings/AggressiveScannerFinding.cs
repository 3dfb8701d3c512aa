using Kizashi.Core.Addresses;

namespace Kizashi.Core.Findings;

/// <summary>An aggressive scanner by at least one of three definitions (Anand et al., arXiv 2305.07193), judged per day.</summary>
public sealed record AggressiveScannerFinding : Finding
{
    public required Address Source { get; init; }

    /// <summary>D1: at least 10 % of the dark addresses in one event.</summary>
    public bool ByCoverage { get; init; }

    /// <summary>D2: among the top 0.01 % of the day's sources by packets, rounded up, from 10,000 sources on.</summary>
    public bool ByPackets { get; init; }

    /// <summary>D3: among the top 0.01 % of the day's sources by distinct ports, rounded up, from 10,000 sources on.</summary>
    public bool ByPorts { get; init; }

    public required long Packets { get; init; }

    public required long Ports { get; init; }

    /// <summary>Largest share of dark addresses in one event, 0..1.</summary>
    public required double Coverage { get; init; }

    /// <summary>The UTC day judged.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>False when the day had more sources, ports or events than are counted exactly; then counts are estimates.</summary>
    public bool IsExact { get; init; } = true;

    public IReadOnlyList<string> Tools { get; init; } = [];
}
