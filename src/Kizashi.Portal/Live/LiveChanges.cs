using Kizashi.Core.Sensors;

namespace Kizashi.Portal.Live;

/// <summary>What changed since the last time, for an open page.</summary>
/// <param name="Alerts">Some alert was opened, updated or closed: ask the store.</param>
/// <param name="Store">The store's state changed.</param>
/// <param name="Sensors">The newest status of each sensor that reported.</param>
internal sealed record LiveChanges(bool Alerts, bool Store, IReadOnlyList<SensorStatus> Sensors);
