using Kizashi.Store.Embedded.Rollups;
using Kizashi.Store.Embedded.Segments;
using Kizashi.Store.Embedded.State;

namespace Kizashi.Store.Embedded;

/// <summary>What the parts of an open store share.</summary>
internal sealed record StoreParts(
    EmbeddedStoreOptions Options,
    TimeProvider Time,
    StateDatabase State,
    SegmentFolder Folder,
    SegmentCatalog Catalog,
    BatchLedger Ledger,
    CoverageMap Coverage,
    DiskGuard Guard,
    StoreMetrics Metrics,
    CountryLookup Countries,
    SourceHash Hash);
