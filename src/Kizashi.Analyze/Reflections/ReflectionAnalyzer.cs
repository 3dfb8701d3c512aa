using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;

namespace Kizashi.Analyze.Reflections;

/// <summary>Finds victims of amplification attacks by the requests that come to reflectors in their name.</summary>
/// <remarks>
/// It may take the batches of several sensors, whose source is in the same shard of each: what they see is judged as one.
/// All services of a victim together are one attack, and so are its pulses within the idle time; an attack spread over a network is one attack on the network.
/// </remarks>
internal sealed class ReflectionAnalyzer(ReflectionOptions options, int shards, IAddressBook? addresses = null) : IAnalyzer
{
    private const int Version = 3;

    // Names events whichever sensors see them.
    private const string Anywhere = "reflectors";

    private ReflectionShard[] _shards = Fresh(options, shards);
    private readonly ToldPace _pace = new();
    private readonly SensorTable _sensors = new();
    private NetworkJudge _networks = new(options, addresses);
    private long _untold;

    public string Name => "reflections";

    public IReadOnlyList<AnalyzerLoss> Losses =>
        [new("evicted", _shards.Sum(shard => shard.Evicted)), new("refused", _shards.Sum(shard => shard.Refused)), new("untold", _untold)];

    public void Observe(ObservationBatch batch) => _shards[batch.Shard].Observe(batch, _sensors.PlaceOf(batch.Sensor));

    public void Advance(long watermarkMillis, ICollection<Finding> findings)
    {
        // An hour's silence ends an attack; the state of a source that is none is forgotten with it.
        EndBefore(watermarkMillis - (options.IdleSeconds * 1000L), findings);
        foreach (var network in _networks.FindNew(_shards, watermarkMillis))
            Begin(network, watermarkMillis, findings);

        foreach (var attack in _networks.Attacks.ToArray())
            TellNews(attack, watermarkMillis, findings);

        // The largest first: what there is no room for now is told later.
        var news = _shards.SelectMany(shard => shard.News(watermarkMillis).Select(source => (Shard: shard, Source: source)))
            .OrderByDescending(item => item.Source.Sum.Requests).ThenBy(item => item.Source.Address);
        foreach (var (shard, source) in news)
        {
            if (source.Told.Requests == 0 && !_pace.MayBegin(source.IsConfirmed, watermarkMillis))
                continue;

            shard.Tell(source, watermarkMillis);
            findings.Add(Tell(source, FindingState.Ongoing));
        }
    }

    public void Finish(ICollection<Finding> findings)
    {
        // What nobody has told of yet is told with its end.
        foreach (var shard in _shards)
            _ = shard.News(long.MaxValue);

        EndBefore(long.MaxValue, findings);
    }

    public void Save(Stream stream) => SavedState.Save(stream, (Name, Version), Fingerprint(), Write);

    public void Load(Stream stream) => SavedState.Load(
        stream, (Name, Version), (Fingerprint(), "the state was made with other thresholds or another number of shards"), Reset, Read);

    private static ReflectionShard[] Fresh(ReflectionOptions options, int shards) =>
        [.. Enumerable.Range(0, shards).Select(_ => new ReflectionShard(options, shards))];

    private void Reset() => (_shards, _networks) = (Fresh(options, shards), new NetworkJudge(options, addresses));

    private void Write(StateWriter writer)
    {
        foreach (var shard in _shards)
            shard.Save(writer);

        _networks.Save(writer);
        _pace.Save(writer);
        _sensors.Save(writer);
        writer.Write(_untold);
    }

    private void Read(StateReader reader)
    {
        foreach (var shard in _shards)
            shard.Load(reader);

        _networks.Load(reader);
        _pace.Load(reader);
        _sensors.Load(reader);
        _untold = reader.Read<long>();
    }

    private ulong Fingerprint() => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{shards}|{options}"));

    private void EndBefore(long idle, ICollection<Finding> findings)
    {
        var over = _shards.SelectMany(shard => shard.EndBefore(idle)).OrderBy(source => source.Sum.Last).ThenBy(source => source.Address);
        foreach (var source in over)
        {
            if (source.Told.Requests > 0 || _pace.MayBegin(source.IsConfirmed, source.Sum.Last))
                findings.Add(Tell(source, FindingState.Ended));
            else
                _untold++;
        }

        foreach (var attack in _networks.Attacks.ToArray())
        {
            if (_shards.Max(shard => shard.FindZone(attack.Network)?.Sum.Last ?? 0) >= idle)
                continue;

            var zone = Whole(attack.Network);
            findings.Add(Tell(Grown(attack, zone), zone, FindingState.Ended));
            End(attack.Network);
        }
    }

    private void End(Prefix network)
    {
        _networks.Remove(network);
        foreach (var shard in _shards)
            shard.EndZone(network);
    }

