namespace Kizashi.Portal.Sensors;

/// <summary>One counter of what a sensor did not keep.</summary>
/// <param name="Name">Its text key.</param>
/// <param name="Count">Packets.</param>
/// <param name="IsLoss">Observation is missing because of it; false where leaving it out is right.</param>
internal sealed record LossCount(string Name, long Count, bool IsLoss);
