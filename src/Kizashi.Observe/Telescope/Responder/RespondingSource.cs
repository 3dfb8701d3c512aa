using System.Buffers.Binary;
using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Core.Sensors;
using Kizashi.Observe.Telescope.Engine;
using Kizashi.Observe.Telescope.Rules;
using Kizashi.Wire;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Observe.Telescope.Responder;

/// <summary>A source whose SYNs to dark addresses are answered, so that clients send their first payload.</summary>
/// <remarks>
/// What the answers bring about is taken out of the blocks: the sensor must not measure itself. The first payload of each answered source
/// is kept for <see cref="TakePayloads"/>. Nothing else is ever sent: no acknowledgement, no reset, nothing a second time.
/// </remarks>
/// <param name="inner">Disposed of with this.</param>
/// <param name="sender">The wire the frames come from.</param>
/// <param name="dark">Only SYNs to these are answered, and only from outside of them.</param>
/// <param name="options">The bounds.</param>
/// <param name="time">The clock of the bounds.</param>
public sealed class RespondingSource(
    IFrameSource inner, IFrameSender sender, PrefixSet dark, ResponderOptions options, TimeProvider time) : IFrameSource
{
    private const int MostWaiting = 4_096;

    private readonly ResponderGate _gate = new(options, time);
    private readonly SynCookie _cookie = new();
    private readonly Lock _lock = new();
    private readonly byte[] _answer = new byte[SynAnswer.MostBytes];
    private PacketHeader[] _headers = [];
    private List<PacketSample> _payloads = [];
    private long _answered;
    private long _unsent;
    private long _elicited;
    private long _kept;
    private long _dropped;
    private ResponderStatus _status = new();

    public string Name => inner.Name;

    public CaptureDamage? Damage => inner.Damage;

    public double? Progress => inner.Progress;

    public long Dropped => inner.Dropped;

    /// <summary>May be read by any thread.</summary>
    public ResponderStatus Status => Volatile.Read(ref _status);

    /// <summary>Sources in memory, at most 300 times the rate and one second's worth.</summary>
    public int Remembered => _gate.Remembered;

    public FrameSourceStatus Read(FrameBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var status = inner.Read(block);
        if (status != FrameSourceStatus.Frames)
            return status;

        PacketDecoder.DecodeBlock(block, ref _headers);
        var kept = 0;
        for (var index = 0; index < block.Count; index++)
        {
            if (!IsElicited(block, index))
                block.Move(index, kept++);
        }

        block.Count = kept;
        Tell();
        return kept > 0 ? FrameSourceStatus.Frames : FrameSourceStatus.Idle;
    }

    /// <summary>Hands over the payloads kept since the last call, oldest first.</summary>
    public IReadOnlyList<PacketSample> TakePayloads()
    {
        lock (_lock)
        {
            if (_payloads.Count == 0)
                return [];

            var taken = _payloads;
            _payloads = [];
            return taken;
        }
    }

    public void Dispose() => inner.Dispose();

    private bool IsElicited(FrameBlock block, int index)
    {
        ref readonly var header = ref _headers[index];
        const PacketTraits Odd = PacketTraits.Fragment | PacketTraits.Unwrapped | PacketTraits.Contradicted;
        if (header.Status != DecodeStatus.Ok || header.Protocol != (byte)IpProtocol.Tcp || (header.Traits & Odd) != 0)
            return false;

        var packet = block.Data.AsSpan(header.IpOffset, header.Captured);
        var (source, destination) = RawSample.Ends(header, packet);
        if (!dark.Contains(destination))
            return false;

        var flags = header.TcpFlags & TcpBits.Opening;
        if (flags == TcpBits.Syn)
        {
            Answer(block.Frame(index)[..(header.IpOffset - block.Offset[index])], packet, header, source);
            return false;
        }

        return (flags & TcpBits.Syn) == 0 && _gate.TryFind(source, out var entry) && Belongs(header, packet, entry)
            && Keep(header, block.Data, source, entry);
    }

    private void Answer(ReadOnlySpan<byte> link, ReadOnlySpan<byte> packet, in PacketHeader header, Address source)
    {
        if (dark.Contains(source) || !Answerable.Contains(source))
            return;

        var cookie = _cookie.Of(header, packet);
        if (!_gate.TryPass(source, cookie))
            return;

        var length = SynAnswer.Write(link, packet, header, cookie, _answer);
        if (length > 0 && sender.Send(_answer.AsSpan(0, length)))
            _answered++;
        else
            _unsent++;
    }

    // The peer's kernel resets what it did not ask for: its sequence number is all such a packet shows.
    private static bool Belongs(in PacketHeader header, ReadOnlySpan<byte> packet, AnsweredSource entry)
    {
        var acknowledged = BinaryPrimitives.ReadUInt32BigEndian(packet[(header.TransportOffset + 8)..]);
        return (header.TcpFlags & TcpBits.Ack) != 0
            ? acknowledged == entry.Acknowledged
            : (header.TcpFlags & TcpBits.Rst) != 0 && header.Sequence == entry.Acknowledged;
    }

    private bool Keep(in PacketHeader header, byte[] data, Address source, AnsweredSource entry)
    {
        _elicited++;
        if (entry.HasPayload || header.Length <= header.TransportOffset + header.TcpHeaderLength)
            return true;

        entry.HasPayload = true;
        lock (_lock)
        {
            if (_payloads.Count >= MostWaiting)
            {
                _dropped++;
                return true;
            }

            _kept++;
            _payloads.Add(RawSample.Of(header, data, source, header.DestinationPort));
        }

        return true;
    }

    private void Tell() => Volatile.Write(ref _status, new ResponderStatus
    {
        Answered = _answered,
        HeldBySource = _gate.HeldBySource,
        HeldByRate = _gate.HeldByRate,
        Unsent = _unsent,
        Elicited = _elicited,
        Payloads = _kept,
        PayloadsDropped = _dropped,
    });
}
