using System.IO.Hashing;
using System.Numerics;
using System.Text;
using Kizashi.Analyze.Cooperation.Activity;
using Kizashi.Analyze.Cooperation.Baselines;
using Kizashi.Analyze.Cooperation.Engines;
using Kizashi.Analyze.State;
using Kizashi.Core.Findings;
using Kizashi.Core.Observations;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;

namespace Kizashi.Analyze.Cooperation;

/// <summary>Finds hosts of many networks that begin to act together on the same ports.</summary>
internal sealed class OutbreakAnalyzer : IAnalyzer
{
    private const int Version = 3;
    private const long MinuteMillis = 60_000;
    private const int WindowMinutes = 10;
    private const int LeastMembers = 8;
    private const int Block = 16;
    private const int LeastContacts = 1 << 10;
    private const string Sampled = "sampled";

    private readonly AnalyzeOptions _all;
    private readonly OutbreakOptions _options;
    private readonly string _sensor;
    private readonly int _count;
    private readonly SourceGroups _groups;
    private readonly long _loud;
    private ActivityShard[] _shards = null!;
    private GroupTable _window = null!;
    private MinuteContact[] _contacts = [];
    private DeliveryWatch _delivery = null!;
    private PortBaselines _baselines = null!;
    private Combination _combination = null!;
    private IReadOnlyList<IWindowEngine> _engines = null!;
    private long _number;
    private EngineStatus _status = null!;

    public OutbreakAnalyzer(AnalyzeOptions options, string sensor, int shards)
    {
        _all = options;
        _options = options.Outbreaks;
        _sensor = sensor;
        _count = shards;
        _groups = new SourceGroups(_options.Grouping, options.Addresses);
        _loud = (long)(_options.LoudPerMinute * Math.Max(1, options.Dark.SizeV4 / 65536.0));
        Reset();
    }

    public string Name => "outbreaks";

    public IReadOnlyList<AnalyzerLoss> Losses =>
    [
        new("forgotten", _baselines.Forgotten),
        new("refused", _combination.Refused),
        .. _engines.Select(engine => new AnalyzerLoss(engine.Status.Engine, engine.Status.GivenUp)),
    ];

    /// <summary>How each engine stands, by name.</summary>
    public IReadOnlyList<EngineStatus> Engines => [_status, .. _engines.Select(engine => engine.Status)];

    public void Observe(ObservationBatch batch) => _shards[batch.Shard].Observe(batch);

    public void Advance(long watermarkMillis, ICollection<Finding> findings)
    {
        foreach (var minute in Complete(watermarkMillis / MinuteMillis))
        {
            Reach(minute / WindowMinutes, findings);
            Merge(minute);
        }

        if (_number >= 0)
            Reach(watermarkMillis / WindowView.Millis, findings);
    }

    public void Finish(ICollection<Finding> findings)
    {
        foreach (var minute in Complete(long.MaxValue))
        {
            Reach(minute / WindowMinutes, findings);
            Merge(minute);
        }

        if (_number >= 0)
            Judge(findings);

        _combination.Finish(findings);
        Reset();
    }

    public void Save(Stream stream) => SavedState.Save(stream, (Name, Version), Fingerprint(), Write);

    public void Load(Stream stream) => SavedState.Load(
        stream, (Name, Version), (Fingerprint(), "made with other options, dark prefixes or number of shards"), Reset, Read);

    private void Write(StateWriter writer)
    {
        writer.Write(_number);
        foreach (var shard in _shards)
            shard.Save(writer);

        _window.Save(writer);
        _delivery.Save(writer);
        _baselines.Save(writer);
        _combination.Save(writer);
        writer.Write(_status.WindowEnd?.ToUnixTimeMilliseconds() ?? -1);
        writer.WriteText(_status.Condition);
        writer.Write(_status.Alarms);
        writer.Write(_status.GivenUp);
        foreach (var engine in _engines)
            engine.Save(writer);
    }

