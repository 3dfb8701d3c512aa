using Kizashi.Analyze.State;
using Kizashi.Core.Addresses;

namespace Kizashi.Analyze.Reflections;

/// <summary>Prefixes in a saved state.</summary>
internal static class SavedPrefix
{
    public static void Write(StateWriter writer, Prefix prefix)
    {
        writer.Write(prefix.First.Value);
        writer.Write(prefix.Length);
    }

    public static Prefix Read(StateReader reader)
    {
        var address = new Address(reader.Read<UInt128>());
        return new Prefix(address, reader.ReadCount(address.Bits));
    }
}
