namespace Kizashi.Observe.Reflectors.Services;

/// <summary>Tags and headers of BER (X.690).</summary>
internal static class Ber
{
    public const byte Integer = 0x02;
    public const byte Text = 0x04;
    public const byte Null = 0x05;
    public const byte Oid = 0x06;
    public const byte Sequence = 0x30;
    public const byte Set = 0x31;

    /// <summary>Bytes of <see cref="Head"/>.</summary>
    public const int HeadBytes = 4;

    /// <summary>Writes a tag and a length, always in the long form of two bytes, so that lengths around it are known before.</summary>
    public static void Head(ref ReplyWriter writer, byte tag, int length)
    {
        writer.Write([tag, 0x82]);
        writer.Write16(length);
    }
}
