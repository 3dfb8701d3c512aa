namespace Kizashi.Wire.Capture;

/// <summary>Which link types are decoded.</summary>
internal static class LinkTypes
{
    public static bool IsDecoded(LinkType link) => Enum.IsDefined(link);
}
