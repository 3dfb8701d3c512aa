using System.Runtime.CompilerServices;

namespace Kizashi.Analyze.Cooperation.Activity;

/// <summary>Packets in each of a minute's six slots of 10 seconds, each up to 65,535.</summary>
[InlineArray(Slots)]
internal struct SixSlots
{
    public const int Slots = 6;

    private ushort _packets;

    /// <summary>Is each slot's number even, as when all came twice?</summary>
    public readonly bool AreEven
    {
        get
        {
            var bits = 0;
            foreach (var packets in this)
                bits |= packets;

            return (bits & 1) == 0;
        }
    }

    public readonly uint Sum
    {
        get
        {
            var sum = 0u;
            foreach (var packets in this)
                sum += packets;

            return sum;
        }
    }
}
