namespace Kizashi.Wire.Capture;

/// <summary>Frames as captured, several thousand at a time, lying in one buffer; filled again and again by a source.</summary>
/// <remarks>Frame i is Data[Offset[i] .. Offset[i] + CapturedLength[i]]. All frames of a block have the same link type.</remarks>
public sealed class FrameBlock
{
    /// <summary>Bytes of the buffer unless a source needs more for a single frame; with the headers it stays in the L2 cache.</summary>
    public const int DefaultBytes = 512 * 1024;

    /// <summary>The raw bytes. Pinned, so that hot loops may hold pointers into it.</summary>
    public byte[] Data { get; set; } = GC.AllocateUninitializedArray<byte>(DefaultBytes, pinned: true);

    public int Count { get; set; }

    public LinkType Link { get; set; }

    public int[] Offset { get; private set; } = new int[8192];

    public int[] CapturedLength { get; private set; } = new int[8192];

    /// <summary>Bytes on the wire, at least the captured length.</summary>
    public int[] WireLength { get; private set; } = new int[8192];

    /// <summary>Microseconds since 1970 UTC.</summary>
    public long[] TimeMicros { get; private set; } = new long[8192];

    /// <summary>Frames in the stream before this block's first: with <see cref="ContentHash"/> it names a place in the content.</summary>
    public long Position { get; set; }

    /// <summary>Number of the file within its source, from 0: where it changes, another file begins.</summary>
    public int FileNumber { get; set; }

    /// <summary>As <see cref="ContentHash"/>, up to where <see cref="Data"/> begins; with the bytes before a frame it names any place in the block.</summary>
    public UInt128 StartHash { get; set; }

    /// <summary>XxHash128 of the uncompressed content up to the end of this block; the same bytes give the same hashes in any run.</summary>
    public UInt128 ContentHash { get; set; }

    /// <summary>Makes room for one more frame and returns its index; the caller fills the arrays.</summary>
    public int Add()
    {
        if (Count == Offset.Length)
            Grow(Count * 2);

        return Count++;
    }

    /// <summary>Makes room for so many frames in all, for readers that fill the arrays themselves.</summary>
    public void EnsureCapacity(int frames)
    {
        if (frames > Offset.Length)
            Grow(Math.Max(frames, Offset.Length * 2));
    }

    /// <summary>Takes the first frames out; the position moves on with them.</summary>
    public void RemoveFirst(int frames)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frames);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frames, Count);
        Count -= frames;
        Position += frames;
        Array.Copy(Offset, frames, Offset, 0, Count);
        Array.Copy(CapturedLength, frames, CapturedLength, 0, Count);
        Array.Copy(WireLength, frames, WireLength, 0, Count);
        Array.Copy(TimeMicros, frames, TimeMicros, 0, Count);
    }

    /// <summary>Puts a frame in the place of an earlier one, for sources that leave frames out.</summary>
    public void Move(int from, int to)
    {
        if (from == to)
            return;

        Offset[to] = Offset[from];
        CapturedLength[to] = CapturedLength[from];
        WireLength[to] = WireLength[from];
        TimeMicros[to] = TimeMicros[from];
    }

    public ReadOnlySpan<byte> Frame(int index) => Data.AsSpan(Offset[index], CapturedLength[index]);

    private void Grow(int frames)
    {
        Offset = Resize(Offset, frames);
        CapturedLength = Resize(CapturedLength, frames);
        WireLength = Resize(WireLength, frames);
        TimeMicros = Resize(TimeMicros, frames);
    }

    private static T[] Resize<T>(T[] array, int length)
    {
        Array.Resize(ref array, length);
        return array;
    }
}
