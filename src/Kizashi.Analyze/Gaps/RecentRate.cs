using Kizashi.Analyze.State;

namespace Kizashi.Analyze.Gaps;

/// <summary>Packets per minute of the last hour, gaps left out.</summary>
internal sealed class RecentRate
{
    private const int Minutes = 60;
    private const double Quantile = 0.1;

    private readonly Queue<long> _counts = new();

    public int Count => _counts.Count;

    /// <summary>
    /// The 10 % quantile, packets per minute: traffic comes in bursts, so a mean would call every lull a gap.
    /// </summary>
    public long Low => _counts.Count == 0 ? 0 : _counts.Order().ElementAt((int)(Quantile * _counts.Count));

    public void Add(long packets)
    {
        _counts.Enqueue(packets);
        if (_counts.Count > Minutes)
            _counts.Dequeue();
    }

    public void AddSilence(long minutes)
    {
        for (var minute = 0; minute < Math.Min(Minutes, minutes); minute++)
            Add(0);
    }

    public void Save(StateWriter writer) => writer.WriteSpan<long>([.. _counts]);

    public void Load(StateReader reader)
    {
        foreach (var count in reader.ReadSpan<long>(Minutes))
            Add(count);
    }
}
