using System.IO.Hashing;

namespace Kizashi.Wire.Capture.Compression;

/// <summary>The content of one or more gzip members (RFC 1952), with their checksums verified.</summary>
internal sealed class GzipBytes : ByteSource
{
    private const int TrailerBytes = 8;

    private readonly RawBytes _raw;
    private readonly BitInput _input;
    private readonly Inflater _inflater;
    private readonly Crc32 _checksum = new();
    private uint _length;
    private bool _insideMember;
    private bool _ended;

    public GzipBytes(RawBytes raw)
    {
        _raw = raw;
        _input = new BitInput(raw);
        _inflater = new Inflater(_input);
    }

    public override double? Progress => _raw.Progress;

    public override int Read(Span<byte> buffer)
    {
        while (!_ended && Failure is null && buffer.Length > 0)
        {
            if (!_insideMember)
            {
                BeginMember();
                continue;
            }

            var bytes = _inflater.Read(buffer.Length);
            if (bytes.Length > 0)
            {
                bytes.CopyTo(buffer);
                _checksum.Append(bytes);
                _length += (uint)bytes.Length;
                return bytes.Length;
            }

            if (_inflater.Failure is { } wrong)
                Failure = Why(wrong);
            else
                EndMember();
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _raw.Dispose();
    }

    private string Why(string wrong) => _raw.Failure ?? $"gzip data damaged: {wrong}";

    private void BeginMember()
    {
        Span<byte> head = stackalloc byte[10];
        var read = _input.CopyBytes(head[..1]);
        if (read == 0)
        {
            _ended = true;
            Failure = _raw.Failure;
            return;
        }

        // Tapes and some tools pad with zeros to a whole block; gzip takes that silently, too.
        if (head[0] == 0)
            return;

        read += _input.CopyBytes(head[1..]);
        if (read < head.Length)
            Failure = Why(DeflateCodes.CutShort);
        else if (head[0] != 0x1F || head[1] != 0x8B || head[2] != 8)
            Failure = Why("bytes that are no gzip member");
        else if (!SkipOptionalFields(head[3]))
            Failure = Why(DeflateCodes.CutShort);

        _checksum.Reset();
        _length = 0;
        _inflater.Restart();
        _insideMember = true;
    }

    /// <summary>Extra field, name, comment and header checksum, by the flags of section 2.3.1.</summary>
    private bool SkipOptionalFields(byte flags)
    {
        const byte headerChecksum = 2, extra = 4, name = 8, comment = 16;
        Span<byte> field = stackalloc byte[2];
        if ((flags & extra) != 0)
        {
            if (_input.CopyBytes(field) < 2)
                return false;

            for (var left = field[0] | (field[1] << 8); left > 0; left--)
            {
                if (_input.CopyBytes(field[..1]) == 0)
                    return false;
            }
        }

        if ((flags & name) != 0 && !SkipText(field[..1]))
            return false;

        if ((flags & comment) != 0 && !SkipText(field[..1]))
            return false;

        return (flags & headerChecksum) == 0 || _input.CopyBytes(field) == 2;
    }

    private bool SkipText(Span<byte> one)
    {
        do
        {
            if (_input.CopyBytes(one) == 0)
                return false;
        }
        while (one[0] != 0);

        return true;
    }

    private void EndMember()
    {
        _insideMember = false;
        _input.AlignToByte();
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        if (_input.CopyBytes(trailer) < TrailerBytes)
            Failure = Why(DeflateCodes.CutShort);
        else if (BitConverter.ToUInt32(trailer) != _checksum.GetCurrentHashAsUInt32())
            Failure = Why("the checksum is not that of the content");
        else if (BitConverter.ToUInt32(trailer[4..]) != _length)
            Failure = Why("the length is not that of the content");
    }
}
