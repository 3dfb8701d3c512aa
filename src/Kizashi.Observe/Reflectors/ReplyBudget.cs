using System.Security.Cryptography;
using Kizashi.Core.Addresses;

namespace Kizashi.Observe.Reflectors;

/// <summary>The one place that every answer of every service passes, whatever mode it is in. Used by one thread.</summary>
public sealed class ReplyBudget
{
    private const int Places = 1 << 18;
    private const int HeaderBytes4 = 28;
    private const int HeaderBytes6 = 48;
    private const int AttackPrefix4 = 24;
    private const int AttackPrefix6 = 48;

    private readonly ReplyLimits _limits;
    private readonly TimeProvider _time;
    private readonly ReplyCounts _sources;
    private readonly ReplyCounts _networks;
    private readonly long _started;
    private double _bytes;
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
        var millis = (long)_time.GetElapsedTime(_started).TotalMilliseconds;
        var one = _sources.Ask(Key(source, 0), millis);
        var network = _networks.Ask(Key(source, source.IsV4 ? 32 - AttackPrefix4 : 128 - AttackPrefix6), millis);
        if (one < 0 || network < 0)
        {
            HeldByRoom++;
            return 0;
        }

        ref var asked = ref _sources.At(one);
        if (asked.Answers >= _limits.SourcePerMinute || asked.Requests > _limits.SilentAfter)
        {
            HeldBySource++;
            return 0;
        }

        ref var around = ref _networks.At(network);
        if (around.Answers >= (around.Requests >= _limits.AttackedFrom ? _limits.AttackedPerMinute : _limits.PrefixPerMinute))
        {
            HeldByNetwork++;
            return 0;
        }

        // Both with their headers, as they weigh on a wire.
        var headers = source.IsV4 ? HeaderBytes4 : HeaderBytes6;
        var room = Math.Min(Math.Min(_limits.MostBytes, buffer.Length), ((request.Length + headers) * _limits.MostFactor) - headers);
        var length = service.Answer(request, buffer[..room]);
        if (length == 0)
            return 0;

        Fill(millis);
        if (_bytes < length)
        {
            HeldByRate++;
            return 0;
        }

        _bytes -= length;
        asked.Answers++;
        around.Answers++;
        Answers++;
        AnswerBytes += length;
        return length;
    }

    // The family is part of the key, and no key is zero.
    private static UInt128 Key(Address source, int bits) =>
        source.IsV4 ? ((UInt128)1 << 127) | (source.V4 >> bits) : ((source.Value >> bits) << 1) | 1;

    private void Fill(long millis)
    {
        _bytes = Math.Min(_limits.BytesPerSecond, _bytes + ((millis - _filled) / 1000.0 * _limits.BytesPerSecond));
        _filled = millis;
    }
}
