using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Reflections;

/// <summary>Finds attacks that are spread over a network (carpet bombing), which no address of it shows, over all shards.</summary>
/// <remarks>
/// Within five minutes the same service is asked in the name of five addresses of a /24 or /48, and the hundred requests of the rule are those of the network; what
/// its busiest address alone has had is no sign of it. Who asks each reflector once per address is a scanner with several addresses, unless they are many. Two such networks
/// in one announced prefix are an attack on the prefix, and without a table of prefixes four in one /16 or /32.
/// </remarks>
internal sealed class NetworkJudge(ReflectionOptions options, IAddressBook? addresses)
{
    private const int MostAttacks = 1 << 20;
    private const int WiderAnnounced = 2;
    private const int WiderUnannounced = 4;
    private const int WiderLength4 = 16;
    private const int WiderLength6 = 32;

    private readonly SortedDictionary<Prefix, NetworkAttack> _attacks = [];

    public IEnumerable<NetworkAttack> Attacks => _attacks.Values;

    /// <summary>Looks at what has grown, and returns the networks that are attacked from now on.</summary>
    public IReadOnlyList<Prefix> FindNew(ReflectionShard[] shards, long watermark)
    {
        var found = new SortedSet<Prefix>();
        foreach (var key in shards.SelectMany(shard => shard.TakeGrownNetworks()).Distinct().Order())
        {
            ReflectedNetwork[] parts = [.. shards.Select(shard => shard.FindNetwork(key)).OfType<ReflectedNetwork>()];
            if (parts.Length > 0 && IsAttacked(parts, watermark))
                found.Add(parts[0].Network);
        }

        return [.. found];
    }

    /// <summary>The wider network that the attacks in it are one attack on; null for none.</summary>
    public Prefix? FindWider(Prefix network)
    {
        var announced = addresses is { IsLoaded: true } ? addresses.Lookup(network.First).Prefix : null;
        var wider = announced ?? new Prefix(network.First, network.IsV4 ? WiderLength4 : WiderLength6);
        if (wider.Length >= network.Length)
            return null;

        var inside = _attacks.Keys.Count(one => one.Length > wider.Length && wider.Contains(one.First));
        return inside >= (announced is null ? WiderUnannounced : WiderAnnounced) ? wider : null;
    }

    public void Set(NetworkAttack attack) => _attacks[attack.Network] = attack;

    public void Remove(Prefix network) => _attacks.Remove(network);

    public IReadOnlyList<NetworkAttack> Inside(Prefix network) =>
        [.. _attacks.Values.Where(attack => attack.Network.Length > network.Length && network.Contains(attack.Network.First))];

    public void Save(StateWriter writer)
    {
        writer.Write(_attacks.Count);
        foreach (var attack in _attacks.Values)
        {
            SavedPrefix.Write(writer, attack.Network);
            foreach (var number in (ReadOnlySpan<long>)[attack.First, attack.Told.Requests, attack.Told.At, attack.MaxPerMinute, attack.MaxPerSlot])
                writer.Write(number);
        }
    }

    public void Load(StateReader reader)
    {
        for (var count = reader.ReadCount(MostAttacks); count > 0; count--)
        {
            var network = SavedPrefix.Read(reader);
            var (first, requests, at) = (reader.Read<long>(), reader.Read<long>(), reader.Read<long>());
            _attacks[network] = new NetworkAttack(network, first, new Told(requests, at, true), reader.Read<long>(), reader.Read<long>());
        }
    }

    private bool IsAttacked(ReflectedNetwork[] parts, long watermark)
    {
        // Cheap, and nearly always enough: there were never a hundred.
        if (parts.Sum(part => part.Sum.Requests) < options.MinRequests)
            return false;

        var whole = new NetworkWindow();
        foreach (var part in parts)
            part.AddTo(whole, watermark, options);

        if (whole.Requests < options.MinRequests || whole.Members.Length < options.NetworkMembers)
            return false;

        var others = whole.Requests - whole.MostOfOne;
        var isSeveral = whole.Pairs.Count * 2L <= whole.Requests || whole.Members.Length >= NetworkWindow.MostMembers;
        return others * 2 >= options.MinRequests && isSeveral;
    }
}
