using Kizashi.Store.Embedded.Rollups;
using Kizashi.Store.Embedded.Segments;
using Kizashi.Store.Embedded.State;
using Microsoft.Extensions.Logging;

namespace Kizashi.Store.Embedded;

/// <summary>A locked data directory with its state read and what a crash left behind removed.</summary>
internal sealed record OpenedDirectory(
    EmbeddedStoreOptions Options,
    DirectoryLock Lock,
    StateDatabase State,
    SegmentFolder Folder,
    SegmentCatalog Catalog,
    CoverageMap Coverage,
    ulong HashKey,
    Func<string, long>? FreeSpace) : IDisposable
{
    public static OpenedDirectory Open(EmbeddedStoreOptions options, ILogger logger, Func<string, long>? freeSpace)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var held = DirectoryLock.Take(options.DataDirectory);
        StateDatabase? state = null;
        try
        {
            state = StateDatabase.Open(options.DataDirectory);
            var folder = new SegmentFolder(options.DataDirectory);
            var catalog = new SegmentCatalog(folder);
            var coverage = new CoverageMap();
            var key = state.Write(EmbeddedStore.HashKey);
            var segments = state.Read(session =>
            {
                coverage.Load(session);
                return SegmentTable.All(session);
            });
            var removed = folder.RemoveUnlisted(segments.Select(segment => segment.File).ToHashSet());
            if (removed > 0)
                StoreLog.RemovedUnlisted(logger, removed);

            foreach (var segment in segments)
            {
                folder.SkipTo(segment.Id);
                if (!File.Exists(folder.FullPath(segment.File)))
                    StoreLog.SegmentMissing(logger, segment.File);
            }

            // A query over the rest is better than none; the check goes on naming what is missing.
            catalog.Replace([], [.. segments.Where(segment => File.Exists(folder.FullPath(segment.File)))]);
            StoreLog.Opened(logger, options.DataDirectory, segments.Count, segments.Sum(segment => segment.Rows));
            return new OpenedDirectory(options, held, state, folder, catalog, coverage, key, freeSpace);
        }
        catch
        {
            state?.Dispose();
            held.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        State.Dispose();
        Lock.Dispose();
    }
}
