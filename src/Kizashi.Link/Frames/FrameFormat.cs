namespace Kizashi.Link.Frames;

/// <summary>The form of a stream of observations: the magic number, then frames of header and payload, all numbers little-endian.</summary>
/// <remarks>Header: length of the payload (4 bytes), kind (1), three zeros, XXH3 of the payload (8).</remarks>
internal static class FrameFormat
{
    public const int HeaderBytes = 16;

    /// <summary>Far more than the largest batch there is.</summary>
    public const int MostPayload = 64 << 20;

    public const int MostRows = 1 << 20;

    public const int MostSamples = 1 << 16;

    public static ReadOnlySpan<byte> Magic => "KZOBS\0\0\x01"u8;
}
