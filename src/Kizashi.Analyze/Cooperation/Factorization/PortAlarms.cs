using System.Runtime.InteropServices;

namespace Kizashi.Analyze.Cooperation.Factorization;

/// <summary>Which ports a group of hosts has in common.</summary>
internal sealed class PortAlarms
{
    private const double LeastShare = 0.3;
    private const int LeastHosts = 2;
    private const double Concentrated = 0.7;

    private readonly Contact[] _contacts;

    /// <param name="contacts">Of a window, in any order.</param>
    public PortAlarms(IEnumerable<Contact> contacts)
    {
        _contacts = [.. contacts];
        Array.Sort(_contacts, static (left, right) => (left.Column, left.Port).CompareTo((right.Column, right.Port)));
    }

    /// <summary>Ports of at least 2 hosts and at least 30 % of the group; most hosts first, then lower port.</summary>
    /// <param name="columns">The group, ascending, without repetition.</param>
    public IReadOnlyList<PortAlarm> Of(ReadOnlySpan<int> columns)
    {
        Dictionary<uint, int> hosts = [];
        foreach (var column in columns)
        {
            uint? last = null;
            foreach (ref readonly var contact in Contacts(column))
            {
                if (contact.Port != last)
                    CollectionsMarshal.GetValueRefOrAddDefault(hosts, contact.Port, out _)++;

                last = contact.Port;
            }
        }

        List<PortAlarm> alarms = [];
        foreach (var (port, count) in hosts)
        {
            var share = (double)count / columns.Length;
            if (count >= LeastHosts && share >= LeastShare)
                alarms.Add(new PortAlarm(port, count, share, IsConcentrated(columns, port)));
        }

        return [.. alarms.OrderByDescending(alarm => alarm.Hosts).ThenBy(alarm => alarm.Port)];
    }

    private bool IsConcentrated(ReadOnlySpan<int> columns, uint port)
    {
        Dictionary<ulong, (long Packets, int Pairs)> destinations = [];
        HashSet<ulong> ofHost = [];
        var (packets, pairs) = (0L, 0);
        foreach (var column in columns)
        {
            ofHost.Clear();
            foreach (ref readonly var contact in Contacts(column))
            {
                if (contact.Port != port)
                    continue;

                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(destinations, contact.Destination, out _);
                var isNew = ofHost.Add(contact.Destination) ? 1 : 0;
                sum = (sum.Packets + contact.Packets, sum.Pairs + isNew);
                packets += contact.Packets;
                pairs += isNew;
            }
        }

        return destinations.Values.Max(sum => sum.Packets) > Concentrated * packets
            && destinations.Values.Max(sum => sum.Pairs) > Concentrated * pairs;
    }

    private ReadOnlySpan<Contact> Contacts(int column)
    {
        var first = FirstAtLeast(column);
        var end = first;
        while (end < _contacts.Length && _contacts[end].Column == column)
            end++;

        return _contacts.AsSpan(first, end - first);
    }

    private int FirstAtLeast(int column)
    {
        var (low, high) = (0, _contacts.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_contacts[middle].Column < column)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
