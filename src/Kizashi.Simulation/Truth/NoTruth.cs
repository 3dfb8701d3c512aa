namespace Kizashi.Simulation.Truth;

/// <summary>Takes the truth and forgets it.</summary>
internal sealed class NoTruth : ITruthSink
{
    public void Add(TruthEvent truth)
    {
    }

    public void Complete(long packets)
    {
    }
}
