using Microsoft.Data.Sqlite;

namespace Kizashi.Store.Embedded.State;

/// <summary>One SQLite connection with its prepared statements; used by one thread at a time.</summary>
/// <remarks>
/// Statements are constants of the code; values go in as parameters $0, $1... and never into the text.
/// </remarks>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private readonly List<Action> _afterCommit = [];

    public SqliteSession(string path, bool readOnly)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        _connection.Open();
    }

    /// <summary>
    /// Runs after the current transaction has been committed, still alone; not at all when it is rolled back.
    /// </summary>
    public void Committed(Action action) => _afterCommit.Add(action);

    public void RunCommitted()
    {
        foreach (var action in _afterCommit)
            action();

        _afterCommit.Clear();
    }

    public void ForgetCommitted() => _afterCommit.Clear();

    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    public long Number(string sql, params ReadOnlySpan<object?> values) =>
        Prepare(sql, values).ExecuteScalar() is long number ? number : 0;

    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));

        return rows;
    }

    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    public bool Exists(string sql, params ReadOnlySpan<object?> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        return reader.Read();
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();

        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            // Queries of alerts are assembled from a few constant pieces; the cache is bounded all the same.
            if (_commands.Count >= 256)
                Forget();

            command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every caller passes constants of the code.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var index = 0; index < values.Length; index++)
                command.Parameters.Add(new SqliteParameter($"${index}", null));

            _commands.Add(sql, command);
        }

        for (var index = 0; index < values.Length; index++)
        {
            var parameter = command.Parameters[index];
            parameter.ResetSqliteType();
            parameter.Value = values[index] ?? DBNull.Value;
        }

        return command;
    }

    private void Forget()
    {
        foreach (var command in _commands.Values)
            command.Dispose();

        _commands.Clear();
    }
}
