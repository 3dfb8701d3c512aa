using System.Security.Cryptography;
using Kizashi.Core.Addresses;

namespace Kizashi.Observe.Reflectors;

/// <summary>The one place that every answer of every service passes, whatever mode it is in. Safe to use from several threads.</summary>
public sealed class ReplyBudget
{
    private const int Places = 1 << 17;
    private const int HeaderBytes4 = 28;
    private const int HeaderBytes6 = 48;
    private const int AttackPrefix4 = 24;
    private const int AttackPrefix6 = 48;

    private readonly Lock _gate = new();
    private readonly ReplyLimits _limits;
    private readonly TimeProvider _time;
    private readonly ReplyCounts _sources;
    private readonly ReplyCounts _networks;
    private readonly long _started;
    private double _bytes;
    private bool _isDry;
    private long _filled;

    public ReplyBudget(ReplyLimits limits, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(time);
        (_limits, _time, _bytes) = (limits, time, limits.BytesPerSecond);
        Span<byte> seeds = stackalloc byte[16];
        RandomNumberGenerator.Fill(seeds);
        _sources = new ReplyCounts(Places, BitConverter.ToUInt64(seeds));
        _networks = new ReplyCounts(Places, BitConverter.ToUInt64(seeds[8..]));
        _started = time.GetTimestamp();
    }

    /// <summary>Requests not answered since their source had had enough, or asks too often.</summary>
    public long HeldBySource { get; private set; }

    /// <summary>Requests not answered since their network had had enough.</summary>
    public long HeldByNetwork { get; private set; }

    /// <summary>Requests not answered by the rate over all.</summary>
    public long HeldByRate { get; private set; }

    /// <summary>Requests not answered since there was no room to count their source.</summary>
    public long HeldByRoom { get; private set; }

    /// <summary>Answers let through.</summary>
    public long Answers { get; private set; }

    /// <summary>Their bytes of payload.</summary>
    public long AnswerBytes { get; private set; }

    /// <summary>Counts a request, makes its answer if one may leave, and lets through what is within the bounds.</summary>
    /// <param name="source">Who claims to ask.</param>
    /// <param name="service">Makes the answer.</param>
    /// <param name="request">The datagram's payload.</param>
    /// <param name="buffer">Where the answer goes, at least 1,472 bytes.</param>
    /// <returns>Bytes to be sent, 0 for none.</returns>
    public int Answer(Address source, IReflectorService service, ReadOnlySpan<byte> request, Span<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            if (!TryAdmit(source, out var one, out var network))
                return 0;

            // Under a flood there is nothing to pay with, and no answer need be made to find that out.
            if (IsDry())
            {
                HeldByRate++;
                return 0;
            }

            var room = Math.Min(RoomFor(source, request.Length), buffer.Length);
            var length = service.Answer(request, buffer[..room]);
            if (length == 0 || !TryPay(length))
                return 0;

            CountAnswer(one, network);
            return length;
        }
    }

    /// <summary>Counts a request whose answer will come later, and tells how many bytes it may have; 0 when there may be none.</summary>
    /// <remarks>It counts as answered at once, so that nobody can make a real server work for more. What comes must be paid for by <see cref="Pay"/>.</remarks>
    public int Admit(Address source, int requestLength)
    {
        lock (_gate)
        {
            if (!TryAdmit(source, out var one, out var network))
                return 0;

            CountAnswer(one, network);
            return RoomFor(source, requestLength);
        }
    }

    /// <summary>Whether so many bytes of payload may leave now.</summary>
    public bool Pay(int length)
    {
        lock (_gate)
            return TryPay(length);
    }

    /// <summary>For a request over TCP, whose source is not forged: only the rate over all bounds it.</summary>
    public int AnswerStream(IStreamService service, ReadOnlySpan<byte> request, Span<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            var length = service.AnswerStream(request, buffer);
            return length > 0 && TryPay(length) ? length : 0;
        }
    }

    // Both with their headers, as they weigh on a wire.
    private int RoomFor(Address source, int requestLength)
    {
        var headers = source.IsV4 ? HeaderBytes4 : HeaderBytes6;
        return Math.Min(_limits.MostBytes, ((requestLength + headers) * _limits.MostFactor) - headers);
    }

    private bool TryAdmit(Address source, out int one, out int network)
    {
        var millis = Now();
        one = _sources.Ask(Key(source, 0), millis);
        network = _networks.Ask(Key(source, source.IsV4 ? 32 - AttackPrefix4 : 128 - AttackPrefix6), millis);
        if (one < 0 || network < 0)
        {
            HeldByRoom++;
            return false;
        }

        ref var asked = ref _sources.At(one);
        if (asked.Answers >= _limits.SourcePerMinute || asked.Requests > _limits.SilentAfter)
        {
            HeldBySource++;
            return false;
        }

        ref var around = ref _networks.At(network);
        if (around.Answers >= (around.Requests >= _limits.AttackedFrom ? _limits.AttackedPerMinute : _limits.PrefixPerMinute))
        {
            HeldByNetwork++;
            return false;
        }

        return true;
    }

    private void CountAnswer(int source, int network)
    {
        _sources.At(source).Answers++;
        _networks.At(network).Answers++;
    }

    private bool TryPay(int length)
    {
        Fill(Now());
        if (_bytes < length)
        {
            HeldByRate++;
            _isDry = true;
            return false;
        }

        _bytes -= length;
        Answers++;
        AnswerBytes += length;
        return true;
    }

    // Once it has run out, it is out until the largest answer can be paid for.
    private bool IsDry()
    {
        if (!_isDry)
            return false;

        Fill(Now());
        _isDry = _bytes < Math.Min(_limits.MostBytes, _limits.BytesPerSecond);
        return _isDry;
    }

    private long Now() => (long)_time.GetElapsedTime(_started).TotalMilliseconds;

    // The family is part of the key, and no key is zero.
    private static UInt128 Key(Address source, int bits) =>
        source.IsV4 ? ((UInt128)1 << 127) | (source.V4 >> bits) : ((source.Value >> bits) << 1) | 1;

    private void Fill(long millis)
    {
        _bytes = Math.Min(_limits.BytesPerSecond, _bytes + ((millis - _filled) / 1000.0 * _limits.BytesPerSecond));
        _filled = millis;
    }
}
