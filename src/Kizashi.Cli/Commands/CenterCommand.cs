using System.CommandLine;
using Kizashi.Cli.Center;
using Kizashi.Core.Storage;
using Kizashi.Portal.Access;
using Kizashi.Warn.LifeCycle;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi center`: the long-lived service.</summary>
internal sealed class CenterCommand(GlobalOptions global) : ICommandSource
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(24);

    private static readonly TimeSpan StaleAfter = TimeSpan.FromDays(1);

    private readonly Option<string?> _listen = new("--listen", "-l")
    {
        Description = "Address and port of the portal; beyond loopback only with a certificate (settings, Center:Certificate)",
        HelpName = "ADDRESS:PORT",
    };

    public Command Create(IDictionary<Command, string> examples)
    {
        var command = new Command("center", "Run the service: portal, API, storage, and the interfaces of the settings");
        command.Options.Add(_listen);
        command.SetAction(RunAsync);
        examples[command] = """
            kizashi center
            kizashi center --config /etc/kizashi/kizashi.json --listen 127.0.0.1:9000
            """;
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        var listen = result.GetValue(_listen);
        var settings = global.Load(result, listen is null ? [] : [new("Center:Listen", listen)]);
        await using var app = CenterHost.Build(settings, CenterMode.Web);
        await CenterStart.StartAsync(app, settings, cancellation);

        // Alerts whose sensor was killed and never came back would stay open for good: nobody is left to tell their end.
        app.Services.GetRequiredService<AlertBook>().CloseStale(TimeProvider.System.GetUtcNow() - StaleAfter);
        var address = CenterStart.Address(app);
        await Console.Out.WriteLineAsync($"kizashi: the center runs, portal at {address}");
        var accounts = app.Services.GetRequiredService<IAccountStore>();
        if (!accounts.Any())
        {
            var token = OneTimeLinks.Create(accounts, OneTimeLinks.Setup, LinkLifetime, TimeProvider.System);
            await Console.Out.WriteLineAsync($"kizashi: create the first administrator within 24 hours: {address}{OneTimeLinks.Path(token)}");
        }

        await app.WaitForShutdownAsync(cancellation);
        return ExitCodes.Done;
    }
}
