namespace Kizashi.Portal.Alerts;

/// <summary>What one site saw of an outbreak.</summary>
/// <param name="Sensor">Its name.</param>
/// <param name="Country">Where it stands, ISO 3166-1 alpha-2; empty if that is not known.</param>
/// <param name="First">When it first saw it; null: it did not.</param>
/// <param name="Packets">It saw.</param>
/// <param name="Peak">Most hosts in a window.</param>
/// <param name="Rate">Packets for each dark address; null when its dark space is not known.</param>
internal sealed record SensorSighting(string Sensor, string Country, DateTimeOffset? First, long Packets, long Peak, double? Rate);
