using Kizashi.Core.Pipeline;
using Kizashi.Warn.KnownScanners;
using Kizashi.Warn.LifeCycle;
using Kizashi.Warn.Rules;
using Kizashi.Warn.Samples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kizashi.Warn;

/// <summary>Adds the warn stage: rules, the book of alerts, samples, known scanners.</summary>
public static class WarnServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Needs IAlertStore, IObservationStore, IAddressBook and ILiveFeed from elsewhere.</summary>
        public IServiceCollection AddWarn()
        {
            services.AddOptions<WarnOptions>().ValidateDataAnnotations().ValidateOnStart();
            services.TryAddSingleton<KnownScannerList>();
            services.TryAddSingleton<IKnownScanners>(provider => provider.GetRequiredService<KnownScannerList>());
            services.AddSingleton<IAlertRule, ScanRule>();
            services.AddSingleton<IAlertRule, AggressiveScannerRule>();
            services.AddSingleton<IAlertRule, DosVictimRule>();
            services.AddSingleton<IAlertRule, OwnHostRule>();
            services.AddSingleton<IAlertRule, OutbreakRule>();
            services.AddSingleton<IAlertRule, ReflectorAttackRule>();
            services.AddSingleton<IAlertRule, SensorGapRule>();
            services.AddSingleton<IAlertRule, SurgeRule>();
            services.TryAddSingleton<WarnMetrics>();
            services.TryAddSingleton<RecentSamples>();
            services.TryAddSingleton<AlertBook>();
            return services;
        }
    }
}
