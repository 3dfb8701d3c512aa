using System.CommandLine;
using Kizashi.Cli.Client;
using Kizashi.Cli.Terminal;
using Kizashi.Core;
using Kizashi.Core.Alerts;
using Kizashi.Core.Pipeline;
using Kizashi.Core.Storage;
using Kizashi.Share.Json;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi alerts`: lists, filters and follows alerts.</summary>
internal sealed class AlertsCommand(GlobalOptions global) : ICommandSource
{
    private const string Report = "event4_honeypot_ddos_amp";

    private readonly Option<string?> _kind = new("--kind", "-k")
    {
        Description = "Only this kind, or all that begin so when it ends in a dot: darknet.scan, darknet.",
        HelpName = "KIND",
    };

    private readonly Option<string?> _subject = new("--subject", "-s")
    {
        Description = "Only this address, or all addresses of this prefix",
        HelpName = "ADDRESS|PREFIX",
    };

    private readonly Option<string?> _severity = new("--severity") { Description = "At least: low, medium, high or critical" };
    private readonly Option<string?> _since = new("--since") { Description = "Opened since: 24h, 7d, 2026-11-23T06:00Z", HelpName = "TIME" };
    private readonly Option<string?> _until = new("--until") { Description = "Opened before", HelpName = "TIME" };
    private readonly Option<bool> _open = new("--open") { Description = "Only alerts that go on" };
    private readonly Option<bool> _closed = new("--closed") { Description = "Only alerts that are over" };
    private readonly Option<string?> _country = new("--country") { Description = "Subject in this country", HelpName = "CC" };
    private readonly Option<uint?> _asn = new("--asn") { Description = "Subject in this AS", HelpName = "NUMBER" };
    private readonly Option<string?> _sensor = new("--sensor") { Description = "Seen by this sensor", HelpName = "NAME" };
    private readonly Option<string?> _text = new("--text") { Description = "With these words in summary or subject", HelpName = "WORDS" };
    private readonly Option<int> _most = new("--most", "-n")
    {
        Description = "At most so many",
        DefaultValueFactory = _ => 100,
        HelpName = "COUNT",
    };

    private readonly Option<bool> _oldest = new("--oldest-first") { Description = "In order of opening; default newest first" };
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Then go on with alerts as they come, until Ctrl-C" };
    private readonly Option<string> _format = new("--format")
    {
        Description = $"table, json (one alert a line), csv, stix (a STIX 2.1 bundle), or {Report} (amplification attacks)",
        DefaultValueFactory = _ => "table",
    };

    private readonly Option<bool> _dark = new("--include-dark")
    {
        Description = "Let dark addresses into csv and stix; they betray where the telescope is",
    };

    public Command Create(IDictionary<Command, string> examples)
    {
        _format.AcceptOnlyFromAmong("table", "json", "csv", "stix", Report);
        _severity.AcceptOnlyFromAmong("low", "medium", "high", "critical");
        _kind.CompletionSources.Add([.. EventCatalog.AlertKinds]);
        var command = new Command("alerts", "List, filter and follow alerts");
        Option[] options =
        [
            _kind, _subject, _severity, _since, _until, _open, _closed, _country, _asn, _sensor, _text, _most, _oldest,
            _follow, _format, _dark,
        ];
        foreach (var option in options)
            command.Options.Add(option);

        command.SetAction(RunAsync);
        examples[command] = """
            kizashi alerts --severity high --open
            kizashi alerts --kind darknet.dos-victim --since 24h --format csv > victims.csv
            kizashi alerts --subject 198.51.100.0/24 --format json | jq .summary
            kizashi alerts --follow
            """;
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        var query = ReadQuery(result);
        var format = result.GetRequiredValue(_format);
        var follow = result.GetValue(_follow);
        if (follow && format is "csv" or "stix" or Report)
            throw new CommandException(ExitCodes.Usage, $"--follow goes with table and json; a {format} file has an end");

        var loaded = global.Load(result);
        await using var access = await DataAccess.OpenAsync(loaded, cancellation);
        if (format != "table" && !follow)
        {
            await using var output = Console.OpenStandardOutput();
            await access.ExportAsync(format, query, result.GetValue(_dark), output, cancellation);
            return ExitCodes.Done;
        }

        await ListAsync(access, query, format, follow, cancellation);
        return ExitCodes.Done;
    }

    private static async Task ListAsync(
        IAlertAccess access, AlertQuery query, string format, bool follow, CancellationToken cancellation)
    {
        var table = new AlertTable(Console.Out);
        var json = new JsonExporter();
        await using var output = Console.OpenStandardOutput();
        try
        {
            // Following begins before the list is read, so that nothing falls between the two.
            var later = follow ? access.FollowAsync(query with { To = null }, cancellation).GetAsyncEnumerator(cancellation) : null;
            var first = later?.MoveNextAsync().AsTask();
            await foreach (var alert in access.QueryAsync(query, cancellation))
                await WriteAsync(alert);

            if (format == "table" && !follow)
                table.End();

            while (first is not null && await first)
            {
                await WriteAsync(later!.Current);
                first = later.MoveNextAsync().AsTask();
            }
        }
        catch (OperationCanceledException) when (follow)
        {
            // Ctrl-C is how following ends.
        }

        async Task WriteAsync(Alert alert)
        {
            if (format == "json")
            {
                await json.WriteAsync([alert], output, new ExportOptions(), cancellation);
                await output.FlushAsync(cancellation);
                return;
            }

            table.Write(alert);
            await Console.Out.FlushAsync(cancellation);
        }
    }

    private AlertQuery ReadQuery(ParseResult result)
    {
        var most = result.GetValue(_most);
        if (most < 1)
            throw new CommandException(ExitCodes.Usage, $"--most {most} must be at least 1");

        return new AlertQuery
        {
            Kind = result.GetValue(_kind),
            Subject = result.GetValue(_subject),
            AtLeast = result.GetValue(_severity) is { } severity ? Enum.Parse<Severity>(severity, ignoreCase: true) : null,
            From = result.GetValue(_since) is { } since ? MomentText.Parse("--since", since, TimeProvider.System) : null,
            To = result.GetValue(_until) is { } until ? MomentText.Parse("--until", until, TimeProvider.System) : null,
            Open = (result.GetValue(_open), result.GetValue(_closed)) switch
            {
                (true, false) => true,
                (false, true) => false,
                _ => null,
            },
            Country = result.GetValue(_country)?.ToUpperInvariant(),
            Asn = result.GetValue(_asn),
            Sensor = result.GetValue(_sensor),
            Text = result.GetValue(_text),
            NewestFirst = !result.GetValue(_oldest),
            Most = most,
        };
    }
}
