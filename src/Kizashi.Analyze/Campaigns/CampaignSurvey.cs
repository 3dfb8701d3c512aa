using System.Globalization;
using Kizashi.Analyze.Cooperation;
using Kizashi.Core.Addresses;
using Kizashi.Core.Campaigns;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;

namespace Kizashi.Analyze.Campaigns;

/// <summary>Gathers what the sources of a sensor do and groups them into campaigns.</summary>
/// <remarks>
/// Sources of fewer packets than the options say, answers and forged sources are left out. Bounded: of more sources than fit those that
/// came first are held, and the rest is counted.
/// </remarks>
public sealed class CampaignSurvey : IObservationSink
{
    private const int MostSources = 1 << 21;
    private const byte Tcp = 6;
    private const int NamedPorts = 3;
    private const int ListedPorts = 16;
    private const double PortShare = 0.1;

    private readonly Dictionary<Address, SourceDeeds>[] _shards;
    private readonly long[] _refused;
    private readonly CampaignOptions _options;
    private readonly int _most;

    /// <param name="shards">Shards in which the sensor delivers.</param>
    /// <param name="options">Thresholds.</param>
    public CampaignSurvey(int shards, CampaignOptions options)
    {
        _shards = [.. Enumerable.Range(0, shards).Select(_ => new Dictionary<Address, SourceDeeds>())];
        _refused = new long[shards];
        _options = options;
        _most = Math.Max(1, MostSources / shards);
    }

    public void Take(ObservationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Read(batch.Shard, batch.V4, Address.FromV4);
        Read(batch.Shard, batch.V6, Address.FromV6);
    }

    /// <summary>Adds what the store knows of a source; of one that is added so everything comes so.</summary>
    public void Add(SourceContact contact)
    {
        if (IsLeftOut(contact.Marks) || DeedsOf(0, contact.Source) is not { } deeds)
            return;

        var shape = ShapeOf(contact.Protocol, contact.Marks, contact.Ttl, (contact.SynLength, contact.SynWindow));
        deeds.Add(
            new SourceTouch(PortKey.Of(contact.Protocol, contact.Port), shape, contact.Hour), contact.Marks, contact.Packets);
    }

    public void Interval(long watermarkMillis)
    {
    }

    /// <summary>Groups everything that came so far.</summary>
    public CampaignReport Report(CancellationToken cancellation = default)
    {
        var sources = _shards.SelectMany(shard => shard)
            .Where(pair => pair.Value.Packets >= _options.MinPackets)
            .OrderBy(pair => pair.Key)
            .ToArray();
        var verdict = CampaignClustering.Cluster(
            [.. sources.Select(pair => pair.Value.Touches)], _options, cancellation);
        var members = sources.Zip(verdict.Labels).ToLookup(pair => pair.Second, pair => pair.First);
        var campaigns = Enumerable.Range(0, verdict.Campaigns).Select(label => Describe([.. members[label]])).ToArray();
        return new CampaignReport(
            [.. sources.Select(pair => pair.Key)], verdict.Labels, verdict.Neighbors, CampaignNames.Distinct(campaigns))
        {
            LeftOut = _refused.Sum(),
            MinPackets = _options.MinPackets,
        };
    }

    private void Read<TAddress>(int shard, FlowTuples<TAddress> rows, Func<TAddress, Address> toAddress)
        where TAddress : unmanaged
    {
        for (var row = 0; row < rows.Count; row++)
        {
            if (IsLeftOut(rows.Marks[row]))
                continue;

            if (DeedsOf(shard, toAddress(rows.Source[row])) is not { } deeds)
                continue;

            // ICMP keeps its type where others have the source port.
            var protocol = rows.Protocol[row];
            var port = PortKey.Of(protocol, protocol is 1 or 58 ? rows.SourcePort[row] : rows.DestinationPort[row]);
            var shape = ShapeOf(protocol, rows.Marks[row], rows.Ttl[row], (rows.SynLength[row], rows.SynWindow[row]));
            deeds.Add(new SourceTouch(port, shape, (int)(rows.Slot[row] / 3600)), rows.Marks[row], rows.Packets[row]);
        }
    }

