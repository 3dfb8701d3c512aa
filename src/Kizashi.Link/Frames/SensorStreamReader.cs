using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using Kizashi.Core;
using Kizashi.Core.Observations;

namespace Kizashi.Link.Frames;

/// <summary>Reads the frames of a sensor's stream. What a sensor sends is not trusted: bytes that are no frame end the reading with a <see cref="LinkException"/>.</summary>
public sealed class SensorStreamReader : ISensorStream
{
    private readonly Stream _stream;
    private readonly string _name;
    private readonly BatchCodec _codec = new();
    private byte[] _payload = new byte[64 * 1024];
    private int _length;
    private long _offset;

    /// <summary>Reads the beginning.</summary>
    /// <param name="stream">Closed with this.</param>
    /// <param name="name">How messages call it.</param>
    /// <exception cref="LinkException">It is no stream of observations.</exception>
    public SensorStreamReader(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        (_stream, _name) = (stream, name);
        Span<byte> magic = stackalloc byte[8];
        if (_stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length)
            throw Fault("it ends before it has begun");

        if (!magic.SequenceEqual(FrameFormat.Magic))
            throw Fault("it does not begin as observations of a sensor do");

        _offset = magic.Length;
        if (!Read() || Kind != FrameKind.Hello)
            throw Fault("it does not say which sensor it is of");

        Hello = Json<SensorHello>();
        if (Hello is not { Shards: >= 1 and <= SensorHello.MostShards, Sensor.Length: > 0 } || Hello.Dark is null)
            throw Fault("it says nothing sensible of its sensor");
    }

    public SensorHello Hello { get; }

    public FrameKind Kind { get; private set; }

    public double? Progress => null;

    private ReadOnlySpan<byte> Payload => _payload.AsSpan(0, _length);

    public bool Read()
    {
        Span<byte> header = stackalloc byte[FrameFormat.HeaderBytes];
        var got = _stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (got == 0)
            return false;

        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (got == header.Length && length is < 0 or > FrameFormat.MostPayload)
            throw Fault("a frame has an impossible length");

        if (got == header.Length && _payload.Length < length)
            _payload = new byte[Math.Max(length, Math.Min(FrameFormat.MostPayload, _payload.Length * 2))];

        if (got < header.Length || _stream.ReadAtLeast(_payload.AsSpan(0, length), length, throwOnEndOfStream: false) < length)
            throw new LinkException($"{_name} ends within the frame at byte {_offset}: it was broken off there, or is still being written") { IsCut = true };

        _length = length;
        if (XxHash3.HashToUInt64(Payload) != BinaryPrimitives.ReadUInt64LittleEndian(header[8..]))
            throw Fault("the checksum of a frame does not fit");

        Kind = (FrameKind)header[4];
        _offset += header.Length + length;
        return true;
    }

    public long Watermark() => _length == sizeof(long) ? BinaryPrimitives.ReadInt64LittleEndian(_payload) : throw Fault("a watermark has another length");

    public ObservationBatch Batch() => _codec.Read(Payload, Hello) ?? throw Fault("a batch is none");

    public T Json<T>()
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Payload, KizashiJson.Options) ?? throw Fault("a frame says nothing");
        }
        catch (JsonException fault)
        {
            throw new LinkException($"{_name}, before byte {_offset}: a frame has another form than expected: {fault.Message}", fault);
        }
    }

    public void Dispose() => _stream.Dispose();

    private LinkException Fault(string reason) => new($"{_name}, before byte {_offset}: {reason}");
}
