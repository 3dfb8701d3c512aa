using Kizashi.Core.Pipeline;

namespace Kizashi.Link.Frames;

/// <summary>Where a sensor in a process of its own puts what it observed.</summary>
public interface IObservationOutput : IObservationSink
{
    /// <summary>Packets of batches that could not be put there.</summary>
    long Refused { get; }

    /// <summary>How the sensor is.</summary>
    void Status<T>(T status);

    /// <summary>What the run came to; nothing follows.</summary>
    void Finish<T>(T summary);
}
