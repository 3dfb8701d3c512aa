using System.Text.Json.Serialization;

namespace Kizashi.Core.Storage;

/// <summary>From inclusive, To exclusive, UTC.</summary>
public readonly record struct TimeRange(DateTimeOffset From, DateTimeOffset To)
{
    [JsonIgnore]
    public TimeSpan Length => To - From;

    /// <summary>The range of the same length that ends where this one starts.</summary>
    [JsonIgnore]
    public TimeRange Before => new(From - Length, From);

    public static TimeRange Last(TimeSpan length, DateTimeOffset now) => new(now - length, now);
}
