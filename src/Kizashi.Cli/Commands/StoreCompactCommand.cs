using System.CommandLine;
using Kizashi.Cli.Terminal;
using Kizashi.Store.Embedded.Maintenance;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi store compact`: does now what a running center does in the background.</summary>
internal sealed class StoreCompactCommand(GlobalOptions global) : ICommandSource
{
    public Command Create(IDictionary<Command, string> examples)
    {
        var command = new Command("compact", "Merge and sort segments now, as a running center does in the background");
        command.SetAction(RunAsync);
        examples[command] = "kizashi store compact";
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        await using var app = StoreAccess.Open(global.Load(result));
        var progress = new StoreProgress();
        var report = app.Services.GetRequiredService<StoreMaintenance>().Compact(progress, cancellation);
        progress.Clear();
        Console.Out.WriteLine(
            $"{report.SegmentsBefore:#,0} segments, {Quantity.Bytes(report.BytesBefore)} -> {report.SegmentsAfter:#,0} segments, {Quantity.Bytes(report.BytesAfter)}");
        return ExitCodes.Done;
    }
}
