using System.CommandLine;
using System.Text.Json;
using Kizashi.Analyze.Campaigns;
using Kizashi.Cli.Terminal;
using Kizashi.Cli.Watching;
using Kizashi.Core;
using Kizashi.Core.Addresses;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi campaigns`: groups the sources in captures by what they touch and when, without storing anything.</summary>
internal sealed class CampaignsCommand(GlobalOptions global) : ICommandSource
{
    private readonly Argument<string[]> _inputs = new("file")
    {
        Description = "Capture files (pcap, pcapng; plain, gzip, zstd) or directories of them, best of a day or more",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _source = new("--source", "-s") { Description = "Only the campaign and the nearest neighbors of this address", HelpName = "ADDRESS" };
    private readonly Option<string?> _dark = new("--dark", "-d") { Description = "Observed unused prefixes, with commas; inferred from the traffic if neither this nor the settings name any", HelpName = "PREFIX,..." };
    private readonly Option<int> _minPackets = new("--min-packets") { Description = "Packets from which on a source is compared with others", DefaultValueFactory = _ => new CampaignOptions().MinPackets, HelpName = "N" };
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object instead of the table" };
    private readonly Option<bool> _csv = new("--csv") { Description = "One line for each source and its campaign instead of the table" };

    public Command Create(IDictionary<Command, string> examples)
    {
        var command = new Command("campaigns", "Group the sources in captures by what they touch and when");
        command.Arguments.Add(_inputs);
        foreach (var option in (Option[])[_source, _dark, _minPackets, _json, _csv])
            command.Options.Add(option);

        command.SetAction(Run);
        examples[command] = """
            kizashi campaigns day.pcap.gz --dark 192.0.2.0/24
            kizashi campaigns /var/spool/captures --source 198.51.100.7
            kizashi campaigns day.pcap.gz --csv > sources.csv
            """;
        return command;
    }

    private int Run(ParseResult result)
    {
        if (result.GetValue(_json) && result.GetValue(_csv))
            throw new CommandException(ExitCodes.Usage, "give either --json or --csv, not both");

        var asked = result.GetValue(_source);
        if (asked is not null && !Address.TryParse(asked, out _))
            throw new CommandException(ExitCodes.Usage, $"'{asked}' is not an address");

        if (result.GetValue(_minPackets) < 1)
            throw new CommandException(ExitCodes.Usage, "--min-packets is at least 1");

        var settings = global.Load(result);
        var (survey, damage) = OfflineObservation.Run(
            "campaigns", result.GetRequiredValue(_inputs), result.GetValue(_dark), settings,
            (_, shards) => new CampaignSurvey(shards, new CampaignOptions { MinPackets = result.GetValue(_minPackets) }));
        var report = survey.Report();
        if (asked is not null)
            Write(report, Address.Parse(asked), result.GetValue(_json));
        else if (result.GetValue(_json))
            WriteJson(new { report.Campaigns, report.Compared, report.Alone, report.LeftOut, Error = damage });
        else if (result.GetValue(_csv))
            CampaignTable.WriteCsv(Console.Out, report);
        else
            CampaignTable.Write(Console.Out, report);

        if (damage is null)
            return ExitCodes.Done;

        Console.Error.WriteLine("kizashi: " + TerminalText.Clean(damage));
        return ExitCodes.BadInput;
    }

    private static void Write(CampaignReport report, Address source, bool json)
    {
        if (json)
            WriteJson(new { Source = source, Known = report.Knows(source), Campaign = report.Of(source)?.Name, Neighbors = report.Near(source) });
        else
            CampaignTable.Write(Console.Out, report, source);
    }

    private static void WriteJson<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, KizashiJson.Options));
}
