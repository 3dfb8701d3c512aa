using System.Net;
using Kizashi.Analyze;
using Kizashi.Cli.Commands;
using Kizashi.Cli.Configuration;
using Kizashi.Cli.Forecasts;
using Kizashi.Cli.Watching;
using Kizashi.Core.Addresses;
using Kizashi.Core.Campaigns;
using Kizashi.Core.Forecasts;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;
using Kizashi.Portal;
using Kizashi.SensorHost;
using Kizashi.Share;
using Kizashi.Store.Embedded;
using Kizashi.Warn;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenTelemetry.Metrics;

namespace Kizashi.Cli.Center;

/// <summary>Puts the stages together: the one place where they meet.</summary>
internal static class CenterHost
{
    // MiB.
    private const int LocalCompaction = 64;

    /// <exception cref="CommandException">The data directory is in use or cannot be used.</exception>
    public static WebApplication Build(LoadedSettings settings, CenterMode mode, bool simulated = false)
    {
        var options = settings.Options;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.Configuration.Sources.Clear();
        AddLogging(builder.Logging, options.Logging, quiet: mode != CenterMode.Web || simulated);
        AddStages(builder.Services, settings, mode);
        builder.Services.AddPortal(new PortalOptions
        {
            Organization = options.Center.Organization,
            DataIsSimulated = simulated,
            KeyFolder = Path.Combine(options.DataDirectory, "keys"),
            Version = ProgramVersion.Text,
        });
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("Kizashi.*")
            .AddMeter("System.Runtime")
            .AddPrometheusExporter());
        Listen(builder.WebHost, options, mode);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));

        var app = builder.Build();
        app.UseWhen(
            context => !LocalConnection.Holds(context),
            web => web.UseMiddleware<HostNameGuard>());
        LocalApi.Map(app);
        if (mode == CenterMode.Web)
        {
            app.MapPortal();
            WebApi.Map(app);
            OperationsEndpoints.Map(app);
        }

        return app;
    }

    private static void AddStages(IServiceCollection services, LoadedSettings settings, CenterMode mode)
    {
        var options = settings.Options;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SettingsMonitor(
            options, settings.File, settings.Flags, TimeProvider.System, provider.GetRequiredService<ILogger<SettingsMonitor>>()));
        services.AddSingleton<ILiveFeed, LiveFeed>();
        services.AddSingleton<ISensorRegistry, SensorRegistry>();
        services.AddSingleton<IPacketDissector, PacketDissector>();
        services.AddSingleton<IAddressBook>(provider => Enrichment.Open(options.Enrichment, provider));
        services.AddEmbeddedStore(new EmbeddedStoreOptions
        {
            DataDirectory = options.DataDirectory,
            ReserveBytes = (long)options.Storage.KeepFreeMiB << 20,
            KeepDays = options.Storage.RetentionDays,
            MostBytes = (long)(options.Storage.MaxGiB * (1L << 30)),
            QueryMemory = options.Storage.QueryMemoryMiB,

            // A sensor or a command without a center keeps small, whatever has piled up.
            CompactionMemory = mode == CenterMode.Local ? LocalCompaction : options.Storage.QueryMemoryMiB,
        });
        services.AddWarn();
        services.AddSingleton<KnownScannerFiles>();
        services.AddShare();
        services.AddSingleton<AnalyzeMetrics>();
        services.AddSingleton<SessionServices>();
        services.AddSingleton<JointReflections>();
        services.AddSingleton<SessionRunner>();
        services.AddSingleton(provider => new CampaignWatch(
            provider.GetRequiredService<IObservationStore>(), options, TimeProvider.System,
            provider.GetRequiredService<ILogger<CampaignWatch>>()));
        services.AddSingleton<ICampaignBook>(provider => provider.GetRequiredService<CampaignWatch>());
        services.AddSingleton<FindingCounts>();
        services.AddSingleton(options);
        services.AddSingleton<ForecastWatch>();
        services.AddSingleton<IForecastBook>(provider => provider.GetRequiredService<ForecastWatch>());
        if (mode == CenterMode.Web)
        {
            services.AddHostedService(provider => provider.GetRequiredService<SettingsMonitor>());
            services.AddHostedService<LiveSensors>();
            services.AddHostedService(provider => provider.GetRequiredService<CampaignWatch>());
            if (options.Forecasts.Enabled)
                services.AddHostedService(provider => provider.GetRequiredService<ForecastWatch>());
        }
    }

    private static void AddLogging(ILoggingBuilder logging, LoggingSettings settings, bool quiet)
    {
        logging.ClearProviders();
        var level = Enum.Parse<LogLevel>(settings.Level, ignoreCase: true);
        logging.SetMinimumLevel(quiet && level < LogLevel.Warning ? LogLevel.Warning : level);
        logging.AddFilter("Microsoft.AspNetCore", level < LogLevel.Information ? level : LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        // What keeps the host from starting is said once, plainly, by the command.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (settings.Format == "json")
        {
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd HH:mm:ss'Z' ";
            });
        }

        // Standard output belongs to the command's answer.
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void Listen(IWebHostBuilder host, KizashiOptions options, CenterMode mode)
    {
        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
            if (mode == CenterMode.Store)
            {
                // Nobody shall reach a host that is opened for one command; Kestrel is never started then.
                return;
            }

            var socket = LocalSocket.PathIn(options.DataDirectory);
            kestrel.ListenUnixSocket(socket, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.Use(LocalConnection.Mark);
            });
            if (mode != CenterMode.Web)
                return;

            var endPoint = IPEndPoint.Parse(options.Center.Listen);
            kestrel.Listen(endPoint, listen =>
            {
                if (options.Center.Certificate.Length > 0)
                    listen.UseHttps(https => https.ServerCertificateSelector = CertificateFile.Selector(options.Center));
            });
        });
    }
}
