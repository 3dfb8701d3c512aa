using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Kizashi.Core.Storage;

namespace Kizashi.Portal.Access;

/// <summary>Sign-in links that work once. Only the SHA-256 of a token is stored.</summary>
public static class OneTimeLinks
{
    /// <summary>Purpose of a link that creates the first administrator.</summary>
    public const string Setup = "setup";

    private const string SignInPrefix = "signin:";
    private const int TokenBytes = 32;

    /// <summary>Makes a token and remembers its hash; 43 characters that need no escaping in a URL.</summary>
    /// <param name="store">Where the hash is kept.</param>
    /// <param name="purpose"><see cref="Setup"/>, or what <see cref="SignIn"/> gives.</param>
    /// <param name="lifetime">How long the link works.</param>
    /// <param name="time">The clock.</param>
    public static string Create(IAccountStore store, string purpose, TimeSpan lifetime, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        store.AddToken(Hash(token), purpose, time.GetUtcNow() + lifetime);
        return token;
    }

    /// <summary>Purpose of a link that signs an account in.</summary>
    public static string SignIn(string account) => SignInPrefix + account;

    /// <summary>Path and query to print behind the portal's address, for either purpose.</summary>
    public static string Path(string token) => $"/setup?token={Uri.EscapeDataString(token)}";

    internal static string? Take(IAccountStore store, string? token, TimeProvider time) =>
        token is { Length: > 0 and <= 128 } ? store.TakeToken(Hash(token), time.GetUtcNow()) : null;

    /// <summary>The account a purpose signs in, null for other purposes.</summary>
    internal static string? AccountOf(string purpose) =>
        purpose.StartsWith(SignInPrefix, StringComparison.Ordinal) ? purpose[SignInPrefix.Length..] : null;

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
