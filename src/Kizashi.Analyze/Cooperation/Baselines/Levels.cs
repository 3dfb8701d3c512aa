namespace Kizashi.Analyze.Cooperation.Baselines;

/// <summary>By how much all busy cells together are above what each usually has: 1 unless all rise at once.</summary>
/// <param name="Groups">Of groups.</param>
/// <param name="Qualified">Of groups with at least three packets.</param>
/// <param name="Hosts">Of sources.</param>
internal readonly record struct Levels(double Groups, double Qualified, double Hosts)
{
    private const double BusyMean = 20;

    public static Levels Of(List<MetCell> met) => new(Of(met, 0), Of(met, 1), Of(met, 2));

    private static double Of(List<MetCell> met, int kind)
    {
        var ratios = new List<double>();
        foreach (var cell in met)
        {
            var mean = cell.Usual[kind].Mean;
            if (!cell.Key.ByTool && cell.Key.Port != 0 && mean >= BusyMean)
                ratios.Add(cell.Counts[kind] / mean);
        }

        if (ratios.Count < 4)
            return 1;

        ratios.Sort();
        return Math.Clamp(ratios[ratios.Count / 2], 1, 4);
    }
}
