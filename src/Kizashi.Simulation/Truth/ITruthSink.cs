namespace Kizashi.Simulation.Truth;

/// <summary>Takes what is true of simulated traffic as soon as it is final. Used by one thread.</summary>
public interface ITruthSink
{
    void Add(TruthEvent truth);

    /// <summary>Nothing more comes.</summary>
    /// <param name="packets">Packets generated in all.</param>
    void Complete(long packets);
}
