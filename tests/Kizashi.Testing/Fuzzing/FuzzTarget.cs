namespace Kizashi.Testing.Fuzzing;

/// <summary>One decoder under mutated bytes.</summary>
/// <param name="Name">For people and for the record.</param>
/// <param name="Share">Of all inputs, in thousandths.</param>
/// <param name="Seeds">Well-formed inputs.</param>
/// <param name="Try">Decodes the bytes and checks what must hold of any result; throws if it does not.</param>
public sealed record FuzzTarget(string Name, int Share, IReadOnlyList<byte[]> Seeds, FuzzTarget.Attempt Try)
{
    /// <summary>Decodes the bytes; the mutator makes choices that the bytes do not.</summary>
    public delegate void Attempt(ReadOnlySpan<byte> input, Mutator mutator);
}
