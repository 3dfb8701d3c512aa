using Kizashi.Core.Observations;

namespace Kizashi.Observe.Telescope.Engine;

/// <summary>Slots, watermarks and lanes: which slots are open when the newest packet is of a given time.</summary>
/// <remarks>A slot stays open for the tolerance after its end, so packets out of order within the tolerance find it.</remarks>
internal readonly struct SlotClock
{
    public const long SlotMicros = FlowTuples<uint>.SlotSeconds * 1_000_000L;

    /// <summary>Last microsecond a slot's start in unsigned 32-bit seconds can express.</summary>
    public const long LatestMicros = ((long)uint.MaxValue - FlowTuples<uint>.SlotSeconds) * 1_000_000L;

    private readonly long _tolerance;

    public SlotClock(TimeSpan tolerance)
    {
        _tolerance = tolerance.Ticks / TimeSpan.TicksPerMicrosecond;
        var open = ((_tolerance + SlotMicros - 1) / SlotMicros) + 1;
        Lanes = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)open);
    }

    /// <summary>A power of two not below the number of slots that can be open at once.</summary>
    public int Lanes { get; }

    /// <summary>The start of the oldest open slot.</summary>
    public long SlotWatermark(long newest) => Floor(Math.Max(0, newest - _tolerance));

    /// <summary>The time before which no packet is taken any more, when gains are handed on: a whole millisecond.</summary>
    public long GainsWatermark(long newest) => Math.Max(0, newest - _tolerance) / 1000 * 1000;

    /// <summary>The time of a packet that ends the oldest open slot.</summary>
    public long NextCut(long newest) => SlotWatermark(newest) + SlotMicros + _tolerance;

    /// <summary>The nearest time that a slot can express.</summary>
    public static long Clamp(long micros) => Math.Clamp(micros, 0, LatestMicros);

    public static long Floor(long micros) => micros - (micros % SlotMicros);
}
