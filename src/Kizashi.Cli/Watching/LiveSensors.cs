using Kizashi.Cli.Center;
using Kizashi.Cli.Configuration;

namespace Kizashi.Cli.Watching;

/// <summary>Keeps the interfaces of the settings observed: starts again after failures, and with new settings when they change.</summary>
internal sealed class LiveSensors(SessionRunner runner, SessionServices services, SettingsMonitor settings) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            using var changed = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            void OnChanged(object? sender, EventArgs e) => changed.Cancel();
            settings.Changed += OnChanged;
            try
            {
                var sensors = settings.Current.Sensors.Select(sensor => KeepAsync(sensor, changed.Token)).ToList();
                await Task.WhenAll(sensors);
                await Task.Delay(Timeout.InfiniteTimeSpan, changed.Token);
            }
            catch (OperationCanceledException)
            {
                // Stopping, or new settings: the loop's condition tells which.
            }
            finally
            {
                settings.Changed -= OnChanged;
            }
        }
    }

    private async Task KeepAsync(SensorSettings sensor, CancellationToken cancellation)
    {
        var pause = FirstPause;
        while (!cancellation.IsCancellationRequested)
        {
            var started = services.Time.GetTimestamp();
            await foreach (var message in runner.RunAsync(Request(sensor), null, cancellation))
            {
                if (message.Failure is { } failure)
                    SessionLog.Failed(services.Log, sensor.Name, failure.Message, (int)pause.TotalSeconds);
            }

            if (cancellation.IsCancellationRequested)
                return;

            pause = services.Time.GetElapsedTime(started) > LongestPause ? FirstPause : pause;
            await Task.Delay(pause, services.Time, cancellation);
            pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
        }
    }

    private WatchRequest Request(SensorSettings sensor) => new()
    {
        Sensor = sensor.Name,
        Interface = sensor.Interface,
        Filter = sensor.Filter,
        Dark = sensor.Dark,
        Live = sensor.Live,
        Country = sensor.Country,
        AnswersPerSecond = sensor.Respond ? sensor.AnswersPerSecond : 0,
        Unwrap = settings.Current.Telescope.Unwrap,
    };
}
