using System.Runtime.InteropServices;

namespace Kizashi.Link.Frames;

/// <summary>Bytes of one frame as they are written; used again for the next.</summary>
internal sealed class FrameBuffer : IColumns
{
    private byte[] _bytes = new byte[64 * 1024];

    public int Length { get; private set; }

    public Span<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Write<T>(T value)
        where T : unmanaged => Write(MemoryMarshal.CreateReadOnlySpan(in value, 1));

    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        bytes.CopyTo(Room(bytes.Length));
    }

    public void Column<T>(Span<T> values)
        where T : unmanaged => Write<T>(values);

    /// <summary>So many bytes for the caller to fill.</summary>
    public Span<byte> Room(int length)
    {
        if (Length + length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + length));

        var room = _bytes.AsSpan(Length, length);
        Length += length;
        return room;
    }
}
