using System.CommandLine;
using Kizashi.SensorHost;

namespace Kizashi.Cli.Commands;

/// <summary>All commands with their help.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        var global = new GlobalOptions();
        var root = new RootCommand("Kizashi: early warning of cyber attacks from unused addresses and decoys.");
        foreach (var option in global.All)
            root.Options.Add(option);

        var examples = new Dictionary<Command, string>
        {
            [root] = """
                kizashi demo                              see it work with simulated traffic
                kizashi watch capture.pcap                what is in this capture?
                kizashi center                            the long-lived service with the portal
                kizashi alerts --severity high --follow   high alerts as they come
                exit codes: 0 done, 1 internal fault, 2 usage or settings, 3 bad input
                """,
        };
        ICommandSource[] sources =
        [
            new DemoCommand(global), new WatchCommand(global), new SensorCommand(global), new CenterCommand(global), new AlertsCommand(global),
            new ShowCommand(global), new ReportCommand(global), new SimulateCommand(global), new EvaluateCommand(), new ForecastCommand(global, backtest: false), new ForecastCommand(global, backtest: true),
            new EnginesCommand(global), new CampaignsCommand(global), new StoreCommand(global), new ConfigCommand(global),
            new CompletionCommand(),
        ];
        foreach (var source in sources)
            root.Subcommands.Add(source.Create(examples));

        HelpWithExamples.AddTo(root, examples);
        return root;
    }
}
