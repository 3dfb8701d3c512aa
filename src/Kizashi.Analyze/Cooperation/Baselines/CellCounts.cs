namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>The numbers of a cell that are watched.</summary>
/// <param name="Groups">Groups of sources.</param>
/// <param name="Qualified">Groups with at least three packets.</param>
/// <param name="Hosts">Sources, at most four of each group.</param>
/// <param name="NewGroups">Groups never seen in the cell before.</param>
/// <param name="NewQualified">Such groups that reached three packets within an hour of their first.</param>
internal readonly record struct CellCounts(ushort Groups, ushort Qualified, ushort Hosts, ushort NewGroups, ushort NewQualified)
{
    /// <summary>From here on the numbers are those of newcomers.</summary>
    public const int FirstNew = 3;
    public const int Kinds = 5;

    public int this[int kind] => kind switch
    {
        0 => Groups,
        1 => Qualified,
        2 => Hosts,
        3 => NewGroups,
        _ => NewQualified,
    };
}
