namespace Kizashi.Simulation.Truth;

/// <summary>Keeps the truth in memory, for tests and short scenarios.</summary>
public sealed class TruthList : ITruthSink
{
    private readonly List<TruthEvent> _events = [];

    public IReadOnlyList<TruthEvent> Events => _events;

    public long Packets { get; private set; }

    public bool IsComplete { get; private set; }

    public void Add(TruthEvent truth) => _events.Add(truth);

    public void Complete(long packets)
    {
        Packets = packets;
        IsComplete = true;
    }
}
