using System.Runtime.CompilerServices;
using Kizashi.Core.Observations;

namespace Kizashi.Analyze;

/// <summary>Which batches carried an event: the first two and the latest three, kept in a ring.</summary>
[InlineArray(Capacity)]
internal struct BatchTrail
{
    public const int Capacity = 5;
    private const int Firsts = 2;

    private UInt128 _id;

    /// <summary>Adds the batch that comes as number <paramref name="count"/>, counted from 0.</summary>
    public void Add(UInt128 id, int count)
    {
        var at = count < Firsts ? count : Firsts + ((count - Firsts) % (Capacity - Firsts));
        this[at] = id;
    }

    /// <param name="count">How many were added in all.</param>
    public readonly IReadOnlyList<string> ToList(int count)
    {
        var ids = new List<string>(Math.Min(count, Capacity));
        for (var number = 0; number < count; number++)
        {
            if (number >= Firsts && number < count - (Capacity - Firsts))
                continue;

            var at = number < Firsts ? number : Firsts + ((number - Firsts) % (Capacity - Firsts));
            ids.Add(new BatchId(this[at]).ToString());
        }

        return ids;
    }
}
