namespace Kizashi.Link.Frames;

/// <summary>What a frame of a sensor's stream holds.</summary>
public enum FrameKind : byte
{
    /// <summary>Who speaks, <see cref="SensorHello"/>; the first frame, and no other.</summary>
    Hello = 1,

    /// <summary>A batch of observations, <see cref="BatchCodec"/>.</summary>
    Batch = 2,

    /// <summary>A watermark, milliseconds since 1970 UTC, 8 bytes: all shards have delivered what was before.</summary>
    Interval = 3,

    /// <summary>How the sensor is, in JSON.</summary>
    Status = 4,

    /// <summary>What the run came to, in JSON; the last frame of a run that was not broken off.</summary>
    End = 5,
}
