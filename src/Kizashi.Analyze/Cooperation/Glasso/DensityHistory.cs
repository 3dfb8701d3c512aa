using Kizashi.Analyze.State;

namespace Kizashi.Analyze.Cooperation.Glasso;

/// <summary>The densities of one penalty that are held for normal.</summary>
/// <remarks>
/// Dark-TRACER removes the largest density while Var(without) / Var(with) is at most theta. With z its distance from
/// the mean in standard deviations that is z² - 1 >= about n(1 - theta): of 432 windows 3.1 standard deviations, of
/// 144 only 2. Ours holds to the strictness of the whole history at any length: 1 - ratio must reach (1 - theta) *
/// whole / n.
/// </remarks>
internal sealed class DensityHistory
{
    private readonly int _whole;
    private readonly double _theta;
    private readonly int _least;
    private readonly int _settle;
    private readonly List<(long Window, double Density)> _normal = [];
    private readonly List<(long Window, double Density)> _apart = [];

    public DensityHistory(DarkGlassoOptions options)
    {
        _whole = options.History;
        _theta = options.Theta;
        _least = options.MinHistory;
        _settle = options.Settle;
    }

    public int Count => _normal.Count;

    /// <summary>Takes a window's density, later than all before.</summary>
    /// <param name="window">Its number.</param>
    /// <param name="density">Finite.</param>
    /// <param name="removed">Gains the windows that are held for normal no more: this one, or earlier ones unmasked
    /// by it.</param>
    /// <returns>
    /// How far it stands out: from 1 on it was removed. 0 while the history is too short, or if all densities are
    /// equal or higher.
    /// </returns>
    public double Judge(long window, double density, ICollection<long> removed)
    {
        _normal.RemoveAll(entry => entry.Window <= window - _whole);
        _normal.Add((window, density));
        if (_normal.Count <= _least)
            return 0;

        var score = 0d;
        for (var strength = Strength(out var most); ; strength = Strength(out most))
        {
            if (_normal[most].Window == window)
                score = strength;

            if (strength < 1)
                break;

            removed.Add(_normal[most].Window);
            if (_normal[most].Window == window)
                _apart.Add(_normal[most]);

            _normal.RemoveAt(most);
        }

        Settle(window);
        return score;
    }

    public void Save(StateWriter writer)
    {
        foreach (var entries in (List<(long Window, double Density)>[])[_normal, _apart])
        {
            writer.Write(entries.Count);
            foreach (var (window, density) in entries)
            {
                writer.Write(window);
                writer.Write(density);
            }
        }
    }

    public void Load(StateReader reader)
    {
        foreach (var entries in (List<(long Window, double Density)>[])[_normal, _apart])
        {
            entries.Clear();
            for (var left = reader.ReadCount(_whole); left > 0; left--)
                entries.Add((reader.Read<long>(), reader.Read<double>()));
        }
    }

    // A level that has lasted is no outbreak any more: else a change for good would stand out for as long as the
    // history remembers.
    private void Settle(long window)
    {
        if (_apart.Count > 0 && _apart[^1].Window != window)
            _apart.Clear();

        if (_apart.Count < _settle)
            return;

        _normal.Clear();
        _normal.AddRange(_apart);
        _apart.Clear();
    }

    // Two passes, so that no digits are lost to a mean far from 0; removals are few: each window is removed at most
    // once.
    private double Strength(out int most)
    {
        most = 0;
        var sum = 0d;
        for (var at = 0; at < _normal.Count; at++)
        {
            sum += _normal[at].Density;

            // Of equal densities the latest: it is the one that has news.
            if (_normal[at].Density >= _normal[most].Density)
                most = at;
        }

        var count = _normal.Count;
        var largest = _normal[most].Density;
        var (mean, without) = (sum / count, (sum - largest) / (count - 1));
        var (all, rest) = (0d, 0d);
        for (var at = 0; at < count; at++)
        {
            all += (_normal[at].Density - mean) * (_normal[at].Density - mean);
            rest += at == most ? 0 : (_normal[at].Density - without) * (_normal[at].Density - without);
        }

        // Densities that differ in their last digits only are equal.
        if (count <= _least || Math.Sqrt(all / count) <= 1e-12 * Math.Abs(largest))
            return 0;

        var ratio = rest / (count - 1) / (all / count);
        return Math.Max(0, (1 - ratio) * count / ((1 - _theta) * _whole));
    }
}
