namespace Kizashi.Analyze.Cooperation.Activity;

/// <summary>What a sensor said it had and lost.</summary>
/// <param name="Packets">Packets that should have been there.</param>
/// <param name="Dropped">Packets that kernel, queue or table gave up.</param>
/// <param name="Late">Packets that came after their time.</param>
internal readonly record struct Delivery(long Packets, long Dropped, long Late)
{
    public static Delivery operator +(Delivery left, Delivery right) =>
        new(left.Packets + right.Packets, left.Dropped + right.Dropped, left.Late + right.Late);
}
