using System.Net;
using Kizashi.Core.Addresses;
using Kizashi.Core.Campaigns;
using Kizashi.Core.Forecasts;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Sensors;
using Kizashi.Core.Storage;
using Kizashi.Portal.Access;
using Kizashi.Portal.Tests.Doubles;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kizashi.Portal.Tests;

/// <summary>The portal on loopback over invented data.</summary>
public sealed class PortalHost : IAsyncDisposable
{
    public const string Name = "hanako";
    public const string Password = "a sentence to remember";

    private readonly WebApplication _application;

    private PortalHost(WebApplication application) => _application = application;

    public MemoryAccounts Accounts { get; } = new();

    public MemoryAlerts Alerts { get; } = new();

    public MemoryFeed Feed { get; } = new();

    public MemorySensors Sensors { get; } = new();

    public InventedBook Book { get; } = new();

    public InventedObservations Observations { get; } = new();

    public InventedCampaigns Campaigns { get; } = new();

    public InventedForecasts Forecasts { get; } = new();

    public IServiceProvider Services => _application.Services;

    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="filled">With invented alerts, sensors and an account; else as on the first day.</param>
    /// <param name="time">The clock; the real one by default.</param>
    public static async Task<PortalHost> StartAsync(bool filled = true, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.SetMinimumLevel(LogLevel.Critical).AddSimpleConsole();
        PortalHost? host = null;
        if (time is not null)
            builder.Services.AddSingleton(time);
        builder.Services.AddPortal(new PortalOptions { Organization = "Example CSIRT", Version = "0.1.0" });
        builder.Services.AddSingleton<IAccountStore>(_ => host!.Accounts);
        builder.Services.AddSingleton<IAlertStore>(_ => host!.Alerts);
        builder.Services.AddSingleton<ILiveFeed>(_ => host!.Feed);
        builder.Services.AddSingleton<ISensorRegistry>(_ => host!.Sensors);
        builder.Services.AddSingleton<IAddressBook>(_ => host!.Book);
        builder.Services.AddSingleton<IObservationStore>(_ => host!.Observations);
        builder.Services.AddSingleton<ICampaignBook>(_ => host!.Campaigns);
        builder.Services.AddSingleton<IForecastBook>(_ => host!.Forecasts);
        builder.Services.AddSingleton<IPacketDissector, SmallDissector>();
        foreach (var format in new[] { "stix", "csv", "json" })
            builder.Services.AddSingleton<IAlertExporter>(new PlainExporter(format));
        var application = builder.Build();
        host = new PortalHost(application);
        if (filled)
        {
            host.Fill((time ?? TimeProvider.System).GetUtcNow());
            host.Campaigns.Invent((time ?? TimeProvider.System).GetUtcNow());
            host.Forecasts.Invent((time ?? TimeProvider.System).GetUtcNow());
        }

        application.MapPortal();
        await application.StartAsync();
        return host;
    }

    public string SignInLink() => new Uri(
        Address, OneTimeLinks.Path(OneTimeLinks.Create(Accounts, OneTimeLinks.SignIn(Name), TimeSpan.FromMinutes(5), TimeProvider.System))).ToString();

    /// <summary>A client that keeps cookies and does not follow redirects.</summary>
    public HttpClient Client()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        var client = new HttpClient(handler, disposeHandler: true) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        return client;
    }

    public async Task<HttpClient> SignedInAsync()
    {
        var client = Client();
        (await client.GetAsync(SignInLink())).Dispose();
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync();
    }

    private void Fill(DateTimeOffset now)
    {
        var account = new Account(Name, "", "admin", now);
        Accounts.Save(account with { PasswordHash = new PasswordHasher<Account>().HashPassword(account, Password) });
        Observations.Statistics = Observations.Statistics with { Earliest = now.AddDays(-21), Latest = now };
        Observations.AddGap(new SensorGap("nagoya-b", now.AddHours(-9), now.AddHours(-8.2), "no packet for 40 minutes while the interface was up"));
        foreach (var sensor in Invented.Sensors(now))
            Sensors.Report(sensor);

        var alerts = Enumerable.Range(1, 70).Select(i => Invented.Scan(i, now.AddMinutes(-17 * i), Book))
            .Concat(Enumerable.Range(10, 4).Select(i => Invented.Victim(i, now.AddMinutes(-61 * (i - 9)), Book)))
            .Append(Invented.OwnHost(now.AddMinutes(-6), Book))
            .Append(Invented.Aggressive(now.AddMinutes(-25), Book))
            .Append(Invented.Gap(now.AddHours(-9)))
            .ToList();
        Alerts.Save(alerts);
        foreach (var alert in alerts)
        {
            if (Core.Addresses.Address.TryParse(alert.Subject.Value, out var subject))
                Alerts.AddSamples(alert.Id, Invented.Packets(subject, alert.FirstSeen));
        }
    }
}
