using Kizashi.Analyze.Cooperation.Factorization;

namespace Kizashi.Bench.Engines;

/// <summary>Invented packets per minute of many hosts, some of which act together.</summary>
internal static class BenchWindow
{
    private const int Minutes = 30;
    private const int Groups = 8;

    /// <summary>30 x hosts, row major: bursts of hosts on their own, and eight groups of one host in a hundred each.</summary>
    public static float[] Counts(int hosts)
    {
        var random = new Random(1);
        var counts = new float[Minutes * hosts];
        for (var host = 0; host < hosts; host++)
        {
            counts[(random.Next(Minutes) * hosts) + host] = 2;
            for (var burst = random.Next(1, 8); burst > 0; burst--)
                counts[(random.Next(Minutes) * hosts) + host] += random.Next(1, 12);
        }

        for (var group = 0; group < Groups; group++)
        {
            var minutes = Enumerable.Range(0, 3 + group).Select(_ => random.Next(Minutes)).ToArray();
            for (var host = group; host < hosts; host += 100)
            {
                foreach (var minute in minutes)
                    counts[(minute * hosts) + host] = 10 + random.Next(5);
            }
        }

        return counts;
    }

    /// <summary>Distinct cells by minute, /16 and port: background with popular ports, and five groups of 300 /16s in step.</summary>
    public static TensorCell[] Cells(int count)
    {
        var random = new Random(2);
        var cells = new Dictionary<(int Minute, int Group, int Port), float>(count);
        for (var campaign = 0; campaign < 5; campaign++)
        {
            for (var member = 0; member < 300; member++)
            {
                for (var minute = campaign; minute < Minutes; minute++)
                    cells[(minute, (member * 211) + campaign, 1000 + campaign)] = 4 + random.Next(4);
            }
        }

        while (cells.Count < count)
        {
            var (group, port) = (random.Next(65_536), (int)(65_536 * Math.Pow(random.NextDouble(), 6)));
            var first = random.Next(Minutes);
            for (var minute = first; minute < Math.Min(Minutes, first + random.Next(1, 4)) && cells.Count < count; minute++)
                cells[(minute, group, port)] = 2 + random.Next(6);
        }

        return [.. cells.Select(cell => new TensorCell(cell.Key.Minute, cell.Key.Group, cell.Key.Port, cell.Value))];
    }
}