    private void Read(StateReader reader)
    {
        _number = reader.Read<long>();
        foreach (var shard in _shards)
            shard.Load(reader);

        _window.Load(reader);
        _delivery.Load(reader);
        _baselines.Load(reader);
        _combination.Load(reader);
        var end = reader.Read<long>();
        _status = new EngineStatus(
            EngineNames.Baseline, end < 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(end), reader.ReadText(),
            reader.Read<long>(), reader.Read<long>());
        foreach (var engine in _engines)
            engine.Load(reader);
    }

    private void Reset()
    {
        _shards = [.. Enumerable.Range(0, _count).Select(_ => new ActivityShard(_options))];
        _window = new GroupTable(_options.MaxGroupPorts);
        _delivery = new DeliveryWatch();
        _baselines = new PortBaselines(_options);
        _combination = new Combination(_options, _sensor, _groups, _baselines);
        _engines = _options.SlowEngines
            ? [new ChangeFinderEngine(), new GlassoEngine(), new NmfEngine(), new NtdEngine()]
            : [new ChangeFinderEngine()];
        _number = -1;
        _status = new EngineStatus(EngineNames.Baseline, null, EngineConditions.ShortHistory, 0, 0);
    }

    private ulong Fingerprint() => XxHash3.HashToUInt64(
        Encoding.UTF8.GetBytes($"{_count}|{_all.Dark.SizeV4}|{_options}|{string.Join(',', _engines.Select(engine => engine.Name))}"));

    // Minutes before the bound of which any shard has something.
    private long[] Complete(long bound) =>
    [
        .. _shards.SelectMany(shard => shard.Minutes.Keys.TakeWhile(minute => minute < bound)).Distinct().Order(),
    ];

    // Ends the windows before the number. Windows in which nothing was heard are stepped over: nothing is learned there.
    private void Reach(long number, ICollection<Finding> findings)
    {
        if (_number < 0)
            _number = number;

        if (_number >= number)
            return;

        Judge(findings);
        _number = number;
    }

    private void Merge(long minute)
    {
        var level = 0;
        var tables = new List<MinuteTable>();
        foreach (var shard in _shards)
        {
            if (!shard.Minutes.TryGetValue(minute, out var table))
                continue;

            tables.Add(table);
            level = Math.Max(level, table.Level);
        }

        (level, var held) = Hold(tables, level);
        var contacts = Contacts(tables, level, held);
        _window.Thin(level);
        AddAll(contacts);

        var others = contacts[..Surveys(contacts)];
        foreach (var engine in _engines)
            engine.Take(minute, others);

        _delivery.Hear(tables.Sum(table => table.Packets), DeliveryWatch.IsRepeated(contacts));
        foreach (var shard in _shards)
            shard.Drop(minute);
    }

    // The share of groups, not less thinned than any table, at which all tables together are within the bound.
    private (int Level, int Held) Hold(List<MinuteTable> tables, int level)
    {
        Span<int> counts = stackalloc int[65];
        counts.Clear();
        foreach (var table in tables)
        {
            foreach (ref readonly var activity in table.Places)
            {
                if (activity.Port != 0)
                    counts[BitOperations.LeadingZeroCount(SourceId.SampleHash(activity.Source))]++;
            }
        }

        var held = 0;
        foreach (var count in counts[level..])
            held += count;

        while (held > _options.MaxActivities)
            held -= counts[level++];

        return (level, held);
    }

    // Sorted, so that neither shards nor the order of packets matter from here on.
    private ReadOnlySpan<MinuteContact> Contacts(List<MinuteTable> tables, int level, int most)
    {
        if (_contacts.Length < most || _contacts.Length > Math.Max(LeastContacts, 8 * most))
            _contacts = new MinuteContact[Math.Max(LeastContacts, most + (most / 4))];

        var count = 0;
        foreach (var table in tables)
        {
            foreach (ref readonly var activity in table.Places)
            {
                if (activity.Port == 0 || !MinuteTable.IsSampled(activity.Source, level) || activity.Slots.Sum > _loud
                    || _all.KnownScanners?.NameOf(SourceGroups.AddressOf(activity.Source)) is not null)
                {
                    continue;
                }

                _contacts[count++] = new MinuteContact(_groups.Of(activity.Source), activity);
            }
        }

        var contacts = _contacts.AsSpan(0, count);
        contacts.Sort();
        return contacts;
    }

