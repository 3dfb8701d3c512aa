namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>The four numbers of a cell that are watched.</summary>
/// <param name="Groups">Groups of sources.</param>
/// <param name="Qualified">Groups with at least three packets.</param>
/// <param name="NewGroups">Groups never seen in the cell before.</param>
/// <param name="NewQualified">Such groups that reached three packets within an hour of their first.</param>
internal readonly record struct CellCounts(ushort Groups, ushort Qualified, ushort NewGroups, ushort NewQualified)
{
    public const int Kinds = 4;

    public int this[int kind] => kind switch
    {
        0 => Groups,
        1 => Qualified,
        2 => NewGroups,
        _ => NewQualified,
    };
}
