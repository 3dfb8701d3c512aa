using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Reflections;

/// <summary>One shard's part of an attack that is spread over a network.</summary>
internal sealed class ReflectedZone(Prefix network)
{
    private const int MostNamed = 16;

    private readonly List<Address> _named = [];

    public Prefix Network => network;

    public ReflectedSum Sum { get; private set; } = new();

    public DistinctHashes Members { get; private set; } = new();

    /// <summary>The first of them, by their addresses.</summary>
    public IReadOnlyList<Address> Named => _named;

    public void Take(Address member, in ReflectedRow row, UInt128 batch)
    {
        Add(member);
        Sum.Take(row, batch);
    }

    public void Merge(ReflectedNetwork part)
    {
        Sum.Merge(part.Sum);
        foreach (var member in part.Members)
            Add(member);
    }

    public void Merge(ReflectedZone part)
    {
        Sum.Merge(part.Sum);
        Members.Merge(part.Members);
        part._named.ForEach(Name);
    }

    public void Save(StateWriter writer)
    {
        SavedPrefix.Write(writer, network);
        Sum.Save(writer);
        Members.Save(writer);
        writer.WriteSpan<UInt128>([.. _named.Select(member => member.Value)]);
    }

    public static ReflectedZone Load(StateReader reader)
    {
        var zone = new ReflectedZone(SavedPrefix.Read(reader)) { Sum = ReflectedSum.Load(reader), Members = DistinctHashes.Load(reader) };
        foreach (var member in reader.ReadSpan<UInt128>(MostNamed))
            zone._named.Add(new Address(member));

        return zone;
    }

    private void Add(Address member)
    {
        Members.Add(Hash(member));
        Name(member);
    }

    private void Name(Address member)
    {
        if (_named.Count < MostNamed && !_named.Contains(member))
            _named.Add(member);
    }

    private static uint Hash(Address member) => (uint)Tables.Hashing.Of(member.Value, 11);
}
