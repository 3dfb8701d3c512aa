using System.Numerics;
using Kizashi.Analyze.State;

namespace Kizashi.Analyze.Reflections;

/// <summary>Distinct hashes of addresses: exact to 64, then by linear counting (Whang et al. 1990) in 2,048 bits.</summary>
internal sealed class DistinctHashes
{
    private const int Exact = 64;
    private const int Words = 32;
    private const int Bits = Words * 64;

    private readonly List<uint> _few = [];
    private ulong[]? _many;

    public int Count
    {
        get
        {
            if (_many is null)
                return _few.Count;

            var zeros = Math.Max(1, Bits - _many.Sum(word => BitOperations.PopCount(word)));
            return Math.Max(Exact, (int)Math.Round(Bits * Math.Log((double)Bits / zeros)));
        }
    }

    public void Add(uint hash)
    {
        if (_many is null)
        {
            if (_few.Contains(hash))
                return;

            if (_few.Count < Exact)
            {
                _few.Add(hash);
                return;
            }

            _many = new ulong[Words];
            _few.ForEach(Mark);
            _few.Clear();
        }

        Mark(hash);
    }

    public void Merge(DistinctHashes other)
    {
        other._few.ForEach(Add);
        if (other._many is null)
            return;

        _many ??= new ulong[Words];
        _few.ForEach(Mark);
        _few.Clear();
        for (var word = 0; word < Words; word++)
            _many[word] |= other._many[word];
    }

    public void Save(StateWriter writer)
    {
        writer.WriteSpan<uint>([.. _few]);
        writer.WriteSpan<ulong>(_many ?? []);
    }

    public static DistinctHashes Load(StateReader reader)
    {
        var hashes = new DistinctHashes();
        hashes._few.AddRange(reader.ReadSpan<uint>(Exact));
        var many = reader.ReadSpan<ulong>(Words);
        hashes._many = many.Length == 0 ? null : many;
        if (many.Length is not (0 or Words))
            throw new InvalidDataException("a set of addresses is of another size");

        return hashes;
    }

    private void Mark(uint hash) => _many![hash % Bits >> 6] |= 1UL << (int)(hash & 63);
}
