using System.Buffers.Binary;

namespace Kizashi.Wire.Capture;

/// <summary>Writes a classic pcap file, little-endian.</summary>
public sealed class PcapWriter : IDisposable
{
    private const int BufferBytes = 1024 * 1024;
    private const int RecordHeaderBytes = 16;

    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly bool _nanoseconds;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
    private int _filled;
    private bool _disposed;

    /// <param name="stream">Gets the file header at once with the first flush; disposed of with the writer unless left open.</param>
    /// <param name="link">Of all frames.</param>
    /// <param name="nanoseconds">Writes the file format with nanoseconds.</param>
    /// <param name="leaveOpen">Leaves the stream open.</param>
    public PcapWriter(Stream stream, LinkType link, bool nanoseconds = false, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _leaveOpen = leaveOpen;
        _nanoseconds = nanoseconds;

        // Written as DLT_RAW, other systems would read the two old numbers of it as other link types.
        var portable = link is LinkType.RawBsd or LinkType.RawOpenBsd ? LinkType.Raw : link;
        Put32(nanoseconds ? PcapRecords.NanosecondMagic : PcapRecords.MicrosecondMagic);
        Put32(2 | (4 << 16));
        Put32(0);
        Put32(0);
        Put32(CaptureOptions.MaximumFrameBytes);
        Put32((uint)portable);
    }

    /// <summary>Bytes written so far, file header included, before compression.</summary>
    public long Length { get; private set; }

    /// <summary>Writes one frame.</summary>
    /// <param name="timeMicros">Microseconds since 1970 UTC; the format holds the years 1970 to 2106.</param>
    /// <param name="frame">As captured, at most <see cref="CaptureOptions.MaximumFrameBytes"/>.</param>
    /// <param name="wireLength">Bytes on the wire; the captured length if smaller.</param>
    /// <exception cref="ArgumentOutOfRangeException">A frame or time that the format cannot hold.</exception>
    public void Write(long timeMicros, ReadOnlySpan<byte> frame, int wireLength = 0)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frame.Length, CaptureOptions.MaximumFrameBytes, nameof(frame));
        ArgumentOutOfRangeException.ThrowIfNegative(timeMicros);
        var (seconds, micros) = Math.DivRem(timeMicros, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, uint.MaxValue, nameof(timeMicros));
        if (BufferBytes - _filled < RecordHeaderBytes + frame.Length)
            Drain();

        Put32((uint)seconds);
        Put32((uint)(_nanoseconds ? micros * 1000 : micros));
        Put32((uint)frame.Length);
        Put32((uint)Math.Max(wireLength, frame.Length));
        frame.CopyTo(_buffer.AsSpan(_filled));
        _filled += frame.Length;
        Length += frame.Length;
    }

    /// <summary>Hands everything to the stream and flushes it.</summary>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Drain();
        _stream.Flush();
    }

    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        try
        {
            Drain();
        }
        finally
        {
            if (!_leaveOpen)
                _stream.Dispose();
        }
    }

    private void Drain()
    {
        _stream.Write(_buffer, 0, _filled);
        _filled = 0;
    }

    private void Put32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_filled), value);
        _filled += 4;
        Length += 4;
    }
}
