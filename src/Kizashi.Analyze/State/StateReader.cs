using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Kizashi.Analyze.State;

/// <summary>
/// Reads what <see cref="StateWriter"/> wrote; anything else gives <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class StateReader
{
    private const int LongestText = 4096;

    private readonly Stream _stream;
    private readonly byte[] _block = new byte[StateWriter.BlockBytes];
    private int _length;
    private int _used;
    private long _number;
    private bool _ended;

    public StateReader(Stream stream, string name, int version)
    {
        _stream = stream;
        if (Read<uint>() != StateWriter.Magic)
            throw new InvalidDataException("not an analyzer's state");

        var written = Read<int>();
        if (written != version)
            throw new InvalidDataException($"state of version {written}, this is {version}");

        if (ReadText() is var found && found != name)
            throw new InvalidDataException($"state of '{found}', not of '{name}'");
    }

    public T Read<T>()
        where T : unmanaged
    {
        var value = default(T);
        ReadBytes(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    /// <summary>A number that counts things, 0..most.</summary>
    public int ReadCount(int most)
    {
        var count = Read<int>();
        return count >= 0 && count <= most
            ? count
            : throw new InvalidDataException($"{count} is not a count of at most {most}");
    }

    public T[] ReadSpan<T>(int most)
        where T : unmanaged
    {
        var values = new T[ReadCount(most)];
        ReadBytes(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public string ReadText() => Encoding.UTF8.GetString(ReadSpan<byte>(LongestText));

    public void ReadBytes(Span<byte> bytes)
    {
        while (bytes.Length > _length - _used)
        {
            var part = _length - _used;
            _block.AsSpan(_used, part).CopyTo(bytes);
            bytes = bytes[part..];
            Fill();
            if (_ended)
                throw new InvalidDataException("the state ends early");
        }

        _block.AsSpan(_used, bytes.Length).CopyTo(bytes);
        _used += bytes.Length;
    }

    /// <summary>Takes the end mark, so that the stream stands behind this state.</summary>
    public void Finish()
    {
        if (_used != _length)
            throw new InvalidDataException("the state holds more than expected");

        Fill();
        if (!_ended)
            throw new InvalidDataException("the state holds more than expected");
    }

    private void Fill()
    {
        Span<byte> head = stackalloc byte[12];
        try
        {
            _stream.ReadExactly(head);
            _length = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (_length < 0 || _length > _block.Length)
                throw new InvalidDataException("a block of impossible length");

            _stream.ReadExactly(_block, 0, _length);
        }
        catch (EndOfStreamException end)
        {
            throw new InvalidDataException("the state is cut short", end);
        }

        var hash = XxHash3.HashToUInt64(_block.AsSpan(0, _length), _number++);
        if (hash != BinaryPrimitives.ReadUInt64LittleEndian(head[4..]))
            throw new InvalidDataException("a block of the state is damaged");

        _used = 0;
        _ended = _length == 0;
    }
}