    private SourceDeeds? DeedsOf(int shard, Address source)
    {
        var held = _shards[shard];
        if (held.TryGetValue(source, out var deeds))
            return deeds;

        if (held.Count < _most)
            return held[source] = new SourceDeeds();

        _refused[shard]++;
        return null;
    }

    // A fingerprint outweighs the spoof filter, which takes the high TTL of ZMap's datagrams for a sign of forgery.
    private static bool IsLeftOut(PacketMarks marks) =>
        (marks & PacketMarks.Backscatter) != 0 || ((marks & PacketMarks.Spoofed) != 0 && (marks & ToolNames.Marks) == 0);

    // Only what says something of a program. Datagrams differ from SYNs in all and by their port in length, so of those the
    // fingerprint alone; and each of Mirai's bots has a window of its own.
    private static uint ShapeOf(byte protocol, PacketMarks marks, byte ttl, (ushort Length, ushort Window) syn)
    {
        var window = (marks & PacketMarks.Mirai) != 0 ? (ushort)0 : syn.Window;
        var shape = PacketShape.Of(marks, Tcp, ttl, (0, syn.Length, window));
        if (protocol == Tcp)
            return shape.Value;

        return shape.Tool == 0 ? SourceTouch.NoShape : shape.ToolOnly.Value;
    }

    private static Campaign Describe(KeyValuePair<Address, SourceDeeds>[] members)
    {
        var ports = members
            .SelectMany(member => member.Value.Touches.Select(touch => touch.Port).Distinct())
            .CountBy(port => port)
            .Where(pair => pair.Value >= PortShare * members.Length)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key)
            .Take(ListedPorts)
            .Select(pair => PortKey.ToText(pair.Key))
            .ToArray();
        var tools = members.SelectMany(member => ToolNames.FromCounts(member.Value.Tools))
            .CountBy(tool => tool)
            .Where(pair => pair.Value * 2 >= members.Length)
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key)
            .ToArray();
        var first = Hour(members.Min(member => member.Value.Touches.Min(touch => touch.Hour)));
        var last = Hour(members.Max(member => member.Value.Touches.Max(touch => touch.Hour)) + 1);
        return new Campaign(
            NameOf(ports, tools, first), [.. members.Select(member => member.Key)], ports, tools, first, last,
            members.Sum(member => member.Value.Packets), HoursOf(members));
    }

    private static CampaignHour[] HoursOf(KeyValuePair<Address, SourceDeeds>[] members)
    {
        var hours = new SortedDictionary<int, (int Active, int Joined)>();
        foreach (var (_, deeds) in members)
        {
            var seen = deeds.Touches.Select(touch => touch.Hour).Distinct().Order().ToArray();
            for (var at = 0; at < seen.Length; at++)
            {
                var (active, joined) = hours.GetValueOrDefault(seen[at]);
                hours[seen[at]] = (active + 1, joined + (at == 0 ? 1 : 0));
            }
        }

        return [.. hours.Select(pair => new CampaignHour(Hour(pair.Key), pair.Value.Active, pair.Value.Joined))];
    }

    private static string NameOf(string[] ports, string[] tools, DateTimeOffset first)
    {
        var name = ports.Length == 0 ? "many ports" : string.Join('+', ports.Take(NamedPorts));
        if (ports.Length > NamedPorts)
            name += string.Create(CultureInfo.InvariantCulture, $"+{ports.Length - NamedPorts}");

        var tool = tools.Length > 0 ? " " + tools[0] : "";
        return name + tool + first.UtcDateTime.ToString(" yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset Hour(int hour) => DateTimeOffset.FromUnixTimeSeconds(hour * 3600L);
}
