using System.Runtime.CompilerServices;
using Kizashi.Core.Observations;

namespace Kizashi.Analyze.Scans;

/// <summary>What a scan needs of one FlowTuple.</summary>
internal struct ScanRow<TAddress>
    where TAddress : unmanaged, IEquatable<TAddress>
{
    public TAddress Source;
    public TAddress Destination;
    public long First;
    public long Last;
    public uint Packets;
    public ushort Port;
    public PacketMarks Marks;
    public byte Type;
    public byte TcpFlags;

    /// <summary>The UTC day, counted from 1970; a slot never spans two.</summary>
    public readonly int Day => (int)(First / SourceDays.DayMillis);

    public readonly uint Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ScanTable<TAddress>.HashOf(Source, Port, Type);
    }
}
