using Kizashi.Cli.Center;
using Kizashi.Cli.Commands;
using Kizashi.Core.Addresses;

namespace Kizashi.Cli.Client;

/// <summary>The campaigns of a data directory: those of the program that holds it, else found now.</summary>
internal sealed class CampaignAccess : IAsyncDisposable
{
    private readonly CenterClient? _client;
    private readonly WebApplication? _app;

    private CampaignAccess(CenterClient? client, WebApplication? app) => (_client, _app) = (client, app);

    /// <exception cref="CommandException">Held by a program that does not answer, or cannot be opened.</exception>
    public static async Task<CampaignAccess> OpenAsync(LoadedSettings settings, CancellationToken cancellation) =>
        await CenterClient.TryConnectAsync(settings.Options.DataDirectory, cancellation) is { } client
            ? new CampaignAccess(client, null)
            : new CampaignAccess(null, StoreAccess.Open(settings));

    /// <exception cref="CommandException">Nothing is stored.</exception>
    public async Task<CampaignList> ListAsync(CancellationToken cancellation) =>
        (_client is not null
            ? await _client.GetAsync<CampaignList>("/local/campaigns", cancellation)
            : await Watch.NowAsync(cancellation) is { } found ? CampaignList.Of(found) : null)
        ?? throw Nothing();

    /// <exception cref="CommandException">Nothing is stored.</exception>
    public async Task<SourceKin> KinAsync(Address source, CancellationToken cancellation) =>
        (_client is not null
            ? await _client.GetAsync<SourceKin>($"/local/sources/{Uri.EscapeDataString(source.ToString())}/campaign", cancellation)
            : await Watch.NowAsync(cancellation) is { } found ? SourceKin.Of(found.Report, source) : null)
        ?? throw Nothing();

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private CampaignWatch Watch => _app!.Services.GetRequiredService<CampaignWatch>();

    private static CommandException Nothing() => new(
        ExitCodes.Usage, "no traffic is stored yet; `kizashi watch FILE` stores some, and `kizashi campaigns FILE` needs none");
}
