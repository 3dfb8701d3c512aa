using System.Buffers.Binary;

namespace Kizashi.Wire.Tests.Capture;

/// <summary>Numbers in a chosen byte order, one after the other.</summary>
public sealed class EndianBytes
{
    private readonly bool _bigEndian;
    private readonly List<byte> _bytes = [];

    public EndianBytes(bool bigEndian) => _bigEndian = bigEndian;

    public int Length => _bytes.Count;

    public EndianBytes Add16(ushort value) => Add(BitConverter.GetBytes(Order(value)));

    public EndianBytes Add32(uint value) => Add(BitConverter.GetBytes(Order(value)));

    public EndianBytes Add64(ulong value) =>
        Add(BitConverter.GetBytes(_bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value));

    public EndianBytes Add(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    private ushort Order(ushort value) => _bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    private uint Order(uint value) => _bigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
