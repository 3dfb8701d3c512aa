namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>A cell that has more groups, or more newcomers, than its history explains.</summary>
/// <param name="Cell">Who was active.</param>
/// <param name="Score">Standard deviations above the baseline over those needed, at least 1.</param>
/// <param name="Usual">Groups the cell has usually.</param>
/// <param name="Groups">Those that make the excess, by number.</param>
/// <param name="IsByNewcomers">Seen by groups that are new, not by how many there are.</param>
/// <param name="Concentration">Largest share of packets to one destination, 0..1.</param>
internal sealed record BaselineAlarm(
    CellWindow Cell, double Score, double Usual, IReadOnlyList<ulong> Groups, bool IsByNewcomers, double Concentration);