    // First the whole, then what turned out to be part of it.
    private void Begin(Prefix network, long watermark, ICollection<Finding> findings)
    {
        // A wider one may have begun meanwhile.
        if (_networks.Attacks.Any(attack => attack.Network.Length <= network.Length && attack.Network.Contains(network.First)))
            return;

        ReflectedSource[] parts = [.. _shards.SelectMany(shard => shard.BeginZone(network)).OrderBy(source => source.Address)];
        var inside = _networks.Inside(network);
        var zone = Whole(network);
        var attack = Grown(new NetworkAttack(network, zone.Sum.First, default, 0, 0), zone) with { Told = new Told(zone.Sum.Requests, watermark, true) };
        _networks.Set(attack);
        var whole = Tell(attack, zone, FindingState.Ongoing);
        findings.Add(whole);
        var wider = new WiderAttack(network, whole.EventId);
        foreach (var part in inside)
        {
            _networks.Remove(part.Network);
            if (part.Told.Requests > 0)
                findings.Add(Tell(part, new ReflectedZone(part.Network), FindingState.Ended) with { PartOf = wider, LastSeen = whole.LastSeen });
        }

        foreach (var part in parts)
            findings.Add(Tell(part, FindingState.Ended) with { PartOf = wider });

        if (_networks.FindWider(network) is { } larger)
            Begin(larger, watermark, findings);
    }

    private void TellNews(NetworkAttack before, long watermark, ICollection<Finding> findings)
    {
        // Hardly any of them gains something in one interval.
        if (_shards.Sum(shard => shard.FindZone(before.Network)?.Sum.Requests ?? 0) == before.Told.Requests)
            return;

        var zone = Whole(before.Network);
        var attack = Grown(before, zone);
        if (before.Told.IsNews(zone.Sum.Requests, isConfirmed: true, watermark))
        {
            attack = attack with { Told = new Told(zone.Sum.Requests, watermark, true) };
            findings.Add(Tell(attack, zone, FindingState.Ongoing));
        }

        _networks.Set(attack);
    }

    private ReflectedZone Whole(Prefix network)
    {
        var whole = new ReflectedZone(network);
        foreach (var part in _shards.Select(shard => shard.FindZone(network)).OfType<ReflectedZone>())
            whole.Merge(part);

        return whole;
    }

    private static NetworkAttack Grown(NetworkAttack attack, ReflectedZone zone) => attack with
    {
        MaxPerMinute = Math.Max(attack.MaxPerMinute, zone.Sum.MaxPerMinute),
        MaxPerSlot = Math.Max(attack.MaxPerSlot, zone.Sum.MaxPerSlot),
    };

    private ReflectorAttackFinding Tell(ReflectedSource source, FindingState state) =>
        Tell(source.Sum, state, Prefix.Of(source.Address), EventIds.Of(Anywhere, "reflector-attack", source.Address.Value, (ulong)source.Sum.First)) with
        {
            Confirmed = source.IsConfirmed,
        };

    // The parts of a zone that went into a wider one are told as they were last told.
    private ReflectorAttackFinding Tell(NetworkAttack attack, ReflectedZone zone, FindingState state)
    {
        var name = EventIds.Of(Anywhere, "reflector-network", attack.Network.First.Value, (ulong)attack.Network.Length, (ulong)attack.First);
        return Tell(zone.Sum, state, attack.Network, name) with
        {
            FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(attack.First),
            LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(attack.First, zone.Sum.Last)),
            Requests = Math.Max(attack.Told.Requests, zone.Sum.Requests),
            Score = (double)Math.Max(attack.Told.Requests, zone.Sum.Requests) / options.MinRequests,
            MaxPerMinute = attack.MaxPerMinute,
            MaxPerSecond = attack.MaxPerSlot / 10.0,
            Victims = Math.Max(1, zone.Members.Count),
            Members = [.. zone.Named.Order()],
            Confirmed = true,
        };
    }

    private ReflectorAttackFinding Tell(ReflectedSum sum, FindingState state, Prefix victim, string eventId)
    {
        string[] sensors = [.. sum.Sensors.Select(_sensors.NameOf).OfType<string>()];
        return new ReflectorAttackFinding
        {
            EventId = eventId,
            State = state,
            FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(sum.First == long.MaxValue ? 0 : sum.First),
            LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(sum.Last),
            Sensor = sensors.FirstOrDefault(Anywhere),
            Sensors = sensors,
            Score = (double)sum.Requests / options.MinRequests,
            Victim = victim,
            Ports = [.. sum.Vectors.Select(vector => vector.Port)],
            Vectors = sum.Vectors,
            Requests = sum.Requests,
            Bytes = sum.Bytes,
            WantedBytes = sum.WantedBytes,
            MaxPerMinute = sum.MaxPerMinute,
            MaxPerSecond = sum.MaxPerSlot / 10.0,
            PerSecond = state == FindingState.Ended ? 0 : sum.InSlot / 10.0,
            Reflectors = sum.Reflectors.Count,
            Confirmed = false,
            Commands = sum.Traits.Commands,
            Hints = sum.Traits.Hints(sum.Requests),
            Fingerprint = sum.Traits.Fingerprint(sum.Services),
            Minutes = sum.Minutes,
            Batches = [.. sum.Batches.Select(batch => batch.ToString("x32", CultureInfo.InvariantCulture))],
            Simulated = _shards.Any(shard => shard.IsSimulated),
        };
    }
}
