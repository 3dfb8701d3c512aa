using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Kizashi.Core.Observations;

/// <summary>The identity of a batch of observations; the store takes each once.</summary>
/// <remarks>
/// For a capture: hash of its content up to the position, the position, and the shard.
/// For a live sensor: hash of sensor name and start, sequence number, and the shard.
/// </remarks>
public readonly record struct BatchId(UInt128 Value)
{
    public static BatchId From(UInt128 content, long position, int shard)
    {
        Span<ulong> words = [(ulong)(content >> 64), (ulong)content, (ulong)position, (ulong)shard];
        return new BatchId(XxHash128.HashToUInt128(MemoryMarshal.AsBytes(words)));
    }

    public static BatchId Parse(string text) =>
        new(UInt128.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
