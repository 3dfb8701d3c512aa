using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kizashi.Link.Frames;

/// <summary>Reads a payload from its start on; past its end everything is 0 and <see cref="IsShort"/> is set.</summary>
internal ref struct FrameCursor(ReadOnlySpan<byte> payload) : IColumns
{
    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>More was asked for than there was.</summary>
    public bool IsShort { get; private set; }

    public readonly int Rest => _rest.Length;

    public T Read<T>()
        where T : unmanaged
    {
        var bytes = Take(Unsafe.SizeOf<T>());
        return bytes.IsEmpty ? default : MemoryMarshal.Read<T>(bytes);
    }

    /// <summary>Fills the values, or none of them.</summary>
    public void Column<T>(Span<T> values)
        where T : unmanaged => Take(values.Length * Unsafe.SizeOf<T>()).CopyTo(MemoryMarshal.AsBytes(values));

    public ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            IsShort = true;
            _rest = default;
            return default;
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
