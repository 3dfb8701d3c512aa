using Kizashi.Warn.KnownScanners;

namespace Kizashi.Cli.Center;

/// <summary>Fills the list of known scanners from the files of the settings, again when the settings or a file change.</summary>
internal sealed partial class KnownScannerFiles
{
    /// <summary>Lines that are read of one file.</summary>
    internal const int MostEntries = 1_000_000;

    private readonly SettingsMonitor _settings;
    private readonly KnownScannerList _list;
    private readonly ILogger<KnownScannerFiles> _log;

    public KnownScannerFiles(SettingsMonitor settings, KnownScannerList list, ILogger<KnownScannerFiles> log)
    {
        _settings = settings;
        _list = list;
        _log = log;
        settings.Changed += (_, _) => Read();
    }

    public void Read()
    {
        var scanners = new List<KnownScanner>();
        foreach (var file in _settings.Current.KnownScanners.Files)
        {
            try
            {
                var found = KnownScannerList.Parse(File.ReadLines(file).Take(MostEntries), out var faults);
                scanners.AddRange(found);
                if (faults.Count > 0)
                    Faulty(_log, file, faults.Count, faults[0]);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Unreadable(_log, file, fault.Message);
            }
        }

        _list.Replace(scanners);
        if (_settings.Current.KnownScanners.Files.Count > 0)
            Loaded(_log, scanners.Count);
    }

    [LoggerMessage(20, LogLevel.Error, "Known scanners: {File} cannot be read: {Reason}")]
    private static partial void Unreadable(ILogger log, string file, string reason);

    [LoggerMessage(21, LogLevel.Warning, "Known scanners: {File}: {Count} lines are left out; the first: {Fault}")]
    private static partial void Faulty(ILogger log, string file, int count, string fault);

    [LoggerMessage(22, LogLevel.Information, "Known scanners: {Count} prefixes are listed")]
    private static partial void Loaded(ILogger log, int count);
}
