using CsCheck;

namespace Kizashi.Wire.Tests;

/// <summary>A generator of one of several values.</summary>
public static class Choice
{
    public static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
