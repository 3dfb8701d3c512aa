using System.Globalization;
using DuckDB.NET.Data;

namespace Kizashi.Store.Embedded.Queries;

/// <summary>
/// An in-process DuckDB without a database of its own; it reads segment files within a bound of memory.
/// </summary>
internal sealed class DuckEngine : IDisposable
{
    private readonly DuckDBConnection _root;

    /// <param name="memory">MiB.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="temporary">Folder for what does not fit into memory.</param>
    public DuckEngine(int memory, int threads, string temporary)
    {
        Directory.CreateDirectory(temporary);
        _root = new DuckDBConnection("DataSource=:memory:");
        _root.Open();
        Execute(_root, string.Create(CultureInfo.InvariantCulture, $"SET memory_limit = '{memory}MiB'"));
        Execute(_root, string.Create(CultureInfo.InvariantCulture, $"SET threads = {threads}"));
        Execute(_root, $"SET temp_directory = {Quote(temporary)}");
        Execute(_root, "SET parquet_metadata_cache = true");
        // Nothing is ever fetched: no extension, no remote file.
        Execute(_root, "SET autoinstall_known_extensions = false");
        Execute(_root, "SET autoload_known_extensions = false");
        Execute(_root, "SET enable_progress_bar = false");
    }

    /// <summary>Runs one statement.</summary>
    public long Execute(string sql, CancellationToken cancellation = default)
    {
        using var connection = _root.Duplicate();
        connection.Open();
        return Execute(connection, sql, cancellation);
    }

    public List<T> Rows<T>(string sql, Func<DuckDBDataReader, T> read, CancellationToken cancellation = default)
    {
        var rows = new List<T>();
        Take(sql, streaming: false, row => rows.Add(read(row)), cancellation);
        return rows;
    }

    /// <summary>Takes one row at a time; the engine holds no more of the answer than a few thousand.</summary>
    /// <returns>Number of rows.</returns>
    public long Each(string sql, Action<DuckDBDataReader> take, CancellationToken cancellation = default) =>
        Take(sql, streaming: true, take, cancellation);


    /// <summary>
    /// A table function over files; their names come from the store and the data directory from its operator.
    /// </summary>
    public static string ReadParquet(IEnumerable<string> paths) => $"read_parquet([{string.Join(", ", paths.Select(Quote))}])";

    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public void Dispose() => _root.Dispose();

    private long Take(string sql, bool streaming, Action<DuckDBDataReader> take, CancellationToken cancellation)
    {
        using var connection = _root.Duplicate();
        connection.Open();
        using var command = Command(connection, sql);
        using var stop = cancellation.Register(command.Cancel);
        cancellation.ThrowIfCancellationRequested();
        command.UseStreamingMode = streaming;
        using var reader = command.ExecuteReader();
        var rows = 0L;
        for (; reader.Read(); rows++)
            take(reader);

        cancellation.ThrowIfCancellationRequested();
        return rows;
    }

    private static long Execute(DuckDBConnection connection, string sql, CancellationToken cancellation = default)
    {
        using var command = Command(connection, sql);
        using var stop = cancellation.Register(command.Cancel);
        cancellation.ThrowIfCancellationRequested();
        return command.ExecuteNonQuery();
    }

    private static DuckDBCommand Command(DuckDBConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of constants, numbers, and quoted file names.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
