using Kizashi.Core.Pipeline;
using Kizashi.Share.Csv;
using Kizashi.Share.Json;
using Kizashi.Share.Reports;
using Kizashi.Share.Stix;
using Microsoft.Extensions.DependencyInjection;

namespace Kizashi.Share;

/// <summary>Adds the share stage: the formats in which alerts leave the house.</summary>
public static class ShareServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddShare() => services
            .AddSingleton<IAlertExporter, StixExporter>()
            .AddSingleton<IAlertExporter, CsvExporter>()
            .AddSingleton<IAlertExporter, JsonExporter>()
            .AddSingleton<IAlertExporter, AmplificationReport>();
    }
}
