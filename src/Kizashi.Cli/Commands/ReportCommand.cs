using System.CommandLine;
using System.Globalization;
using Kizashi.Cli.Client;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;
using Kizashi.Share.Reports;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi report`: what concerns each network, as files its operators can read by program.</summary>
internal sealed class ReportCommand(GlobalOptions global) : ICommandSource
{
    private const int Most = 10_000_000;

    private readonly Option<string> _output = new("--output", "-o") { Description = "Folder for the files, one for each network", Required = true, HelpName = "DIR" };
    private readonly Option<string?> _day = new("--day") { Description = "UTC day on which the attacks began, such as 2026-11-26; default yesterday", HelpName = "DATE" };
    private readonly Option<string> _by = new("--by") { Description = "What a file is for: as, country, or all", DefaultValueFactory = _ => "as" };

    public Command Create(IDictionary<Command, string> examples)
    {
        _by.AcceptOnlyFromAmong("as", "country", "all");
        var command = new Command("report", "Write the amplification attacks of a day, one CSV file for each attacked network");
        foreach (var option in (Option[])[_output, _day, _by])
            command.Options.Add(option);

        command.SetAction(RunAsync);
        examples[command] = """
            kizashi report --output reports/                       yesterday's, one file for each AS
            kizashi report --output reports/ --day 2026-11-26 --by country
            """;
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        var day = Day(result.GetValue(_day));
        var settings = global.Load(result);
        var folder = Directory.CreateDirectory(result.GetRequiredValue(_output)).FullName;
        await using var access = await DataAccess.OpenAsync(settings, cancellation);
        var from = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var groups = new SortedDictionary<string, List<Alert>>(StringComparer.Ordinal);
        var query = new AlertQuery { Kind = EventCatalog.ReflectorAttack, From = from, To = from.AddDays(1), NewestFirst = false, Most = Most };
        await foreach (var alert in access.QueryAsync(query, cancellation))
        {
            if (alert.MergedInto is not null)
                continue;

            var name = Name(alert, result.GetRequiredValue(_by));
            if (!groups.TryGetValue(name, out var group))
                groups[name] = group = [];

            group.Add(alert);
        }

        var report = new AmplificationReport();
        var options = new ExportOptions { Organization = settings.Options.Center.Organization };
        foreach (var (name, alerts) in groups)
        {
            var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}-{report.Format}-{name}.csv"));
            await using (var file = File.Create(path))
                await report.WriteAsync(alerts, file, options, cancellation);

            Console.WriteLine($"{path}  {alerts.Count} {(alerts.Count == 1 ? "attack" : "attacks")}");
        }

        if (groups.Count == 0)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"no amplification attack began on {day:yyyy-MM-dd} (UTC)"));

        return ExitCodes.Done;
    }

    private static DateOnly Day(string? text)
    {
        if (text is null)
            return DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-1);

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new CommandException(ExitCodes.Usage, $"--day '{Terminal.TerminalText.Clean(text)}' is not a day such as 2026-11-26");
    }

    private static string Name(Alert alert, string by) => by switch
    {
        "as" => alert.Facts.Asn == 0 ? "unknown" : string.Create(CultureInfo.InvariantCulture, $"as{alert.Facts.Asn}"),
        "country" => alert.Facts.Country.Length == 0 ? "unknown" : alert.Facts.Country.ToLowerInvariant(),
        _ => "all",
    };
}
