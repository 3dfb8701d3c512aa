namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>A cell that is active in the window being judged, beside its history.</summary>
/// <param name="Window">Who is there.</param>
/// <param name="History">What it was like.</param>
/// <param name="Counts">How many are there.</param>
/// <param name="Usual">How many usually are.</param>
internal sealed record MetCell(CellWindow Window, CellHistory History, CellCounts Counts, UsualCounts Usual)
{
    private const double SparseFactor = 3;

    public CellKey Key => Window.Key;

    /// <summary>Of Poisson counts far below one, the share that reaches three goes with the cube of the rate.</summary>
    public bool IsSparse => Usual.Groups.Mean >= SparseFactor * Usual.Qualified.Mean;
}
