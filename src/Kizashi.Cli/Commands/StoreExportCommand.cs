using System.CommandLine;
using Kizashi.Cli.Terminal;
using Kizashi.Core.Storage;
using Kizashi.Store.Embedded.Maintenance;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi store export`: observations as files for other tools.</summary>
internal sealed class StoreExportCommand(GlobalOptions global) : ICommandSource
{
    private readonly Option<string> _output = new("--output", "-o") { Description = "Folder for the files, one for each kind and UTC day", Required = true, HelpName = "DIR" };
    private readonly Option<string> _format = new("--format") { Description = "parquet or csv", DefaultValueFactory = _ => "parquet" };
    private readonly Option<string?> _since = new("--since") { Description = "From this time on: 24h, 7d, 2026-11-23T06:00Z; default everything", HelpName = "TIME" };
    private readonly Option<string?> _until = new("--until") { Description = "Before this time", HelpName = "TIME" };

    public Command Create(IDictionary<Command, string> examples)
    {
        _format.AcceptOnlyFromAmong("parquet", "csv");
        var command = new Command("export", "Write observations as Parquet or CSV files");
        foreach (var option in (Option[])[_output, _format, _since, _until])
            command.Options.Add(option);

        command.SetAction(RunAsync);
        examples[command] = """
            kizashi store export --output export/
            kizashi store export --since 24h --format csv --output today/
            """;
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var from = result.GetValue(_since) is { } since ? MomentText.Parse("--since", since, time) : DateTimeOffset.UnixEpoch;
        var to = result.GetValue(_until) is { } until ? MomentText.Parse("--until", until, time) : DateTimeOffset.MaxValue.AddDays(-1);
        if (to <= from)
            throw new CommandException(ExitCodes.Usage, "--until must be later than --since");

        var settings = global.Load(result);
        var folder = Path.GetFullPath(result.GetRequiredValue(_output));
        if ((folder + "/").StartsWith(settings.Options.DataDirectory.TrimEnd('/') + "/", StringComparison.Ordinal))
            throw new CommandException(ExitCodes.Usage, $"--output {folder} is inside the data directory, which removes files it does not know");

        await using var app = StoreAccess.Open(settings);
        var progress = new StoreProgress();
        var format = result.GetRequiredValue(_format) == "csv" ? ExportFormat.Csv : ExportFormat.Parquet;
        var report = app.Services.GetRequiredService<StoreMaintenance>()
            .Export(new TimeRange(from, to), folder, format, progress, cancellation);
        progress.Clear();
        Console.Out.WriteLine($"{report.Files.Count:#,0} files, {report.Rows:#,0} rows, {Quantity.Bytes(report.Bytes)} in {folder}");
        return ExitCodes.Done;
    }
}
