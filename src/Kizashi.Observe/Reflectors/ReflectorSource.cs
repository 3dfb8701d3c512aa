using System.Buffers.Binary;
using Kizashi.Core.Addresses;
using Kizashi.Core.Sensors;
using Kizashi.Observe.Reflectors.Sockets;
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
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private const int IdleMillis = 100;
    private const int MostFrames = 4_096;
    private const int MostRounds = 16;
    private const int MostKept = 2048;
    private const int MostFrameBytes = 48 + MostKept;

    private readonly ReflectorListeners _listeners;
    private readonly ReflectorOptions _options;
    private readonly ReplyBudget _budget;
    private readonly TimeProvider _time;
    private readonly DatagramBuffer _datagrams;
    private readonly ReadyFiles _ready;
    private readonly int[] _numbers = new int[ReadyFiles.Most];
    private readonly byte[] _answer = new byte[2048];
    private Taken _taken;
    private int _filled;
    private long _position;
    private long _requests;
    private long _requestBytes;
    private long _unsent;
    private long _unpassed;
    private long _elsewhere;
    private long _dropped;
    private long _looked;
    private ReflectorStatus _status;

    /// <exception cref="InterfaceException">An address or port cannot be listened on; the message says why.</exception>
    public ReflectorSource(ReflectorOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _time, _budget) = (options, time, new ReplyBudget(options.Limits, time));
        _status = new ReflectorStatus { Services = [.. options.Services.Select(service => service.Name)] };
        _listeners = new ReflectorListeners(options, _budget, time);
        (_datagrams, _ready) = (new DatagramBuffer(), new ReadyFiles());
        for (var number = 0; number < _listeners.All.Count; number++)
            _ready.Watch(_listeners.All[number].Socket.File, number);

        var next = _listeners.All.Count;
        foreach (var file in _listeners.Proxies.SelectMany(proxy => proxy.Files))
            _ready.Watch(file, next++);
    }

    public string Name => "reflectors on " + string.Join(", ", _options.Listen.Select(listen => listen.IsOne ? listen.First.ToString() : listen.ToString()));

    public CaptureDamage? Damage => null;

    public double? Progress => null;

    /// <summary>As of the last look, at most a second ago.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>May be read by any thread.</summary>
    public ReflectorStatus Status => Volatile.Read(ref _status);

    /// <summary>Waits at most 100 ms for requests.</summary>
    public FrameSourceStatus Read(FrameBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        (block.Count, block.Link, block.Position, _filled) = (0, LinkType.Raw, _position, 0);
        var micros = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        if (TakeRest(block, micros))
            Take(block, _ready.Wait(_numbers, block.Count > 0 ? 0 : IdleMillis), micros);

        _position += block.Count;
        Tell();
        return block.Count > 0 ? FrameSourceStatus.Frames : FrameSourceStatus.Idle;
    }

    public void Dispose()
    {
        _listeners.Dispose();
        _ready.Dispose();
        _datagrams.Dispose();
    }

    // Each socket in turn, so that a flood of one service does not silence the others.
    private void Take(FrameBlock block, ReadOnlySpan<int> ready, long micros)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var before = block.Count;
            foreach (var number in ready)
            {
                if (number >= _listeners.All.Count)
                {
                    if (round == 0)
                        PassBack(number - _listeners.All.Count);

                    continue;
                }

                _taken = new Taken(_listeners.All[number], _datagrams.Receive(_listeners.All[number].Socket));
                if (!TakeRest(block, micros))
                    return;
            }

            if (block.Count == before)
                return;
        }
    }

    // What was received is given whole before more is received; false when the block has no room for the rest.
    private bool TakeRest(FrameBlock block, long micros)
    {
        for (; _taken.Index < _taken.Count; _taken.Index++, _taken.Offset = 0)
        {
            var header = _datagrams.Header(_taken.Index);
            var payload = _datagrams.Payload(_taken.Index);
            do
            {
                var one = payload[_taken.Offset..];
                one = one[..Math.Min(one.Length, header.Each)];
                if (block.Count >= MostFrames || _filled + MostFrameBytes > block.Data.Length)
                    return false;

                Take(block, _taken.Listener!, header, one, micros);
                _taken.Offset += one.Length;
            }
            while (_taken.Offset < payload.Length);
        }

        return true;
    }

    private void Take(FrameBlock block, ReflectorListener listener, in Datagram header, ReadOnlySpan<byte> payload, long micros)
    {
        if (header.Destination is not { } destination || (listener.IsNetwork && !_listeners.Networks.Contains(destination)))
        {
            _elsewhere++;
            return;
        }

        _requests++;
        _requestBytes += payload.Length;
        Append(block, header, destination, listener.Port, payload, micros);
        if (header.SourcePort == 0)
            return;

        if (listener.Proxy is { } proxy)
        {
            var room = _budget.Admit(header.Source, payload.Length);
            if (room > 0 && !proxy.Pass(payload, listener.Socket, _datagrams.Name(_taken.Index), destination, room))
                _unpassed++;

            return;
        }

        var length = _budget.Answer(header.Source, listener.Service, payload, _answer);
        if (length > 0 && !_datagrams.Send(_taken.Index, destination, _answer.AsSpan(0, length)))
            _unsent++;
    }

    private void PassBack(int number)
    {
        var proxy = _listeners.Proxies[number / ProxiedAnswers.Count];
        var length = proxy.Take(number % ProxiedAnswers.Count, _answer, out var asked, out var name, out var from);
        if (length > 0 && _budget.Pay(length) && !asked!.Send(name, from, _answer.AsSpan(0, length)))
            _unsent++;
    }

    private void Append(FrameBlock block, in Datagram header, Address destination, ushort port, ReadOnlySpan<byte> payload, long micros)
    {
        var ip = destination.IsV4 ? 20 : 40;
        var length = ip + 8 + payload.Length;
        var kept = Math.Min(length, MostFrameBytes);
        var frame = block.Data.AsSpan(_filled, kept);
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
        payload[..(kept - ip - 8)].CopyTo(frame[(ip + 8)..]);
        var index = block.Add();
        (block.Offset[index], block.CapturedLength[index], block.WireLength[index]) = (_filled, kept, length);
        block.TimeMicros[index] = micros;
        _filled += kept;
    }

    private void Tell()
    {
        if (_time.GetElapsedTime(_looked) >= LookEvery)
        {
            _looked = _time.GetTimestamp();
            Interlocked.Exchange(ref _dropped, _listeners.Dropped);
        }

        Volatile.Write(ref _status, NewStatus());
    }

    private ReflectorStatus NewStatus() => _status with
    {
        Requests = _requests,
        RequestBytes = _requestBytes,
        Answers = _budget.Answers,
        AnswerBytes = _budget.AnswerBytes,
        HeldBySource = _budget.HeldBySource,
        HeldByNetwork = _budget.HeldByNetwork,
        HeldByRate = _budget.HeldByRate,
        HeldByRoom = _budget.HeldByRoom,
        StreamRequests = _listeners.StreamRequests,
        Unpassed = _unpassed,
        Elsewhere = _elsewhere,
        PortsInUse = _listeners.PortsInUse,
        Unsent = _unsent,
    };

    // What the buffer holds, and how far it has been given.
    private struct Taken(ReflectorListener listener, int count)
    {
        public readonly ReflectorListener? Listener => listener;

        public readonly int Count => count;

        public int Index;
        public int Offset;
    }
}
