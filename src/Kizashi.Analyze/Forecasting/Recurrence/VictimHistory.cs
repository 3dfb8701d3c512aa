namespace Kizashi.Analyze.Forecasting.Recurrence;

/// <summary>The attacks on one victim.</summary>
/// <param name="Victim">Its name.</param>
/// <param name="Network">Where it is; empty when not known.</param>
/// <param name="Days">When each began: days since the first of all attacks, ascending.</param>
internal sealed record VictimHistory(string Victim, string Network, double[] Days)
{
    /// <summary>Attacks until a time.</summary>
    public int Until(double day)
    {
        var at = Array.BinarySearch(Days, day);
        if (at < 0)
            return ~at;

        while (at < Days.Length && Days[at] <= day)
            at++;

        return at;
    }

    public bool IsAttacked(double from, double to) => Until(to) > Until(from);
}
