using System.Collections.Concurrent;
using Kizashi.Core.Storage;

namespace Kizashi.Portal.Tests.Doubles;

/// <summary>Accounts and tokens in memory.</summary>
public sealed class MemoryAccounts : IAccountStore
{
    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, (string Purpose, DateTimeOffset Expires)> _tokens = new();

    public IEnumerable<string> TokenHashes => _tokens.Keys;

    public bool Any() => !_accounts.IsEmpty;

    public Account? Find(string name) => _accounts.GetValueOrDefault(name);

    public void Save(Account account) => _accounts[account.Name] = account;

    public void AddToken(byte[] hash, string purpose, DateTimeOffset expires) =>
        _tokens[Convert.ToHexString(hash)] = (purpose, expires);

    public string? TakeToken(byte[] hash, DateTimeOffset now) =>
        _tokens.TryRemove(Convert.ToHexString(hash), out var token) && token.Expires > now ? token.Purpose : null;
}
