using System.CommandLine;
using System.Globalization;
using Kizashi.Cli.Center;
using Kizashi.Cli.Terminal;
using Kizashi.Cli.Watching;
using Kizashi.Core.Storage;
using Kizashi.Portal.Access;
using Kizashi.Simulation.Addressing;
using Kizashi.Simulation.Scenarios;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi demo`: the whole program with a simulated day, on this machine only.</summary>
internal sealed class DemoCommand(GlobalOptions global) : ICommandSource
{
    private const string Visitor = "demo";

    private readonly Option<string?> _listen = new("--listen", "-l") { Description = "Address and port of the portal, on loopback", HelpName = "ADDRESS:PORT" };
    private readonly Option<int> _seconds = new("--seconds")
    {
        Description = "How long the replay of the day takes; it then goes on in real time",
        DefaultValueFactory = _ => 90,
    };

    private readonly Option<ulong> _seed = new("--seed") { Description = "Another seed, another day", DefaultValueFactory = _ => 1 };

    public Command Create(IDictionary<Command, string> examples)
    {
        var command = new Command("demo", "See it work: center, portal and a simulated day of darknet traffic");
        foreach (var option in (Option[])[_listen, _seconds, _seed])
            command.Options.Add(option);

        command.SetAction(RunAsync);
        examples[command] = """
            kizashi demo
            kizashi demo --seconds 300 --seed 7
            """;
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        var seconds = result.GetValue(_seconds);
        if (seconds is < 1 or > 86_400)
            throw new CommandException(ExitCodes.Usage, "--seconds must be from 1 to 86400");

        var now = TimeProvider.System.GetUtcNow();
        var seed = result.GetValue(_seed);
        var scenario = Scenario.Preset("demo", now - TimeSpan.FromDays(1), seed) with { Duration = TimeSpan.FromDays(2) };
        var settings = Prepare(result, scenario);
        await using var app = CenterHost.Build(settings, CenterMode.Web, simulated: true);
        await CenterStart.StartAsync(app, settings, cancellation);
        await GreetAsync(app, seconds, cancellation);

        // The day must be through after so long although the clock runs on meanwhile.
        var speed = (86_400.0 + seconds) / seconds;
        var plan = SimulatedSessions.Plan("demo", scenario, speed, live: true);
        var line = new ProgressLine(Console.Error, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
        await foreach (var message in app.Services.GetRequiredService<SessionRunner>().RunAsync(plan, stop.Token))
        {
            if (message.Failure is { } failure)
                throw new CommandException(failure.ExitCode, failure.Message);

            if (message.Progress is { } progress)
                line.Show(progress with { Fraction = DayFraction(progress, now) });
        }

        line.Clear();
        await app.StopAsync(CancellationToken.None);
        return ExitCodes.Done;
    }

    // Of the day that is replayed; afterwards it goes on live, and a bar would say nothing.
    private static double? DayFraction(WatchProgress progress, DateTimeOffset end) =>
        progress.At is { } at && at < end ? Math.Clamp(1 - ((end - at) / TimeSpan.FromDays(1)), 0, 1) : null;

    private static async Task GreetAsync(Microsoft.AspNetCore.Builder.WebApplication app, int seconds, CancellationToken cancellation)
    {
        var accounts = app.Services.GetRequiredService<IAccountStore>();
        // An empty hash fits no password: only the link signs in.
        accounts.Save(new Account(Visitor, "", "admin", TimeProvider.System.GetUtcNow()));
        var token = OneTimeLinks.Create(accounts, OneTimeLinks.SignIn(Visitor), TimeSpan.FromHours(24), TimeProvider.System);
        var address = CenterStart.Address(app);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            kizashi demo: everything you will see is SIMULATED; nothing leaves this machine
              portal:          {address}
              sign in once by: {address}{OneTimeLinks.Path(token)}
              a simulated day is replayed within {seconds} s, then goes on in real time; Ctrl-C ends it
            """).AsMemory(), cancellation);
        await Console.Out.FlushAsync(cancellation);
    }

    /// <summary>A data directory of the demo's own, empty at each start, with the address plan that gives places to simulated sources.</summary>
    private LoadedSettings Prepare(ParseResult result, Scenario scenario)
    {
        var listen = result.GetValue(_listen);
        KeyValuePair<string, string?>[] more = listen is null ? [] : [new("Center:Listen", listen)];
        var loaded = global.Load(result, more);
        var folder = result.GetValue(global.Data) is null ? loaded.Options.DataDirectory + "-demo" : loaded.Options.DataDirectory;
        MakeEmpty(folder);
        var plan = AddressPlan.Create(scenario.Seed).Write(Directory.CreateDirectory(Path.Combine(folder, "plan")).FullName);
        return global.Load(
            result,
            [.. more, new("Data", folder), new("Enrichment:Mmdb", plan.Mmdb), new("Enrichment:Pfx2as", ""), new("Enrichment:Mrt", ""), new("Sensors", "")]);
    }

    private static void MakeEmpty(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            if (!DemoFolder.Holds(folder))
                throw new CommandException(ExitCodes.Usage, $"{folder} has data that is no demo's; the demo starts from nothing, give it another --data");

            DemoFolder.ThrowIfInUse(folder);
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        DemoFolder.Mark(folder);
    }
}
