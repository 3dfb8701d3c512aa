using System.Text;

namespace Kizashi.Store.Embedded.Parquet;

/// <summary>Writes the Thrift compact protocol, in which Parquet describes itself.</summary>
/// <remarks>github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md</remarks>
internal sealed class ThriftWriter(ByteBuffer buffer)
{
    private const byte I32 = 5;
    private const byte I64 = 6;
    private const byte Binary = 8;
    private const byte List = 9;
    private const byte Struct = 12;

    private readonly Stack<int> _outer = new();
    private int _last;

    public void Int32(int field, int value)
    {
        Field(field, I32);
        buffer.Varint(ZigZag(value));
    }

    /// <summary>A boolean, whose value is its type.</summary>
    public void Boolean(int field, bool value) => Field(field, value ? (byte)1 : (byte)2);

    public void Int64(int field, long value)
    {
        Field(field, I64);
        buffer.Varint(ZigZag(value));
    }

    public void Text(int field, string value)
    {
        Field(field, Binary);
        TextElement(value);
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Field(field, Binary);
        buffer.Varint((ulong)value.Length);
        buffer.Bytes(value);
    }

    public void Begin(int field)
    {
        Field(field, Struct);
        BeginElement();
    }

    /// <summary>A struct that is an element of a list, or the outermost one.</summary>
    public void BeginElement()
    {
        _outer.Push(_last);
        _last = 0;
    }

    public void End()
    {
        buffer.Byte(0);
        _last = _outer.Pop();
    }

    public void Structs(int field, int count) => BeginList(field, Struct, count);

    public void Int32s(int field, params ReadOnlySpan<int> values)
    {
        BeginList(field, I32, values.Length);
        foreach (var value in values)
            buffer.Varint(ZigZag(value));
    }

    public void Texts(int field, string value)
    {
        BeginList(field, Binary, 1);
        TextElement(value);
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private void TextElement(string value)
    {
        buffer.Varint((ulong)Encoding.UTF8.GetByteCount(value));
        buffer.Bytes(Encoding.UTF8.GetBytes(value));
    }

    private void BeginList(int field, byte type, int count)
    {
        Field(field, List);
        if (count < 15)
        {
            buffer.Byte((byte)((count << 4) | type));
            return;
        }

        buffer.Byte((byte)(0xF0 | type));
        buffer.Varint((ulong)count);
    }

    // Fields are written in ascending order, at most fifteen apart, as all structures of Parquet allow.
    private void Field(int field, byte type)
    {
        buffer.Byte((byte)(((field - _last) << 4) | type));
        _last = field;
    }
}