    // Where surveys begin. They are no engine's matter; a baseline judges them by how many networks they come from.
    private static int Surveys(ReadOnlySpan<MinuteContact> contacts)
    {
        var (low, high) = (0, contacts.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (contacts[middle].IsSurvey)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    // In blocks, so that all places are asked for before the first is needed.
    private void AddAll(ReadOnlySpan<MinuteContact> contacts)
    {
        Span<GroupActivity> block = stackalloc GroupActivity[Block];
        Span<ulong> hashes = stackalloc ulong[Block];
        for (var from = 0; from < contacts.Length; from += Block)
        {
            var count = Math.Min(Block, contacts.Length - from);
            for (var at = 0; at < count; at++)
            {
                block[at] = ToGroup(contacts[from + at]);
                hashes[at] = GroupTable.HashOf(block[at]);
                _window.Prefetch(hashes[at]);
            }

            for (var at = 0; at < count; at++)
                _window.Add(block[at], hashes[at]);
        }
    }

    private static GroupActivity ToGroup(in MinuteContact contact)
    {
        var activity = contact.Activity;
        return new GroupActivity
        {
            Group = contact.Group,
            Port = activity.Port,
            Shape = activity.Shape,
            Destinations = activity.Destinations,
            LeastDestination = activity.LeastDestination,
            Hosts = 1u << (int)(Tables.Hashing.Mix(activity.Source) >> 59),
            Example = activity.Source,
            Packets = activity.Slots.Sum,
        };
    }

    private void Judge(ICollection<Finding> findings)
    {
        var window = View();
        var held = _combination.Held();
        var alarms = _baselines.Judge(window.Number, window.Cells, window.IsWhole, held);
        var others = _engines.SelectMany(engine => engine.Judge(window)).ToList();
        _combination.Take(window, alarms, others, findings);
        _status = new EngineStatus(
            EngineNames.Baseline,
            window.End,
            window.Conditions.Count > 0 ? window.Conditions[0] : _baselines.IsReady ? "" : EngineConditions.ShortHistory,
            _status.Alarms + alarms.Count,
            _baselines.Forgotten + _combination.Refused);
        _window.Clear();
        _all.Listener?.Hear([.. alarms.Select(alarm => Row(alarm, window)), .. others.Select(Row)], Engines);
    }

    private EngineRow Row(BaselineAlarm alarm, WindowView window) => new(
        EngineNames.Baseline,
        window.End,
        [alarm.Cell.Key.Port == 0 ? EngineRow.AnyPort : PortKey.ToText(alarm.Cell.Key.Port)],
        alarm.Groups.Count,
        alarm.Score,
        alarm.Concentration > _options.Concentration ? "concentrated" : "");

    private static EngineRow Row(EngineAlarm alarm) => new(
        alarm.Engine, DateTimeOffset.FromUnixTimeMilliseconds(alarm.Window), [.. alarm.Ports.Select(PortKey.ToText)],
        alarm.Groups.Count, alarm.Score, alarm.Condition);

    private WindowView View()
    {
        foreach (var shard in _shards)
        {
            foreach (var delivery in shard.TakeDeliveries((_number + 1) * WindowMinutes))
                _delivery.Add(delivery);
        }

        var conditions = _delivery.EndWindow();
        if (_window.Level > 0)
            conditions.Add(Sampled);

        var activities = _window.Sorted();
        return new WindowView
        {
            Number = _number,
            Activities = activities,
            Cells = CellWindow.Of(activities, LeastMembers, _options.Concentration),
            Conditions = conditions,
            IsWhole = conditions.TrueForAll(condition => condition == Sampled),
            Batches = [.. _shards.SelectMany(shard => shard.TakeTrail())],
            IsSimulated = _shards.Any(shard => shard.IsSimulated),
        };
    }
}
