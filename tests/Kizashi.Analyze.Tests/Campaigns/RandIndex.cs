namespace Kizashi.Analyze.Tests.Campaigns;

/// <summary>The adjusted Rand index of two partitions (Hubert and Arabie 1985): 1 when equal, about 0 by chance.</summary>
internal static class RandIndex
{
    public static double Adjusted(IReadOnlyList<int> left, IReadOnlyList<int> right)
    {
        var both = Pairs(left.Zip(right));
        var (first, second, all) = (Pairs(left), Pairs(right), left.Count * (left.Count - 1.0) / 2);
        var expected = first * second / all;
        var most = (first + second) / 2;
        return most == expected ? 1 : (both - expected) / (most - expected);
    }

    private static double Pairs<T>(IEnumerable<T> labels)
        where T : notnull => labels.CountBy(label => label).Sum(pair => pair.Value * (pair.Value - 1.0) / 2);
}
