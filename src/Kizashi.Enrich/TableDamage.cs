namespace Kizashi.Enrich;

/// <summary>Why a table was not loaded.</summary>
/// <param name="File">Its path.</param>
/// <param name="Offset">Byte offset in the uncompressed content.</param>
/// <param name="Reason">For people.</param>
public sealed record TableDamage(string File, long Offset, string Reason)
{
    public override string ToString() => $"{File}: damaged at byte {Offset}: {Reason}";
}
