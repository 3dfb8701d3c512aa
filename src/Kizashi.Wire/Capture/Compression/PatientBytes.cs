using System.Runtime.ExceptionServices;

namespace Kizashi.Wire.Capture.Compression;

/// <summary>The uncompressed bytes of a pipe, read ahead by a thread of its own, so that nobody has to wait for a silent writer.</summary>
internal sealed class PatientBytes : ByteSource
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>A source may take 200 ms to say that there is nothing yet.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(200);

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly SemaphoreSlim _room = new(1);
    private readonly SemaphoreSlim _ready = new(0);

    // The thread's result, and what the reader has taken over of it: each side writes its own only.
    private int _read;
    private int _start;
    private int _end;
    private bool _ended;
    private ExceptionDispatchInfo? _fault;
    private volatile bool _disposed;

    public PatientBytes(Stream stream)
    {
        _stream = stream;

        // In the background: a read from a silent pipe cannot be broken off, and must not keep the process.
        new Thread(Pump) { IsBackground = true, Name = "capture pipe" }.Start();
    }

    public override double? Progress => null;

    public override int Read(Span<byte> buffer)
    {
        if (_ended)
            return 0;

        if (_start == _end)
        {
            if (!_ready.Wait(LongestWait))
                return NothingYet;

            _fault?.Throw();
            (_start, _end) = (0, _read);
            if (_end == 0)
            {
                _ended = true;
                return 0;
            }
        }

        var length = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, length).CopyTo(buffer);
        _start += length;
        if (_start == _end)
            _room.Release();

        return length;
    }

    /// <summary>The thread disposes of the stream, when its read comes back.</summary>
    protected override void Dispose(bool disposing)
    {
        if (_disposed)
            return;

        _disposed = true;
        _room.Release();
    }

    private void Pump()
    {
        ByteSource? bytes = null;
        try
        {
            bytes = Open(_stream);
            do
            {
                _room.Wait();
                if (_disposed)
                    break;

                _read = bytes.Read(_buffer);
                Failure = bytes.Failure;
                _ready.Release();
            }
            while (_read > 0);
        }
        catch (Exception fault) when (!_disposed)
        {
            // A fault of ours: it belongs to whoever reads.
            _fault = ExceptionDispatchInfo.Capture(fault);
            _ready.Release();
        }
        finally
        {
            bytes?.Dispose();
            _stream.Dispose();
        }
    }
}
