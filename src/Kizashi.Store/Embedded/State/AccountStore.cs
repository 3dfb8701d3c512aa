using Kizashi.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Kizashi.Store.Embedded.State;

/// <summary>Accounts and one-time links in SQLite.</summary>
internal sealed class AccountStore(StateDatabase state) : IAccountStore
{
    public bool Any() => state.Read(session => session.Exists("SELECT 1 FROM account"));

    public Account? Find(string name) => state.Read(session => session.First(
        "SELECT name, password_hash, role, created FROM account WHERE key = $0", Read, Key(name)));

    public void Save(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        state.Write(session => session.Execute(
            "INSERT OR REPLACE INTO account VALUES ($0, $1, $2, $3, $4)",
            Key(account.Name), account.Name, account.PasswordHash, account.Role, account.Created.ToUnixTimeMilliseconds()));
    }

    public void AddToken(byte[] hash, string purpose, DateTimeOffset expires) => state.Write(session => session.Execute(
        "INSERT OR REPLACE INTO token VALUES ($0, $1, $2)", hash, purpose, expires.ToUnixTimeMilliseconds()));

    public string? TakeToken(byte[] hash, DateTimeOffset now) => state.Write(session =>
    {
        var millis = now.ToUnixTimeMilliseconds();
        session.Execute("DELETE FROM token WHERE expires <= $0", millis);
        var purpose = session.First("SELECT purpose FROM token WHERE hash = $0", row => row.GetString(0), hash);
        session.Execute("DELETE FROM token WHERE hash = $0", hash);
        return purpose;
    });

    private static string Key(string name) => name.Normalize().ToLowerInvariant();

    private static Account Read(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)));
}
