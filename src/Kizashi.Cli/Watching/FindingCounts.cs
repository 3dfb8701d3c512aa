using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kizashi.Analyze.Forecasting.Watching;
using Kizashi.Core;
using Kizashi.Core.Findings;
using Kizashi.Core.Forecasts;

namespace Kizashi.Cli.Watching;

/// <summary>Counts findings by the hour in which they began, each once, for series declared over them.</summary>
internal sealed class FindingCounts
{
    private const int MostEvents = 1_000_000;
    private const int MostHours = 14 * 24;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, Dictionary<string, EventCounts>> _hours = [];
    private HashSet<UInt128> _events = [];
    private HashSet<UInt128> _earlier = [];
    private IReadOnlyList<SeriesDeclaration> _declared = [];

    /// <summary>What to count from now on.</summary>
    public void Declare(IReadOnlyList<SeriesDeclaration> declared)
    {
        lock (_gate)
            _declared = [.. declared.Where(one => one.Over == SeriesOrigin.Findings)];
    }

    public void Add(IReadOnlyList<Finding> findings)
    {
        lock (_gate)
        {
            if (_declared.Count == 0)
                return;

            foreach (var finding in findings)
                Add(finding);
        }
    }

    /// <summary>Those that began in an hour, hours since 1970 UTC.</summary>
    public IReadOnlyDictionary<string, double> Of(SeriesDeclaration declaration, long hour)
    {
        lock (_gate)
            return _hours.GetValueOrDefault(hour)?.GetValueOrDefault(declaration.Name)?.Counts.ToDictionary() ?? [];
    }

    /// <summary>scan for a ScanFinding, reflector-attack for a ReflectorAttackFinding.</summary>
    internal static string TypeOf(Finding finding) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(finding.GetType().Name[..^nameof(Finding).Length]);

    private void Add(Finding finding)
    {
        var type = TypeOf(finding);
        var counted = _declared.Where(one => one.Kinds.Count == 0 || one.Kinds.Contains(type)).ToList();
        var id = XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(finding.EventId));
        if (counted.Count == 0 || _earlier.Contains(id) || !_events.Add(id))
            return;

        if (_events.Count >= MostEvents)
            (_earlier, _events) = (_events, []);

        var hour = finding.FirstSeen.ToUnixTimeSeconds() / 3600;
        if (!_hours.TryGetValue(hour, out var counts))
            _hours[hour] = counts = [];

        while (_hours.Count > MostHours)
            _hours.Remove(_hours.First().Key);

        var written = (JsonObject)JsonSerializer.SerializeToNode(finding, finding.GetType(), KizashiJson.Options)!;
        foreach (var declaration in counted)
        {
            if (!counts.TryGetValue(declaration.Name, out var own))
                counts[declaration.Name] = own = new EventCounts(declaration);

            own.Add(written);
        }
    }
}
