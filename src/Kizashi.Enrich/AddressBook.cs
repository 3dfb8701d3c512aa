using Kizashi.Core.Addresses;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kizashi.Enrich;

/// <summary>AS, prefix and country of addresses from the operator's own files; reloaded when they change. Never asks the network.</summary>
public sealed class AddressBook : IAddressBook, IDisposable
{
    private readonly EnrichOptions _options;
    private readonly ILogger<AddressBook> _logger;
    private readonly Lock _reloading = new();
    private readonly ITimer? _timer;
    private volatile AddressTables _tables;
    private string _stamp;

    private AddressBook(EnrichOptions options, TimeProvider clock, ILogger<AddressBook> logger)
    {
        _options = options;
        _logger = logger;
        _stamp = StampOf(options);
        _tables = TableLoader.Load(options);
        Log(_tables);
        if (options.Files.Any())
            _timer = clock.CreateTimer(_ => Refresh(), null, options.CheckEvery, options.CheckEvery);
    }

    public bool IsLoaded => _tables.IsLoaded;

    public string Explanation => ExplanationOf(_tables, _options);

    /// <summary>Files that could not be loaded, each with the place and the reason.</summary>
    public IReadOnlyList<TableDamage> Damages => _tables.Damages;

    /// <summary>Loads the files; a damaged one is logged and left out. No file at all is fine: every look-up is unknown then.</summary>
    public static AddressBook Open(EnrichOptions options, TimeProvider? clock = null, ILogger<AddressBook>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new AddressBook(options, clock ?? TimeProvider.System, logger ?? NullLogger<AddressBook>.Instance);
    }

    public AddressFacts Lookup(Address address) => _tables.Lookup(address);

    /// <summary>Reloads if a file was changed, added or removed since the last time. True when it did.</summary>
    /// <remarks>A file that is damaged now keeps what was loaded before, of all files.</remarks>
    public bool Refresh()
    {
        lock (_reloading)
        {
            var stamp = StampOf(_options);
            if (stamp == _stamp)
                return false;

            _stamp = stamp;
            var tables = TableLoader.Load(_options);
            Log(tables);
            if (tables.Damages.Count > _tables.Damages.Count && _tables.IsLoaded)
            {
                EnrichLog.Kept(_logger);
                return false;
            }

            _tables = tables;
            return true;
        }
    }

    public void Dispose() => _timer?.Dispose();

    private static string ExplanationOf(AddressTables tables, EnrichOptions options)
    {
        var damaged = tables.Damages.Count == 0 ? "" : $" Not loaded: {string.Join("; ", tables.Damages)}.";
        if (tables.IsLoaded)
            return $"Networks and countries are from {string.Join(", ", tables.Loaded)}.{damaged}";

        return options.Files.Any()
            ? $"No table with networks or countries could be loaded.{damaged}"
            : "No tables are configured: set Enrichment:Mmdb, Enrichment:Pfx2as or Enrichment:Mrt to files that name networks and countries.";
    }

    private static string StampOf(EnrichOptions options) =>
        string.Join('\n', options.Files.Select(file => new FileInfo(file)).Select(file =>
            file.Exists ? $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}" : $"{file.FullName} absent"));

    private void Log(AddressTables tables)
    {
        foreach (var damage in tables.Damages)
            EnrichLog.Damaged(_logger, damage.File, damage.Offset, damage.Reason);

        if (tables.IsLoaded)
            EnrichLog.Loaded(_logger, string.Join(", ", tables.Loaded));
    }
}
