using System.Text.Json.Nodes;
using Kizashi.Core.Alerts;

namespace Kizashi.Warn.LifeCycle;

/// <summary>What one event, or the sum of several given up, has given to the sums of an alert.</summary>
internal sealed class TrackedEvent
{
    private const string IdKey = "id";
    private const string EndedKey = "ended";
    private const string CountKey = "events";

    private readonly long[] _sums = new long[SumKeys.Length];

    public TrackedEvent(string id) => Id = id;

    public static string[] SumKeys { get; } =
        [AlertDetails.Packets, AlertDetails.Bytes, AlertDetails.Mismatches, AlertDetails.Lost, AlertDetails.WantedBytes];

    public string Id { get; }

    public bool Ended { get; set; }

    /// <summary>How many events were added into this one.</summary>
    public long Count { get; private set; }

    public static TrackedEvent FromJson(JsonObject json)
    {
        var tracked = new TrackedEvent((string?)json[IdKey] ?? "")
        {
            Ended = (bool?)json[EndedKey] ?? false,
            Count = (long?)json[CountKey] ?? 0,
        };
        for (var index = 0; index < SumKeys.Length; index++)
            tracked._sums[index] = (long?)json[SumKeys[index]] ?? 0;

        return tracked;
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (Id.Length > 0)
            json[IdKey] = Id;

        if (Count > 0)
            json[CountKey] = Count;

        for (var index = 0; index < SumKeys.Length; index++)
        {
            if (_sums[index] != 0)
                json[SumKeys[index]] = _sums[index];
        }

        if (Ended)
            json[EndedKey] = true;

        return json;
    }

    public long Sum(int key) => _sums[key];

    /// <summary>Raises the sums to what the event has now; false when none has grown.</summary>
    public bool Grow(JsonObject details)
    {
        var grown = false;
        for (var index = 0; index < SumKeys.Length; index++)
        {
            if (details[SumKeys[index]] is not JsonValue value || !value.TryGetValue(out long now) || now <= _sums[index])
                continue;

            _sums[index] = now;
            grown = true;
        }

        return grown;
    }

    public void Add(TrackedEvent other)
    {
        Count++;
        for (var index = 0; index < SumKeys.Length; index++)
            _sums[index] += other._sums[index];
    }
}
