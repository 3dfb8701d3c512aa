using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Reflections;

/// <summary>An attack that is spread over a network; what it adds up to lies in the shards.</summary>
/// <param name="Network">A /24 or /48, or what is announced around several of them.</param>
/// <param name="First">Its first request, milliseconds since 1970 UTC: part of its name.</param>
/// <param name="Told">What was told of it.</param>
/// <param name="MaxPerMinute">Most requests in any minute, over all shards.</param>
/// <param name="MaxPerSlot">Most in any ten seconds.</param>
internal readonly record struct NetworkAttack(Prefix Network, long First, Told Told, long MaxPerMinute, long MaxPerSlot);
