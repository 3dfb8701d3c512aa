using System.CommandLine;
using System.Text.Json;
using Kizashi.Cli.Terminal;
using Kizashi.Core;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.Maintenance;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi store check`: reads everything and compares it with the ledger.</summary>
internal sealed class StoreCheckCommand(GlobalOptions global) : ICommandSource
{
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object instead of text" };

    public Command Create(IDictionary<Command, string> examples)
    {
        var command = new Command("check", "Read everything that is stored and compare it with the ledger");
        command.Options.Add(_json);
        command.SetAction(RunAsync);
        examples[command] = "kizashi store check --data /var/lib/kizashi";
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        await using var app = StoreAccess.Open(global.Load(result));
        var progress = new StoreProgress();
        var report = app.Services.GetRequiredService<StoreMaintenance>().Check(progress, cancellation);
        progress.Clear();
        var statistics = app.Services.GetRequiredService<IObservationStore>().Statistics;
        if (result.GetValue(_json))
        {
            var answer = new { report.Segments, report.Rows, statistics.Tuples, statistics.Packets, statistics.Bytes, report.Problems };
            Console.Out.WriteLine(JsonSerializer.Serialize(answer, KizashiJson.Options));
        }
        else
        {
            Console.Out.WriteLine($"{report.Segments:#,0} segments, {report.Rows:#,0} rows, {Quantity.Bytes(statistics.Bytes)}: " +
                (report.Problems.Count == 0 ? "all is well" : $"{report.Problems.Count} problems"));
            foreach (var problem in report.Problems)
                Console.Out.WriteLine("  - " + TerminalText.Clean(problem));
        }

        return report.Problems.Count == 0 ? ExitCodes.Done : ExitCodes.BadInput;
    }
}
