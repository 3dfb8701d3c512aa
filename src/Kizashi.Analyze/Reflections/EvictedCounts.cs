using System.Numerics;
using Kizashi.Analyze.State;
using Kizashi.Analyze.Tables;

namespace Kizashi.Analyze.Reflections;

/// <summary>How many requests those had sent who lost their place, so that who comes again and again is found though a flood comes in between.</summary>
/// <remarks>
/// Count-mean-min sketches (Deng and Rafiei 2007) of the last one to two idle times: from each of four cells the mean load of others is taken off, and from
/// the median of them the spread of that load, so that chance alone makes nobody an attack. The cells of a key lie in one cache line. Nothing is allocated before somebody is evicted.
/// </remarks>
internal sealed class EvictedCounts(int most, long idleMillis)
{
    private const int Line = 32;
    private const int Rows = 4;

    private readonly int _lines = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(Line, most)) * 2;
    private ushort[] _now = [];
    private ushort[] _before = [];
    private long _nowSum;
    private long _beforeSum;
    private long _turned = long.MinValue;

    public void Add(UInt128 key, long requests, long millis)
    {
        if (_now.Length == 0)
            _now = new ushort[_lines * Line];

        Turn(millis);
        var hash = Hashing.Of(key, 7);
        for (var row = 0; row < Rows; row++)
        {
            ref var cell = ref _now[Cell(hash, row)];
            cell = (ushort)Math.Min(ushort.MaxValue, cell + requests);
        }

        _nowSum += requests;
    }

    /// <summary>Requests of the key, from below; 0 for whoever was never evicted.</summary>
    public long Find(UInt128 key, long millis)
    {
        if (_now.Length == 0)
            return 0;

        Turn(millis);
        var hash = Hashing.Of(key, 7);
        return Estimate(_now, _nowSum, hash) + Estimate(_before, _beforeSum, hash);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_turned);
        writer.Write(_nowSum);
        writer.Write(_beforeSum);
        writer.WriteSpan<ushort>(_now);
        writer.WriteSpan<ushort>(_before);
    }

    public void Load(StateReader reader)
    {
        _turned = reader.Read<long>();
        _nowSum = reader.Read<long>();
        _beforeSum = reader.Read<long>();
        _now = reader.ReadSpan<ushort>(_lines * Line);
        _before = reader.ReadSpan<ushort>(_lines * Line);
        if (_now.Length % (_lines * Line) != 0 || _before.Length % (_lines * Line) != 0)
            throw new InvalidDataException("the counts of the evicted are of another size");
    }

    private long Estimate(ushort[] cells, long sum, ulong hash)
    {
        if (cells.Length == 0 || sum == 0)
            return 0;

        // A row's cells are a quarter of all.
        var width = _lines * Line / Rows;
        Span<double> counts = stackalloc double[Rows];
        for (var row = 0; row < Rows; row++)
        {
            var cell = cells[Cell(hash, row)];
            counts[row] = cell - ((sum - cell) / (double)(width - 1));
        }

        counts.Sort();
        var spread = 2 * Math.Sqrt(sum / (double)width);
        return (long)Math.Round(Math.Max(0, ((counts[1] + counts[2]) / 2) - spread));
    }

    private int Cell(ulong hash, int row) =>
        ((int)(hash & (uint)(_lines - 1)) * Line) + (row * (Line / Rows)) + (int)(hash >> (40 + (row * 3)) & 7);

    private void Turn(long millis)
    {
        if (_turned == long.MinValue)
            _turned = millis;

        if (millis - _turned < idleMillis)
            return;

        var isLate = millis - _turned >= 2 * idleMillis;
        (_before, _beforeSum, _turned) = (isLate ? [] : _now, isLate ? 0 : _nowSum, millis);
        (_now, _nowSum) = (new ushort[_lines * Line], 0);
    }
}
