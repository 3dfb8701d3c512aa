using System.Globalization;

namespace Kizashi.SensorHost;

/// <summary>Ports as people type them: 5351,9000-9100.</summary>
public static class PortList
{
    public static bool TryParse(string? text, out IReadOnlyList<ushort> ports)
    {
        var found = new SortedSet<ushort>();
        ports = [];
        foreach (var part in CommaList.Split(text))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !TryRead(ends[0], out var first) || !TryRead(ends[^1], out var last) || first > last)
                return false;

            for (var port = (int)first; port <= last; port++)
                found.Add((ushort)port);
        }

        ports = [.. found];
        return true;
    }

    private static bool TryRead(string text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port > 0;
}
