using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Kizashi.Store.Embedded.State;

/// <summary>An SQLite file with a write-ahead log: one writes, any number read what was committed.</summary>
internal sealed class StateDatabase : IDisposable
{
    public const string FileName = "kizashi.db";

    private readonly Lock _writing = new();
    private readonly SqliteSession _writer;
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly string _path;
    private volatile bool _closed;

    private StateDatabase(string path, SqliteSession writer)
    {
        _path = path;
        _writer = writer;
    }

    /// <summary>kizashi.db: everything that is not a segment.</summary>
    /// <exception cref="StoreVersionException">Written by a newer version.</exception>
    public static StateDatabase Open(string directory) => Open(Path.Combine(directory, FileName), SchemaMigrations.Apply);

    /// <param name="path">The file, made if it is not there.</param>
    /// <param name="migrate">Brings its tables to what this version knows.</param>
    /// <exception cref="StoreVersionException">Written by a newer version.</exception>
    public static StateDatabase Open(string path, Action<SqliteSession> migrate)
    {
        var writer = new SqliteSession(path, readOnly: false);
        try
        {
            writer.Execute("PRAGMA journal_mode = WAL");
            // FULL: a commit is on the disk before it returns, also when the power fails.
            writer.Execute("PRAGMA synchronous = FULL");
            writer.Execute("PRAGMA cache_size = -32768");
            writer.Execute("PRAGMA temp_store = MEMORY");
            migrate(writer);
            return new StateDatabase(path, writer);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Runs in one transaction, alone; what throws is rolled back.</summary>
    public T Write<T>(Func<SqliteSession, T> action)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _writer.Execute("BEGIN IMMEDIATE");
            try
            {
                var result = action(_writer);
                _writer.Execute("COMMIT");
                _writer.RunCommitted();
                return result;
            }
            catch
            {
                Rollback();
                throw;
            }
        }
    }

    public void Write(Action<SqliteSession> action) => Write(session =>
    {
        action(session);
        return 0;
    });

    /// <summary>Reads the last committed state; any number at the same time.</summary>
    public T Read<T>(Func<SqliteSession, T> action)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (!_readers.TryTake(out var session))
            session = OpenReader();

        try
        {
            return action(session);
        }
        finally
        {
            if (_closed || _readers.Count >= 8)
                session.Dispose();
            else
                _readers.Add(session);
        }
    }

    /// <summary>Reads several statements of one and the same committed state.</summary>
    public T ReadConsistently<T>(Func<SqliteSession, T> action) => Read(session =>
    {
        session.Execute("BEGIN");
        try
        {
            return action(session);
        }
        finally
        {
            session.Execute("COMMIT");
        }
    });

    /// <summary>Moves the log into the database and cuts it.</summary>
    public void Checkpoint()
    {
        lock (_writing)
            _writer.Rows("PRAGMA wal_checkpoint(TRUNCATE)", _ => 0);
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _closed = true;
            while (_readers.TryTake(out var session))
                session.Dispose();

            _writer.Dispose();
        }
    }

    private SqliteSession OpenReader()
    {
        var session = new SqliteSession(_path, readOnly: true);
        session.Execute("PRAGMA query_only = TRUE");
        session.Execute("PRAGMA mmap_size = 1073741824");
        return session;
    }

    private void Rollback()
    {
        _writer.ForgetCommitted();
        try
        {
            _writer.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // A full disk makes SQLite roll back by itself; there is then no transaction left to end.
        }
    }
}
