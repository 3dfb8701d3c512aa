using System.Buffers.Binary;
using Kizashi.Core.Addresses;
using Kizashi.Core.Sensors;
using Kizashi.Observe.Telescope.Sources;
using Kizashi.Wire.Capture;
using Kizashi.Wire.Ip;

namespace Kizashi.Observe.Reflectors;

/// <summary>A decoy for amplification attacks: answers requests within its budget, and gives them as packets, as a capture of its addresses would.</summary>
/// <remarks>
/// The telescope aggregates, samples and records them as those of any other source; who is attacked is judged later. Headers are made anew from
/// what the system tells: the identification and the checksum of UDP, which it has checked, are 0.
/// </remarks>
public sealed class ReflectorSource : IFrameSource
{
    private const int IdleMillis = 100;
    private const int MostFrames = 4_096;
    private const int MostRounds = 16;

    private readonly List<(Datagrams Socket, IReflectorService Service, ushort Port)> _sockets = [];
    private readonly ReflectorOptions _options;
    private readonly ReplyBudget _budget;
    private readonly TimeProvider _time;
    private readonly byte[] _answer = new byte[2048];
    private readonly PollRequest[] _polls;
    private int _filled;
    private long _position;
    private long _requests;
    private long _requestBytes;
    private long _unsent;
    private ReflectorStatus _status;

    /// <exception cref="InterfaceException">An address or port cannot be listened on; the message says why.</exception>
    public ReflectorSource(ReflectorOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _time, _budget) = (options, time, new ReplyBudget(options.Limits, time));
        _status = new ReflectorStatus { Services = [.. options.Services.Select(service => service.Name)] };
        try
        {
            foreach (var address in options.Listen)
            {
                foreach (var service in options.Services)
                    _sockets.AddRange(service.Ports.Select(port => (Datagrams.Open(address, (ushort)(port + options.PortOffset)), service, port)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        _polls = [.. _sockets.Select(socket => new PollRequest { File = socket.Socket.File, Events = PollRequest.Readable })];
    }

    public string Name => "reflectors on " + string.Join(", ", _options.Listen);

    public CaptureDamage? Damage => null;

    public double? Progress => null;

    public long Dropped => 0;

    /// <summary>May be read by any thread.</summary>
    public ReflectorStatus Status => Volatile.Read(ref _status);

    /// <summary>Waits at most 100 ms for requests.</summary>
    public FrameSourceStatus Read(FrameBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        (block.Count, block.Link, block.Position, _filled) = (0, LinkType.Raw, _position, 0);
        if (Take(block) == 0 && PollRequest.Wait(_polls, IdleMillis))
            Take(block);

        _position += block.Count;
        Tell();
        return block.Count > 0 ? FrameSourceStatus.Frames : FrameSourceStatus.Idle;
    }

    public void Dispose()
    {
        foreach (var (socket, _, _) in _sockets)
            socket.Dispose();
    }

    // Each socket in turn, so that a flood of one service does not silence the others.
    private int Take(FrameBlock block)
    {
        var micros = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        for (var round = 0; round < MostRounds; round++)
        {
            var before = block.Count;
            foreach (var (socket, service, port) in _sockets)
            {
                if (block.Count + Datagrams.Batch > MostFrames || _filled + (Datagrams.Batch * (Datagrams.MostBytes + 48)) > block.Data.Length)
                    return block.Count;

                for (int index = 0, count = socket.Receive(); index < count; index++)
                    Take(block, (socket, index), (service, port), micros);
            }

            if (block.Count == before)
                break;
        }

        return block.Count;
    }

    private void Take(FrameBlock block, (Datagrams Socket, int Index) at, (IReflectorService Service, ushort Port) asked, long micros)
    {
        var header = at.Socket.Header(at.Index);
        var payload = at.Socket.Payload(at.Index);
        _requests++;
        _requestBytes += payload.Length;
        if (header.Destination is not { } destination)
            return;

        Append(block, header, destination, asked.Port, payload, micros);
        var length = header.SourcePort == 0 ? 0 : _budget.Answer(header.Source, asked.Service, payload, _answer);
        if (length > 0 && !at.Socket.Send(at.Index, destination, _answer.AsSpan(0, length)))
            _unsent++;
    }

    private void Append(FrameBlock block, in Datagram header, Address destination, ushort port, ReadOnlySpan<byte> payload, long micros)
    {
        var ip = destination.IsV4 ? 20 : 40;
        var length = ip + 8 + payload.Length;
        var frame = block.Data.AsSpan(_filled, length);
        frame[..(ip + 8)].Clear();
        if (destination.IsV4)
        {
            frame[0] = 0x45;
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)length);
            (frame[8], frame[9]) = (header.Ttl, IpProtocol.Udp);
            BinaryPrimitives.WriteUInt32BigEndian(frame[12..], header.Source.V4);
            BinaryPrimitives.WriteUInt32BigEndian(frame[16..], destination.V4);
            BinaryPrimitives.WriteUInt16BigEndian(frame[10..], Checksum.Fold(Checksum.Add(frame[..ip], 0)));
        }
        else
        {
            frame[0] = 0x60;
            BinaryPrimitives.WriteUInt16BigEndian(frame[4..], (ushort)(8 + payload.Length));
            (frame[6], frame[7]) = (IpProtocol.Udp, header.Ttl);
            BinaryPrimitives.WriteUInt128BigEndian(frame[8..], header.Source.Value);
            BinaryPrimitives.WriteUInt128BigEndian(frame[24..], destination.Value);
        }

        BinaryPrimitives.WriteUInt16BigEndian(frame[ip..], header.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(frame[(ip + 2)..], port);
        BinaryPrimitives.WriteUInt16BigEndian(frame[(ip + 4)..], (ushort)(8 + payload.Length));
        payload.CopyTo(frame[(ip + 8)..]);
        var index = block.Add();
        (block.Offset[index], block.CapturedLength[index], block.WireLength[index]) = (_filled, length, length);
        block.TimeMicros[index] = micros;
        _filled += length;
    }

    private void Tell() => Volatile.Write(ref _status, _status with
    {
        Requests = _requests,
        RequestBytes = _requestBytes,
        Answers = _budget.Answers,
        AnswerBytes = _budget.AnswerBytes,
        HeldBySource = _budget.HeldBySource,
        HeldByNetwork = _budget.HeldByNetwork,
        HeldByRate = _budget.HeldByRate,
        HeldByRoom = _budget.HeldByRoom,
        Unsent = _unsent,
    });
}
