using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Reflections;

/// <summary>One shard's part of an attack that is spread over a network.</summary>
internal sealed class ReflectedZone(Prefix network)
{
    public Prefix Network => network;

    public ReflectedSum Sum { get; private set; } = new();

    public DistinctHashes Members { get; private set; } = new();

    public void Take(Address member, in ReflectedRow row, UInt128 batch)
    {
        Members.Add(Hash(member));
        Sum.Take(row, batch);
    }

    public void Merge(ReflectedNetwork part)
    {
        Sum.Merge(part.Sum);
        foreach (var member in part.Members)
            Members.Add(Hash(member));
    }

    public void Merge(ReflectedZone part)
    {
        Sum.Merge(part.Sum);
        Members.Merge(part.Members);
    }

    public void Save(StateWriter writer)
    {
        SavedPrefix.Write(writer, network);
        Sum.Save(writer);
        Members.Save(writer);
    }

    public static ReflectedZone Load(StateReader reader) =>
        new(SavedPrefix.Read(reader)) { Sum = ReflectedSum.Load(reader), Members = DistinctHashes.Load(reader) };

    private static uint Hash(Address member) => (uint)Tables.Hashing.Of(member.Value, 11);
}
