using Kizashi.Core.Addresses;
using Kizashi.Core.Findings;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;
using Kizashi.Warn.KnownScanners;
using Kizashi.Warn.LifeCycle;
using Kizashi.Warn.Samples;
using Microsoft.Extensions.DependencyInjection;

namespace Kizashi.Warn.Tests.Doubles;

/// <summary>The warn stage as composed for real, with doubles around it; the store outlives a restart.</summary>
internal sealed class House
{
    private readonly Action<WarnOptions> _options;
    private ServiceProvider _services;

    public House(Action<WarnOptions>? options = null)
    {
        _options = options ?? (_ => { });
        _services = Compose();
    }

    public MemoryAlertStore Store { get; } = new();

    public SampleStore Observations { get; } = new();

    public ListeningFeed Feed { get; private set; } = new();

    public AlertBook Book => _services.GetRequiredService<AlertBook>();

    public RecentSamples Samples => _services.GetRequiredService<RecentSamples>();

    public KnownScannerList Known => _services.GetRequiredService<KnownScannerList>();

    public IEnumerable<IAlertRule> Rules => _services.GetServices<IAlertRule>();

    public void Apply(params IReadOnlyList<Finding> findings) => Book.Apply(findings);

    public void Restart()
    {
        Feed = new ListeningFeed();
        _services.Dispose();
        _services = Compose();
    }

    private ServiceProvider Compose() =>
        new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<IAlertStore>(Store)
            .AddSingleton<IObservationStore>(Observations)
            .AddSingleton<IAddressBook>(new OneFact())
            .AddSingleton<ILiveFeed>(Feed)
            .AddWarn()
            .Configure(_options)
            .BuildServiceProvider();
}
