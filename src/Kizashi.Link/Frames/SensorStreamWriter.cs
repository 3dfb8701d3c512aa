using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using Kizashi.Core;
using Kizashi.Core.Observations;

namespace Kizashi.Link.Frames;

/// <summary>Writes a sensor's observations as frames. Safe to use from several threads; the stream is the caller's to close.</summary>
/// <exception cref="IOException">From each call: the stream does not take more, as when nobody reads it any longer.</exception>
public sealed class SensorStreamWriter : IObservationOutput
{
    private readonly Stream _stream;
    private readonly FrameBuffer _buffer = new();
    private readonly Lock _gate = new();

    /// <summary>Begins the stream.</summary>
    public SensorStreamWriter(Stream stream, SensorHello hello)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _stream.Write(FrameFormat.Magic);
        WriteJson(FrameKind.Hello, hello);
    }

    /// <summary>Bytes written, the magic number included.</summary>
    public long Length { get; private set; } = FrameFormat.Magic.Length;

    /// <summary>Always 0: what cannot be written is an exception.</summary>
    public long Refused => 0;

    public void Take(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_gate)
        {
            Begin();
            BatchCodec.Write(batch, _buffer);
            End(FrameKind.Batch);
        }
    }

    public void Interval(long watermarkMillis)
    {
        lock (_gate)
        {
            Begin();
            _buffer.Write(watermarkMillis);
            End(FrameKind.Interval);
            _stream.Flush();
        }
    }

    public void Status<T>(T status) => WriteJson(FrameKind.Status, status);

    public void Finish<T>(T summary) => WriteJson(FrameKind.End, summary);

    private void WriteJson<T>(FrameKind kind, T value)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, KizashiJson.Options);
        lock (_gate)
        {
            Begin();
            _buffer.Write<byte>(json);
            End(kind);
            _stream.Flush();
        }
    }

    private void Begin()
    {
        _buffer.Clear();
        _buffer.Room(FrameFormat.HeaderBytes).Clear();
    }

    private void End(FrameKind kind)
    {
        var frame = _buffer.Written;
        var payload = frame[FrameFormat.HeaderBytes..];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
        frame[4] = (byte)kind;
        BinaryPrimitives.WriteUInt64LittleEndian(frame[8..], XxHash3.HashToUInt64(payload));
        _stream.Write(frame);
        Length += frame.Length;
    }
}
