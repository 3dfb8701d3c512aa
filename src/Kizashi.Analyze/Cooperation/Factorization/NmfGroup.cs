namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>Columns that send at the same minutes with similar strength.</summary>
/// <param name="Rank">Of the factorization that it is taken from.</param>
/// <param name="Columns">Indices into the matrix judged, ascending.</param>
/// <param name="Packets">What the component explains of each column's packets, beside <paramref name="Columns"/>.</param>
/// <param name="Profile">Share of the component's packets in each row (minute); sums to 1.</param>
/// <param name="Likeness">
/// Mean cosine between the columns' counts and the profile, 0..1: 1 when all send exactly in step.
/// </param>
/// <param name="Support">Part of the ranks tried that show the group (Jaccard index at least 0.5), above 0 to 1.</param>
internal sealed record NmfGroup(
    int Rank, int[] Columns, float[] Packets, float[] Profile, double Likeness, double Support)
{
    /// <summary>0..1: high for groups in step that do not depend on the choice of rank.</summary>
    public double Score => Likeness * Support;
}
