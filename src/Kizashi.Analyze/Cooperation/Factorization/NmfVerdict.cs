namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>What <see cref="DarkNmf"/> found in one window.</summary>
/// <param name="Groups">Of all ranks, strongest score first; nearly equal ones once.</param>
/// <param name="Rank">The rank with the shortest description (MDL); 0 when nothing was left to factor.</param>
/// <param name="Fits">One for each rank tried, from 1 on.</param>
/// <param name="ColumnsJudged">Columns that were neither too faint nor too loud.</param>
/// <param name="ColumnsTooFaint">Left out for too few packets.</param>
/// <param name="ColumnsTooLoud">Left out for too many packets in a minute.</param>
internal sealed record NmfVerdict(
    IReadOnlyList<NmfGroup> Groups, int Rank, IReadOnlyList<NmfFit> Fits, int ColumnsJudged, int ColumnsTooFaint,
    int ColumnsTooLoud)
{
    /// <summary>Whether every rank converged; false is a condition to be shown, the groups still stand.</summary>
    public bool Converged => Fits.All(fit => fit.Converged);
}
