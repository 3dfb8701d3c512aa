namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>What a cell usually has at this time: the median, and how far nearly all windows stay from theirs.</summary>
/// <param name="Groups">Of groups of sources.</param>
/// <param name="Qualified">Of groups with at least three packets.</param>
/// <param name="Hosts">Of sources, at most four of each group.</param>
internal readonly record struct UsualCounts(UsualCount Groups, UsualCount Qualified, UsualCount Hosts)
{
    public UsualCount this[int kind] => kind switch
    {
        0 => Groups,
        1 => Qualified,
        _ => Hosts,
    };
}
