using CsCheck;
using Kizashi.Wire.Capture;

namespace Kizashi.Wire.Tests.Capture;

/// <summary>A frame as a test knows it.</summary>
public sealed record TestFrame(long TimeMicros, byte[] Bytes, int WireLength, LinkType Link = LinkType.Ethernet)
{
    public static readonly Gen<TestFrame> Any =
        from micros in Gen.Long[0, (uint.MaxValue * 1_000_000L) + 999_999]
        from bytes in Gen.Frequency((20, Gen.Byte.Array[0, 120]), (1, Gen.Byte.Array[0, 3000]))
        from cut in Gen.Int[0, 2000]
        select new TestFrame(micros, bytes, bytes.Length + cut);

    public static readonly Gen<List<TestFrame>> Some = Any.List[0, 60];

    public bool Equals(TestFrame? other) =>
        other is not null
        && (TimeMicros, WireLength, Link) == (other.TimeMicros, other.WireLength, other.Link)
        && Bytes.AsSpan().SequenceEqual(other.Bytes);

    public override int GetHashCode() => HashCode.Combine(TimeMicros, WireLength, Bytes.Length);

    /// <summary>So many frames of the length, each different.</summary>
    public static List<TestFrame> Series(int count, int length = 60) =>
        [.. Enumerable.Range(0, count).Select(i => new TestFrame(1_700_000_000_000_000 + i, Content(i, length), length))];

    private static byte[] Content(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
