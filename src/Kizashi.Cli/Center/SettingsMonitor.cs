using Kizashi.Cli.Configuration;
using Kizashi.Cli.Watching;

namespace Kizashi.Cli.Center;

/// <summary>The settings in force; reads the files again when they change, and keeps the old ones when the new have faults.</summary>
internal sealed class SettingsMonitor(
    KizashiOptions initial, string? file, IReadOnlyList<KeyValuePair<string, string?>> flags, TimeProvider time, ILogger<SettingsMonitor> log)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private KizashiOptions _current = initial;

    /// <summary>Raised after <see cref="Current"/> has changed.</summary>
    public event EventHandler? Changed;

    public KizashiOptions Current => Volatile.Read(ref _current);

    /// <summary>Reads everything again now. False when there are faults; they are logged and the old settings stay.</summary>
    public bool Reload()
    {
        try
        {
            Volatile.Write(ref _current, ConfigurationLoader.Load(file, flags));
        }
        catch (ConfigurationFaultException fault)
        {
            SessionLog.ReloadRefused(log, string.Join("; ", fault.Faults));
            return false;
        }

        SessionLog.Reloaded(log, "");
        Changed?.Invoke(this, EventArgs.Empty);
        return true;
    }

    // Polling sees edits on every file system, by rename too, which file notifications do not.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var seen = Stamp();
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var now = Stamp();
                if (now == seen)
                    continue;

                seen = now;
                Reload();
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops; a host that could not start would log this as a fault of its own.
        }
    }

    private string Stamp()
    {
        var files = ConfigurationLoader.Files(file).Concat(Current.KnownScanners.Files);
        return string.Join(';', files.Select(path => $"{path} {Written(path)}"));
    }

    private static long Written(string path) => File.Exists(path) ? File.GetLastWriteTimeUtc(path).Ticks : 0;
}
