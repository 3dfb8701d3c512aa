using Kizashi.Core.Observations;

namespace Kizashi.Link.Frames;

/// <summary>A sensor's observations, frame by frame.</summary>
/// <exception cref="LinkException">From each call: the bytes are none; the message says where and why.</exception>
public interface ISensorStream : IDisposable
{
    SensorHello Hello { get; }

    /// <summary>Of the frame read last.</summary>
    FrameKind Kind { get; }

    /// <summary>How far it is read, 0..1; null when nobody knows.</summary>
    double? Progress { get; }

    /// <summary>Reads the next frame; false at the end.</summary>
    bool Read();

    /// <summary>The watermark of an interval, milliseconds since 1970 UTC.</summary>
    long Watermark();

    /// <summary>The batch; its columns are valid until the next frame is read.</summary>
    ObservationBatch Batch();

    /// <summary>What a frame of JSON says.</summary>
    T Json<T>()
        where T : class;
}
