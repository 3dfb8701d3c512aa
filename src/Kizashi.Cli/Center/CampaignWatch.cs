using System.Diagnostics;
using System.Text.Json;
using Kizashi.Analyze.Campaigns;
using Kizashi.Cli.Configuration;
using Kizashi.Core;
using Kizashi.Core.Campaigns;
using Kizashi.Core.Storage;

namespace Kizashi.Cli.Center;

/// <summary>Groups the sources of the latest day into campaigns, again when much has come since.</summary>
/// <remarks>
/// The day ends with the newest packet that is stored, so that the traffic of a file is grouped as that of a wire. Names
/// and growth go on from one report to the next, also past a restart: the latest is kept in the data directory.
/// </remarks>
internal sealed partial class CampaignWatch(
    IObservationStore store, KizashiOptions options, TimeProvider time, ILogger<CampaignWatch> log)
    : BackgroundService, ICampaignBook
{
    // At most this part of the time is spent on it.
    private const double MostLoad = 0.05;
    private const double Growth = 1.1;

    private static readonly TimeSpan Length = TimeSpan.FromDays(1);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Renew = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _one = new(1);
    private readonly string _file = Path.Combine(options.DataDirectory, "campaigns.json");
    private IReadOnlyList<Campaign>? _before;
    private long _tuples;

    public CampaignSnapshot? Latest { get; private set; }

    /// <summary>The latest; where there is none yet it is made now. Null while nothing is stored.</summary>
    public async Task<CampaignSnapshot?> NowAsync(CancellationToken cancellation)
    {
        if (Latest is null)
            await RenewAsync(first: true, cancellation);

        return Latest;
    }

    public override void Dispose()
    {
        base.Dispose();
        _one.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        var next = DateTimeOffset.MinValue;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (time.GetUtcNow() < next || !IsDue())
                continue;

            try
            {
                await RenewAsync(first: false, stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // Whatever the query engine says of a file, the next attempt is an hour away and the center goes on.
                Failed(log, fault.Message);
                next = time.GetUtcNow() + Renew;
                continue;
            }

            next = time.GetUtcNow() + ((Latest?.Took ?? TimeSpan.Zero) / MostLoad);
        }
    }

    private bool IsDue()
    {
        var statistics = store.Statistics;
        return statistics.Latest is { } end
            && (Latest is null || end - Latest.Range.To >= Renew || statistics.Tuples >= Growth * _tuples);
    }

    // Who asks for the first while it is being made waits for it and makes none.
    private async Task RenewAsync(bool first, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var statistics = store.Statistics;
            if (statistics.Latest is not { } latest || (first && Latest is not null))
                return;

            var started = Stopwatch.GetTimestamp();
            var range = new TimeRange(latest - Length, latest.AddSeconds(10));
            var survey = new CampaignSurvey(1, new CampaignOptions());
            await store.ContactsAsync(range, survey.Add, cancellation);
            var report = await Task.Run(() => survey.Report(cancellation), cancellation);
            report = CampaignNames.Carry(report, _before ??= Read());
            var took = Stopwatch.GetElapsedTime(started);
            (_before, _tuples) = (report.Campaigns, statistics.Tuples);
            Latest = new CampaignSnapshot(report, range, took);
            Write(report.Campaigns);
            Found(log, report.Campaigns.Count, report.Compared, took.TotalSeconds);
        }
        finally
        {
            _one.Release();
        }
    }

    private Campaign[] Read()
    {
        try
        {
            using var stream = File.OpenRead(_file);
            return JsonSerializer.Deserialize<Campaign[]>(stream, KizashiJson.Options) ?? [];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            Unreadable(log, _file, fault.Message);
            return [];
        }
    }

    private void Write(IReadOnlyList<Campaign> campaigns)
    {
        try
        {
            using (var stream = File.Create(_file + ".new"))
                JsonSerializer.Serialize(stream, campaigns, KizashiJson.Options);

            File.Move(_file + ".new", _file, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Unwritten(log, _file, fault.Message);
        }
    }

    [LoggerMessage(60, LogLevel.Information, "Campaigns: {Count} among {Sources} sources, found in {Seconds:f1} s")]
    private static partial void Found(ILogger log, int count, int sources, double seconds);

    [LoggerMessage(61, LogLevel.Error, "Campaigns are looked for again in an hour: {Reason}")]
    private static partial void Failed(ILogger log, string reason);

    [LoggerMessage(62, LogLevel.Warning, "Campaigns: {File} cannot be read, so they get new names: {Reason}")]
    private static partial void Unreadable(ILogger log, string file, string reason);

    [LoggerMessage(63, LogLevel.Warning, "Campaigns: {File} cannot be written: {Reason}")]
    private static partial void Unwritten(ILogger log, string file, string reason);
}
