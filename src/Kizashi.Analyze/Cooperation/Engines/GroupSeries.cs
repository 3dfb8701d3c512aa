using Kizashi.Analyze.State;

namespace Kizashi.Analyze.Cooperation.Engines;

/// <summary>Packets of each group in the samples of a window: the matrix that engines judge.</summary>
/// <param name="samples">Rows.</param>
/// <param name="most">Groups held at most; more are counted and left out.</param>
internal sealed class GroupSeries(int samples, int most)
{
    private readonly SortedDictionary<ulong, float[]> _groups = [];

    /// <summary>Contacts of groups left out for want of room.</summary>
    public long GivenUp { get; private set; }

    public void Add(ulong group, int sample, float packets)
    {
        if (!_groups.TryGetValue(group, out var row))
        {
            if (_groups.Count >= most)
            {
                GivenUp++;
                return;
            }

            _groups[group] = row = new float[samples];
        }

        row[sample] += packets;
    }

    /// <summary>The matrix, samples in rows and groups in columns in rising order; then starts over.</summary>
    public (float[] Counts, ulong[] Groups) Take()
    {
        var groups = _groups.Keys.ToArray();
        var counts = new float[samples * groups.Length];
        foreach (var (column, series) in _groups.Values.Index())
        {
            for (var sample = 0; sample < samples; sample++)
                counts[(sample * groups.Length) + column] = series[sample];
        }

        _groups.Clear();
        return (counts, groups);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(GivenUp);
        writer.WriteSpan<ulong>([.. _groups.Keys]);
        foreach (var series in _groups.Values)
            writer.WriteSpan<float>(series);
    }

    public void Load(StateReader reader)
    {
        GivenUp = reader.Read<long>();
        foreach (var group in reader.ReadSpan<ulong>(most))
        {
            var series = reader.ReadSpan<float>(samples);
            _groups[group] = series.Length == samples ? series : throw new InvalidDataException("a series of another length");
        }
    }
}
