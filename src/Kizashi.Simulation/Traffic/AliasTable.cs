namespace Kizashi.Simulation.Traffic;

/// <summary>Draws indexes by weight in constant time (Walker's alias method, built as Vose describes).</summary>
internal sealed class AliasTable
{
    private readonly double[] _keep;
    private readonly int[] _alias;

    public AliasTable(double[] weights)
    {
        var scale = weights.Length / weights.Sum();
        _keep = [.. weights.Select(weight => weight * scale)];
        _alias = new int[weights.Length];
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (var i = 0; i < _keep.Length; i++)
            (_keep[i] < 1 ? small : large).Push(i);

        while (small.Count > 0 && large.Count > 0)
        {
            var (poor, rich) = (small.Pop(), large.Pop());
            _alias[poor] = rich;
            _keep[rich] -= 1 - _keep[poor];
            (_keep[rich] < 1 ? small : large).Push(rich);
        }

        foreach (var rest in small.Concat(large))
            _keep[rest] = 1;
    }

    public int Draw(SeededRandom random)
    {
        var index = random.Below(_keep.Length);
        return random.Unit() < _keep[index] ? index : _alias[index];
    }
}
