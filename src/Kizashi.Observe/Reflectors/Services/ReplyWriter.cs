using System.Buffers.Binary;

namespace Kizashi.Observe.Reflectors.Services;

/// <summary>Writes an answer piece by piece. A piece that does not fit makes the whole answer empty, so that none is sent half.</summary>
internal ref struct ReplyWriter(Span<byte> room)
{
    private readonly Span<byte> _room = room;
    private int _length;
    private bool _isOver;

    /// <summary>Bytes written; 0 when something did not fit.</summary>
    public readonly int Length => _isOver ? 0 : _length;

    /// <summary>Bytes that still fit.</summary>
    public readonly int Left => _isOver ? 0 : _room.Length - _length;

    public readonly Span<byte> Written => _room[.._length];

    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (_isOver || bytes.Length > _room.Length - _length)
        {
            _isOver = true;
            return;
        }

        bytes.CopyTo(_room[_length..]);
        _length += bytes.Length;
    }

    /// <summary>Leaves the piece out unless it and so many bytes after it fit.</summary>
    public bool WriteIfFits(scoped ReadOnlySpan<byte> bytes, int reserve)
    {
        if (bytes.Length + reserve > Left)
            return false;

        Write(bytes);
        return true;
    }

    public void Write(byte value) => Write([value]);

    public void Write16(int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        Write(bytes);
    }

    public void Write32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        Write(bytes);
    }

    /// <summary>Puts 16 bits into what was written before.</summary>
    public readonly void Patch16(int at, int value)
    {
        if (!_isOver)
            BinaryPrimitives.WriteUInt16BigEndian(_room[at..], (ushort)value);
    }
}
