using System.Runtime.CompilerServices;

namespace Kizashi.Analyze.Reflections;

/// <summary>The first rows of somebody of whom not much is known yet.</summary>
[InlineArray(Length)]
internal struct NewcomerRows
{
    public const int Length = 3;

    private ReflectedRow _first;
}
