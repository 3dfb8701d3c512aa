using System.Runtime.CompilerServices;

namespace Kizashi.Analyze.Scans;

/// <summary>The first destinations of an event, kept in its own cache line.</summary>
[InlineArray(Capacity)]
internal struct InlineAddresses<TAddress>
    where TAddress : unmanaged
{
    public const int Capacity = 6;

    private TAddress _first;
}
