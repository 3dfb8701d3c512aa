using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kizashi.Store.Embedded.Rollups;

/// <summary>Packets and a sketch of the sources of one port or country; one cache line.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KeyedEntry
{
    public const int SparseCapacity = 16;

    public uint Key;

    /// <summary>Index of the registers in the table's pool, -1 while sparse.</summary>
    public int Dense;

    public ulong Packets;

    public uint SparseCount;

    /// <summary>Register in the high byte, rank in the low one.</summary>
    public SparseRegisters Sparse;

    [InlineArray(SparseCapacity)]
    internal struct SparseRegisters
    {
        private ushort _first;
    }
}
