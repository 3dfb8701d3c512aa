using System.Buffers.Binary;
using System.IO.Hashing;
using Kizashi.Wire.Capture.Compression;

namespace Kizashi.Wire.Capture;

/// <summary>Cuts a capture's content into blocks.</summary>
/// <remarks>
/// Each block takes the content's next 512 KiB, or less where the link type changes or the content ends; so the blocks of the same content
/// are the same however the bytes came in.
/// </remarks>
internal sealed class CaptureReader : IFrameSource
{
    private readonly ByteSource _bytes;
    private readonly CaptureOptions _options;
    private readonly XxHash128 _hash = new();
    private byte[] _carry = [];
    private int _carryStart;
    private int _carryEnd;
    private RecordParser? _parser;
    private UInt128 _startHash;
    private long _offset;
    private long _frames;
    private long _lastRead;
    private bool _isFresh;
    private bool _linkChanged;
    private bool _drained;
    private bool _ended;

    public CaptureReader(ByteSource bytes, string name, CaptureOptions options)
    {
        _bytes = bytes;
        _options = options;
        Name = name;
    }

    public string Name { get; }

    public CaptureDamage? Damage { get; private set; }

    public double? Progress => _ended ? 1 : _bytes.Progress;

    public long Dropped => 0;

    /// <summary>By the first four bytes; null if they are of neither format.</summary>
    public static RecordParser? ParserFor(ReadOnlySpan<byte> content)
    {
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(content);
        return magic == PcapngRecords.SectionHeader ? new PcapngRecords() : PcapRecords.ForMagic(magic);
    }

    public FrameSourceStatus Read(FrameBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        block.Count = 0;
        if (block.Data.Length < FrameBlock.DefaultBytes)
            block.Data = GC.AllocateUninitializedArray<byte>(FrameBlock.DefaultBytes, pinned: true);

        while (!_ended)
        {
            // After a change of link type, what is left of the content is parsed where it lies.
            var filled = 0;
            if (!_linkChanged && !TryFill(block.Data, out filled))
                return FrameSourceStatus.Idle;

            var content = _linkChanged ? _carry.AsSpan(_carryStart, _carryEnd - _carryStart) : block.Data.AsSpan(0, filled);
            var outcome = Parse(block, content, out var consumed);
            Advance(block, content, consumed, outcome);
            if (block.Count > 0)
                return Give(block);
        }

        return Damage is null ? FrameSourceStatus.End : FrameSourceStatus.Damaged;
    }

    public void Dispose() => _bytes.Dispose();

    /// <summary>What is left of the last content, and what comes, up to a whole block; false if that is not there yet.</summary>
    private bool TryFill(byte[] data, out int filled)
    {
        filled = _carryEnd - _carryStart;
        _carry.AsSpan(_carryStart, filled).CopyTo(data);
        while (filled < FrameBlock.DefaultBytes && !_drained)
        {
            var read = _bytes.Read(data.AsSpan(filled, FrameBlock.DefaultBytes - filled));
            if (read == ByteSource.NothingYet)
            {
                if (_isFresh && _options.Time.GetElapsedTime(_lastRead) >= _options.Patience)
                    break;

                Keep(data.AsSpan(0, filled));
                return false;
            }

            filled += read;
            _drained = read == 0;
            _isFresh = true;
            _lastRead = _options.Time.GetTimestamp();
        }

        _isFresh = false;
        return true;
    }

    private void Keep(ReadOnlySpan<byte> rest)
    {
        if (_carry.Length < rest.Length)
            _carry = new byte[Math.Min(FrameBlock.DefaultBytes, rest.Length * 2)];

        rest.CopyTo(_carry);
        (_carryStart, _carryEnd) = (0, rest.Length);
    }

    private ParseOutcome Parse(FrameBlock block, ReadOnlySpan<byte> content, out int consumed)
    {
        consumed = 0;
        if (_parser is not null)
            return _parser.Parse(block, content, out consumed);

        if (content.Length < 4)
            return ParseOutcome.NeedsMore;

        _parser = ParserFor(content);
        return _parser is null ? ParseOutcome.Damage : _parser.Parse(block, content, out consumed);
    }

    /// <summary>Keeps what was not consumed for the next block, and finds out whether there will be one.</summary>
    private void Advance(FrameBlock block, ReadOnlySpan<byte> content, int consumed, ParseOutcome outcome)
    {
        _startHash = _hash.GetCurrentHashAsUInt128();
        _hash.Append(content[..consumed]);
        _offset += consumed;
        var rest = content[consumed..];
        if (_linkChanged)
        {
            content[..consumed].CopyTo(block.Data);
            _carryStart += consumed;
        }
        else
        {
            Keep(rest);
        }

        _linkChanged = outcome == ParseOutcome.LinkChange;
        if (outcome == ParseOutcome.Damage)
            End(_parser is null ? NoCapture(rest) : _parser.Fault);
        else if (_drained && outcome == ParseOutcome.NeedsMore)
            End(_bytes.Failure ?? Missing(rest));
    }

    private string? Missing(ReadOnlySpan<byte> rest)
    {
        if (_parser is not null)
            return _parser.Missing(rest);

        return rest.Length == 0 ? "the file is empty" : NoCapture(rest);
    }

    private static string NoCapture(ReadOnlySpan<byte> head) =>
        $"neither pcap nor pcapng: begins with {Convert.ToHexStringLower(head[..Math.Min(4, head.Length)])}";

    private void End(string? reason)
    {
        _ended = true;
        if (reason is not null)
            Damage = new CaptureDamage(Name, _offset, reason);
    }

    private FrameSourceStatus Give(FrameBlock block)
    {
        block.Position = _frames;
        block.FileNumber = 0;
        block.StartHash = _startHash;
        block.ContentHash = _hash.GetCurrentHashAsUInt128();
        _frames += block.Count;
        return FrameSourceStatus.Frames;
    }
}
