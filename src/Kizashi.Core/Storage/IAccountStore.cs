namespace Kizashi.Core.Storage;

/// <summary>Keeps accounts and one-time sign-in links.</summary>
public interface IAccountStore
{
    bool Any();

    Account? Find(string name);

    void Save(Account account);

    /// <summary>Remembers the SHA-256 of a one-time token until it expires.</summary>
    /// <param name="hash">SHA-256 of the token.</param>
    /// <param name="purpose">"setup" creates the first administrator; "signin:NAME" signs that account in.</param>
    /// <param name="expires">When it is worth nothing any more.</param>
    void AddToken(byte[] hash, string purpose, DateTimeOffset expires);

    /// <summary>The purpose, once, of a token that is known and has not expired; it is gone then. Else null.</summary>
    string? TakeToken(byte[] hash, DateTimeOffset now);
}
