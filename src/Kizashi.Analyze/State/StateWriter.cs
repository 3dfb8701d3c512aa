using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Kizashi.Analyze.State;

/// <summary>
/// Writes an analyzer's state as blocks, each with its length and hash, so that damage is seen before anything is
/// believed.
/// </summary>
/// <remarks>
/// Layout: magic, name, version; then blocks of length, XXH3 seeded with the block's number, bytes; a block of length
/// 0 ends it.
/// </remarks>
internal sealed class StateWriter
{
    public const uint Magic = 0x31535A4B;
    public const int BlockBytes = 1 << 18;

    private readonly Stream _stream;
    private readonly byte[] _block = new byte[BlockBytes];
    private int _used;
    private long _number;

    public StateWriter(Stream stream, string name, int version)
    {
        _stream = stream;
        Write(Magic);
        Write(version);
        WriteText(name);
    }

    public void Write<T>(T value)
        where T : unmanaged =>
        WriteBytes(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    public void WriteSpan<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Write(values.Length);
        WriteBytes(MemoryMarshal.AsBytes(values));
    }

    public void WriteText(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteSpan<byte>(bytes);
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > _block.Length - _used)
        {
            var part = _block.Length - _used;
            bytes[..part].CopyTo(_block.AsSpan(_used));
            bytes = bytes[part..];
            _used = _block.Length;
            Flush();
        }

        bytes.CopyTo(_block.AsSpan(_used));
        _used += bytes.Length;
    }

    /// <summary>Writes the last block and the end mark.</summary>
    public void Finish()
    {
        if (_used > 0)
            Flush();

        Flush();
    }

    private void Flush()
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(head, _used);
        BinaryPrimitives.WriteUInt64LittleEndian(head[4..], XxHash3.HashToUInt64(_block.AsSpan(0, _used), _number++));
        _stream.Write(head);
        _stream.Write(_block, 0, _used);
        _used = 0;
    }
}
