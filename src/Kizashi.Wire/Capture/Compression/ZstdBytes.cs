using ZstdSharp.Unsafe;

namespace Kizashi.Wire.Capture.Compression;

/// <summary>The content of one or more zstd frames (RFC 8878).</summary>
/// <remarks>
/// The decoder is fed one compressed block at a time, as many bytes as it asks for. Fed with more, it would throw away blocks that it had
/// decoded in the same call before it met a damaged one.
/// </remarks>
internal sealed unsafe class ZstdBytes : ByteSource
{
    private const int InputBytes = 256 * 1024;
    private const int BlockHeaderBytes = 3;

    private readonly RawBytes _raw;
    private readonly byte[] _input = GC.AllocateUninitializedArray<byte>(InputBytes, pinned: true);
    private ZSTD_DCtx_s* _context;
    private int _start;
    private int _end;
    private int _wanted;
    private bool _insideFrame;

    public ZstdBytes(RawBytes raw)
    {
        _raw = raw;
        _context = Methods.ZSTD_createDCtx();
        _wanted = (int)Methods.ZSTD_initDStream(_context);
    }

    ~ZstdBytes() => Dispose(disposing: false);

    public override double? Progress => _raw.Progress;

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_context is null, this);
        while (Failure is null && buffer.Length > 0)
        {
            var atEnd = !Load();
            if (atEnd && _start == _end && !_insideFrame)
            {
                Failure = _raw.Failure;
                return 0;
            }

            var written = Step(buffer);
            if (written > 0)
                return written;

            if (atEnd && _start == _end && Failure is null && _insideFrame)
                Failure = _raw.Failure ?? "zstd data ends in the middle";
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (_context is not null)
            Methods.ZSTD_freeDCtx(_context);

        _context = null;
        if (disposing)
            _raw.Dispose();
    }

    private int Step(Span<byte> buffer)
    {
        // Safe: both spans are pinned for the call, and the sizes handed over are theirs.
        fixed (byte* target = buffer)
        fixed (byte* source = _input)
        {
            var output = new ZSTD_outBuffer_s { dst = target, size = (nuint)buffer.Length };
            var input = new ZSTD_inBuffer_s { src = source + _start, size = (nuint)Math.Min(_wanted, _end - _start) };
            var hint = Methods.ZSTD_decompressStream(_context, &output, &input);
            if (Methods.ZSTD_isError(hint))
            {
                Failure = $"zstd data damaged: {Methods.ZSTD_getErrorName(hint)}";
                return 0;
            }

            _start += (int)input.pos;
            _insideFrame = hint != 0;

            // The hint covers a block and the header of the next, which may be the damaged one.
            _wanted = (int)Math.Clamp(hint > BlockHeaderBytes ? hint - BlockHeaderBytes : hint, 1, InputBytes);
            return (int)output.pos;
        }
    }

    /// <summary>Makes the wanted bytes available; false if the input ends before.</summary>
    private bool Load()
    {
        if (_end - _start >= _wanted)
            return true;

        _input.AsSpan(_start, _end - _start).CopyTo(_input);
        _end -= _start;
        _start = 0;
        while (_end < _wanted)
        {
            var read = _raw.Read(_input.AsSpan(_end));
            if (read == 0)
                return false;

            _end += read;
        }

        return true;
    }
}
