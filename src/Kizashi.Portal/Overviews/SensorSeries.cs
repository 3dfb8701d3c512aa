using Kizashi.Core.Storage;

namespace Kizashi.Portal.Overviews;

/// <summary>Packets of one sensor over time; an empty name stands for all sensors together.</summary>
internal sealed record SensorSeries(string Sensor, IReadOnlyList<SeriesPoint> Points);
