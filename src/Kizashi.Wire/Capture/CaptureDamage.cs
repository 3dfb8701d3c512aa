namespace Kizashi.Wire.Capture;

/// <summary>Where and why a capture cannot be read on.</summary>
/// <param name="File">Its name.</param>
/// <param name="Offset">Byte offset in the uncompressed content.</param>
/// <param name="Reason">For people: "record of 80 bytes announced, 12 left".</param>
public sealed record CaptureDamage(string File, long Offset, string Reason)
{
    public override string ToString() => $"{File}: damaged at byte {Offset}: {Reason}";
}
