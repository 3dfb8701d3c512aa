using System.Globalization;
using Kizashi.Store.Embedded.Segments;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using ParquetSharp;

namespace Kizashi.Store.Embedded;

/// <summary>
/// Decides whether the disk takes more: stops storing before it is full, and goes on by itself when there is room.
/// </summary>
internal sealed class DiskGuard(EmbeddedStoreOptions options, TimeProvider time, ILogger logger, SegmentFolder folder)
{
    private readonly Lock _gate = new();
    private long _checked;
    private bool _hasChecked;
    private string? _problem;
    private long _refused;

    /// <summary>Bytes free for us on the disk of a path; tests put their own here.</summary>
    public Func<string, long> FreeSpace { get; init; } = static path => new DriveInfo(path).AvailableFreeSpace;

    /// <summary>Called with the problem, or null when it is over.</summary>
    public event Action<string?>? Changed;

    /// <summary>Null when all is well, else one sentence.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    public long Refused => Interlocked.Read(ref _refused);

    public static bool IsStorageFailure(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ParquetException
        || exception is SqliteException { SqliteErrorCode: SqliteFull or SqliteIoError or SqliteReadOnly or SqliteCannotOpen };

    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    /// <summary>
    /// Whether a batch may be taken now; looks at the disk once a second, or every few seconds while it is failing.
    /// </summary>
    public bool Admits()
    {
        var problem = Problem;
        var pause = problem is null ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(options.RetrySeconds);
        if (Volatile.Read(ref _hasChecked) && time.GetElapsedTime(Volatile.Read(ref _checked)) < pause)
            return problem is null;

        lock (_gate)
        {
            Volatile.Write(ref _checked, time.GetTimestamp());
            Volatile.Write(ref _hasChecked, true);
            return problem is null ? HasRoom() : Recovers();
        }
    }

    public void CountRefused(int batches) => Interlocked.Add(ref _refused, batches);

    public void Fail(Exception exception)
    {
        lock (_gate)
        {
            Volatile.Write(ref _checked, time.GetTimestamp());
            Volatile.Write(ref _hasChecked, true);
            Stop($"The disk failed: nothing is stored since {Now()} ({FirstLine(exception.Message)}).", exception);
        }
    }

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim().TrimEnd('.');

    private string Now() => time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private bool HasRoom()
    {
        try
        {
            if (FreeSpace(folder.Path) >= options.ReserveBytes)
                return true;

            Stop($"The disk is full: nothing is stored since {Now()}.", null);
        }
        catch (Exception exception) when (IsStorageFailure(exception))
        {
            Stop($"The disk failed: nothing is stored since {Now()} ({FirstLine(exception.Message)}).", exception);
        }

        return false;
    }

    private bool Recovers()
    {
        try
        {
            if (FreeSpace(folder.Path) < options.ReserveBytes)
                return false;

            Probe();
        }
        catch (Exception exception) when (IsStorageFailure(exception))
        {
            // Still failing; the problem that is shown stays, and the next attempt comes by itself.
            return false;
        }

        Volatile.Write(ref _problem, null);
        StoreLog.Resumed(logger, Refused);
        Changed?.Invoke(null);
        return true;
    }

    private void Probe()
    {
        var path = folder.FullPath("probe.tmp");
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
            RandomAccess.Write(handle, new byte[1 << 16], 0);
            RandomAccess.FlushToDisk(handle);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private void Stop(string problem, Exception? exception)
    {
        if (_problem is not null)
            return;

        Volatile.Write(ref _problem, problem);
        StoreLog.Stopped(logger, problem, exception);
        Changed?.Invoke(problem);
    }
}
