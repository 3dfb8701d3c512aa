using System.Runtime.CompilerServices;

namespace Kizashi.Wire.Capture.Compression;

/// <summary>Inflates one deflate stream after the other (RFC 1951).</summary>
/// <remarks>
/// The framework's GZipStream takes a file cut short for a whole one, and throws away what it had inflated in the call that meets damage;
/// a capture's packets before the damage would be lost, and the damage too.
/// </remarks>
internal sealed class Inflater
{
    private const int WindowBytes = 32 * 1024;
    private const int BufferBytes = WindowBytes + (128 * 1024);
    private const int LongestMatch = 258;
    private const int EndOfBlock = 256;

    private readonly BitInput _input;
    private readonly DeflateCodes _codes = new();
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _given;
    private int _end;
    private int _floor;
    private int _stored;
    private BlockKind _block;
    private bool _last;

    public Inflater(BitInput input) => _input = input;

    private enum BlockKind
    {
        None,
        Stored,
        Coded,
    }

    /// <summary>The stream's last block has been inflated.</summary>
    public bool Ended { get; private set; }

    public string? Failure { get; private set; }

    /// <summary>Begins the next stream, whose matches may not reach into the last.</summary>
    public void Restart()
    {
        _floor = _end;
        _block = BlockKind.None;
        _last = false;
        Ended = false;
    }

    /// <summary>Gives inflated bytes; nothing at the end or at a failure, after all bytes before it.</summary>
    public ReadOnlySpan<byte> Read(int maximum)
    {
        while (_given == _end && !Ended && Failure is null)
        {
            MakeRoom();
            Inflate();
        }

        var length = Math.Min(maximum, _end - _given);
        _given += length;
        return _buffer.AsSpan(_given - length, length);
    }

    private void MakeRoom()
    {
        if (_end < BufferBytes - LongestMatch)
            return;

        var dropped = _end - WindowBytes;
        _buffer.AsSpan(dropped, WindowBytes).CopyTo(_buffer);
        _end = WindowBytes;
        _given = WindowBytes;
        _floor = Math.Max(0, _floor - dropped);
    }

    private void Inflate()
    {
        if (_block == BlockKind.None)
            BeginBlock();
        else if (_block == BlockKind.Stored)
            CopyStored();
        else
            InflateCoded();
    }

    private void BeginBlock()
    {
        if (_last)
        {
            Ended = true;
            return;
        }

        if (!_input.TryTake(3, out var header))
        {
            Failure = DeflateCodes.CutShort;
            return;
        }

        _last = (header & 1) != 0;
        _block = header >> 1 == 0 ? BlockKind.Stored : BlockKind.Coded;
        Failure = (header >> 1) switch
        {
            0 => BeginStored(),
            1 => _codes.UseFixed(),
            2 => _codes.Load(_input),
            _ => "a block of a kind that does not exist",
        };
    }

    private string? BeginStored()
    {
        _input.AlignToByte();
        if (!_input.TryTake(16, out var length) || !_input.TryTake(16, out var complement))
            return DeflateCodes.CutShort;

        _stored = (int)length;
        return (length ^ complement) == 0xFFFF ? null : "a stored block whose length is contradicted";
    }

    private void CopyStored()
    {
        var wanted = Math.Min(_stored, BufferBytes - _end);
        var copied = _input.CopyBytes(_buffer.AsSpan(_end, wanted));
        _end += copied;
        _stored -= copied;
        if (copied < wanted)
            Failure = DeflateCodes.CutShort;
        else if (_stored == 0)
            _block = BlockKind.None;
    }

    private void InflateCoded()
    {
        var buffer = _buffer;
        var end = _end;
        while (end < BufferBytes - LongestMatch)
        {
            // 56 bits hold the longest pair of length and distance: 15 + 5 + 15 + 13.
            if (_input.Count < 48)
                _input.Fill();

            var entry = _codes.Literals.Find(_input.Bits);
            if (!Take(entry))
                break;

            var symbol = entry >> 4;
            if (symbol < EndOfBlock)
            {
                buffer[end++] = (byte)symbol;
                continue;
            }

            if (symbol == EndOfBlock)
            {
                _block = BlockKind.None;
                break;
            }

            if (!TryReadMatch(symbol, out var length, out var distance))
                break;

            if (distance > end - _floor)
            {
                Failure = "a match that reaches before the beginning";
                break;
            }

            Copy(buffer, end, distance, length);
            end += length;
        }

        _end = end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(int entry)
    {
        var bits = entry & 15;
        if (bits != 0 && bits <= _input.Count)
        {
            _input.Drop(bits);
            return true;
        }

        Failure = bits == 0 && _input.Count >= HuffmanCode.LongestCode ? "bits that are no code" : DeflateCodes.CutShort;
        return false;
    }

    private bool TryReadMatch(int symbol, out int length, out int distance)
    {
        length = distance = 0;
        if (symbol > DeflateCodes.LastLengthSymbol)
        {
            Failure = "a match of a length that does not exist";
            return false;
        }

        if (!_input.TryTake(DeflateCodes.LengthBits(symbol), out var extra))
        {
            Failure = DeflateCodes.CutShort;
            return false;
        }

        length = DeflateCodes.Length(symbol) + (int)extra;
        var entry = _codes.Distances.Find(_input.Bits);
        if (!Take(entry))
            return false;

        if (entry >> 4 > DeflateCodes.LastDistanceSymbol)
        {
            Failure = "a match at a distance that does not exist";
            return false;
        }

        if (!_input.TryTake(DeflateCodes.DistanceBits(entry >> 4), out extra))
        {
            Failure = DeflateCodes.CutShort;
            return false;
        }

        distance = DeflateCodes.Distance(entry >> 4) + (int)extra;
        return true;
    }

    private static void Copy(byte[] buffer, int end, int distance, int length)
    {
        if (distance >= length)
        {
            buffer.AsSpan(end - distance, length).CopyTo(buffer.AsSpan(end));
            return;
        }

        for (var i = 0; i < length; i++)
            buffer[end + i] = buffer[end + i - distance];
    }
}
