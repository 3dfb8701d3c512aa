using System.Text;

namespace Kizashi.Store.Embedded.Parquet;

/// <summary>Reads the Thrift compact protocol, in which Parquet describes itself.</summary>
/// <remarks>github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md</remarks>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    private const int MostDepth = 16;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read.</summary>
    public int Position { get; private set; }

    /// <summary>Reads the head of a struct's next field; false at the struct's end.</summary>
    /// <param name="field">The field before, 0 at the struct's start; then this one.</param>
    /// <param name="type">Type of its value.</param>
    public bool Field(ref int field, out byte type)
    {
        var head = Byte();
        type = (byte)(head & 15);
        if (head == 0)
            return false;

        field = head >> 4 == 0 ? (int)Int() : field + (head >> 4);
        return true;
    }

    public long Int()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Varint();
        if (length > (ulong)(_bytes.Length - Position))
            throw Damaged();

        var value = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return value;
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>Reads the head of a list; returns the number of its elements.</summary>
    public int List(out byte type)
    {
        var head = Byte();
        type = (byte)(head & 15);
        var count = head >> 4 == 15 ? Varint() : (ulong)(head >> 4);
        // Every element takes a byte, so a count beyond that is damage and not a reason to make room.
        return count <= (ulong)(_bytes.Length - Position) ? (int)count : throw Damaged();
    }

    /// <summary>Reads over a field's value.</summary>
    public void Skip(byte type) => Skip(type, 0);

    private static InvalidDataException Damaged() => new("The description of a Parquet file is damaged.");

    private void Skip(byte type, int depth)
    {
        if (depth > MostDepth)
            throw Damaged();

        switch (type)
        {
            case 1 or 2:
                break;
            case 3:
                Byte();
                break;
            case 4 or 5 or 6:
                Varint();
                break;
            case 7:
                for (var index = 0; index < sizeof(double); index++)
                    Byte();

                break;
            case 8:
                Bytes();
                break;
            case 9 or 10:
                // A boolean is a field's type, but an element is a byte.
                for (var left = List(out var element); left > 0; left--)
                    Skip(element is 1 or 2 ? (byte)3 : element, depth + 1);

                break;
            case 12:
                var field = 0;
                while (Field(ref field, out var inner))
                    Skip(inner, depth + 1);

                break;
            default:
                throw Damaged();
        }
    }

    private byte Byte() => Position < _bytes.Length ? _bytes[Position++] : throw Damaged();

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
                return value;
        }

        throw Damaged();
    }
}
