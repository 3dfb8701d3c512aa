using Kizashi.Core.Addresses;
using Kizashi.Core.Observations;
using Kizashi.Testing.Reference;

namespace Kizashi.Analyze.Tests.Feeding;

/// <summary>Aggregates answers to Backscatter, in the order in which their keys first came.</summary>
internal static class BackscatterColumns
{
    public static void Fill<TAddress>(
        Backscatter<TAddress> rows, IEnumerable<AnswerPacket> answers, Func<Address, TAddress> toColumn)
        where TAddress : unmanaged
    {
        foreach (var row in answers.GroupBy(answer => (Slot: answer.Millis / 10_000, answer.Victim, answer.Protocol)))
        {
            var at = rows.Count++;
            rows.EnsureCapacity(rows.Count);
            rows.Slot[at] = (uint)(row.Key.Slot * 10);
            rows.Victim[at] = toColumn(row.Key.Victim);
            rows.Protocol[at] = row.Key.Protocol;
            rows.Reasons[at] = row.Aggregate(BackscatterReason.None, (all, answer) => all | answer.Reason);
            rows.VictimPort[at] = row.OrderBy(answer => answer.Millis).ThenBy(answer => answer.VictimPort)
                .First().VictimPort;
            rows.Packets[at] = (uint)row.Count();
            rows.Bytes[at] = (ulong)row.Sum(answer => answer.Length);
            rows.Mismatches[at] = (uint)row.Count(answer => answer.IsMismatch);
            rows.First[at] = (ushort)(row.Min(answer => answer.Millis) % 10_000);
            rows.Last[at] = (ushort)(row.Max(answer => answer.Millis) % 10_000);
            foreach (var answer in row)
            {
                rows.DarkAddresses[at] = rows.DarkAddresses[at]
                    .Add((ulong)answer.Destination.Value * 0x9E3779B97F4A7C15);
                rows.VictimPorts[at] = rows.VictimPorts[at].Add((answer.VictimPort + 1UL) * 0x9E3779B97F4A7C15);
            }
        }
    }
}
