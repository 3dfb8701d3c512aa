namespace Kizashi.Wire.Dissection;

/// <summary>Bytes of a packet from a start to before an end.</summary>
internal readonly record struct Stretch(int Start, int End)
{
    public int Length => End - Start;

    public Stretch Skip(int bytes) => this with { Start = Math.Min(End, Start + bytes) };

    public Stretch Take(int bytes) => this with { End = Math.Min(End, Start + bytes) };
}
