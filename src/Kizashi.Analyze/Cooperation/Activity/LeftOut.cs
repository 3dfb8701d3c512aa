namespace Kizashi.Analyze.Cooperation.Activity;

/// <summary>Packets that say nothing of cooperation, by reason.</summary>
/// <param name="Answers">Backscatter and other answers.</param>
/// <param name="Spoofed">Sources held for forged.</param>
/// <param name="Other">Neither a bare SYN, nor UDP, nor an echo request.</param>
internal record struct LeftOut(long Answers, long Spoofed, long Other)
{
    public static LeftOut operator +(LeftOut left, LeftOut right) =>
        new(left.Answers + right.Answers, left.Spoofed + right.Spoofed, left.Other + right.Other);
}
