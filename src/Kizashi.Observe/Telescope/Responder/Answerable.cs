using Kizashi.Core.Addresses;

namespace Kizashi.Observe.Telescope.Responder;

/// <summary>Which sources may be answered at all: addresses of single hosts that could have sent the packet.</summary>
internal static class Answerable
{
    private static readonly PrefixSet Never = new(
    [
        .. new[]
        {
            "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "fe80::/10", "ff00::/8",
        }.Select(Prefix.Parse),
    ]);

    public static bool Contains(Address source) => !Never.Contains(source);
}
