using Kizashi.Core.Observations;

namespace Kizashi.Testing.Reference;

/// <summary>
/// The RSDoS rule, the slow and obvious way: sort all answers, cut where a whole aligned minute is empty, try every
/// window.
/// </summary>
public static class ReferenceVictims
{
    public static IReadOnlyList<ReferenceVictim> Find(
        IEnumerable<AnswerPacket> packets, ReferenceThresholds? thresholds = null)
    {
        thresholds ??= new ReferenceThresholds();
        var victims = packets
            .GroupBy(packet => (packet.Victim, packet.Protocol))
            .SelectMany(Cut)
            .Select(Describe)
            .Where(victim => victim.Packets >= thresholds.VictimPackets
                && victim.LastMillis - victim.FirstMillis >= 1000L * thresholds.VictimSeconds
                && victim.MaxPacketsPerMinute >= thresholds.VictimPacketsPerMinute);
        return [.. victims.OrderBy(victim => victim.Victim).ThenBy(victim => victim.Protocol)
            .ThenBy(victim => victim.FirstMillis)];
    }

    private static IEnumerable<IReadOnlyList<AnswerPacket>> Cut(IEnumerable<AnswerPacket> packets)
    {
        var vector = new List<AnswerPacket>();
        foreach (var packet in packets.OrderBy(packet => packet.Millis))
        {
            if (vector.Count > 0 && (packet.Millis / 60_000) - (vector[^1].Millis / 60_000) >= 2)
            {
                yield return vector;
                vector = [];
            }

            vector.Add(packet);
        }

        if (vector.Count > 0)
            yield return vector;
    }

    private static ReferenceVictim Describe(IReadOnlyList<AnswerPacket> packets)
    {
        var slots = packets.GroupBy(packet => packet.Millis / 10_000)
            .ToDictionary(slot => slot.Key, slot => slot.Count());
        var most = 0;
        foreach (var end in slots.Keys)
            most = Math.Max(most, Enumerable.Range(0, 6).Sum(before => slots.GetValueOrDefault(end - before)));

        var reasons = packets.Aggregate(BackscatterReason.None, (all, packet) => all | packet.Reason);
        (BackscatterReason Reason, string Name)[] names =
        [
            (BackscatterReason.SynAck, "syn-ack"), (BackscatterReason.Rst, "rst"),
            (BackscatterReason.IcmpReply, "icmp-reply"), (BackscatterReason.IcmpError, "icmp-error"),
        ];
        return new ReferenceVictim(
            packets[0].Victim,
            packets[0].Protocol,
            packets[0].Millis,
            packets[^1].Millis,
            packets.Count,
            packets.Sum(packet => (long)packet.Length),
            most,
            packets.Count(packet => packet.IsMismatch),
            packets.Where(packet => packet.Millis == packets[0].Millis).Min(packet => packet.VictimPort),
            string.Join(',', names.Where(name => (reasons & name.Reason) != 0).Select(name => name.Name)));
    }
}
