using System.CommandLine;
using System.Text.Json;
using Kizashi.Analyze.Campaigns;
using Kizashi.Cli.Client;
using Kizashi.Cli.Terminal;
using Kizashi.Cli.Watching;
using Kizashi.Core;
using Kizashi.Core.Addresses;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi campaigns`: groups sources by what they touch and when: those in captures, else those of the newest day that is stored.</summary>
internal sealed class CampaignsCommand(GlobalOptions global) : ICommandSource
{
    private readonly Argument<string[]> _inputs = new("file")
    {
        Description = "Capture files (pcap, pcapng; plain, gzip, zstd) or directories of them, best of a day or more; without any, the newest day of what is stored",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _source = new("--source", "-s") { Description = "Only the campaign and the nearest neighbors of this address", HelpName = "ADDRESS" };
    private readonly Option<string?> _dark = new("--dark", "-d") { Description = "Observed unused prefixes, with commas; inferred from the traffic if neither this nor the settings name any", HelpName = "PREFIX,..." };
    private readonly Option<int> _minPackets = new("--min-packets") { Description = "Packets from which on a source in files is compared with others", DefaultValueFactory = _ => new CampaignOptions().MinPackets, HelpName = "N" };
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object instead of the table" };
    private readonly Option<bool> _csv = new("--csv") { Description = "One line for each source and its campaign instead of the table" };

    public Command Create(IDictionary<Command, string> examples)
    {
        var command = new Command("campaigns", "Group sources by what they touch and when");
        command.Arguments.Add(_inputs);
        foreach (var option in (Option[])[_source, _dark, _minPackets, _json, _csv])
            command.Options.Add(option);

        command.SetAction(RunAsync);
        examples[command] = """
            kizashi campaigns
            kizashi campaigns --source 198.51.100.7
            kizashi campaigns day.pcap.gz --dark 192.0.2.0/24
            kizashi campaigns /var/spool/captures --json
            kizashi campaigns day.pcap.gz --csv > sources.csv
            """;
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        var source = ReadSource(result);
        var settings = global.Load(result);
        var inputs = result.GetValue(_inputs) ?? [];
        if (inputs.Length == 0)
        {
            await using var access = await CampaignAccess.OpenAsync(settings, cancellation);
            if (source is { } asked)
                Write(await access.KinAsync(asked, cancellation), result);
            else
                Write(await access.ListAsync(cancellation), result);

            return ExitCodes.Done;
        }

        var (survey, damage) = OfflineObservation.Run(
            "campaigns", inputs, result.GetValue(_dark), settings,
            (_, shards) => new CampaignSurvey(shards, new CampaignOptions { MinPackets = result.GetValue(_minPackets) }));
        var report = survey.Report(cancellation);
        if (source is { } one)
            Write(SourceKin.Of(report, one), result);
        else
            Write(CampaignList.Of(report, null), result, damage);

        if (damage is null)
            return ExitCodes.Done;

        Console.Error.WriteLine("kizashi: " + TerminalText.Clean(damage));
        return ExitCodes.BadInput;
    }

    private Address? ReadSource(ParseResult result)
    {
        if (result.GetValue(_json) && result.GetValue(_csv))
            throw new CommandException(ExitCodes.Usage, "give either --json or --csv, not both");

        if (result.GetValue(_minPackets) < 1)
            throw new CommandException(ExitCodes.Usage, "--min-packets is at least 1");

        if (result.GetValue(_source) is not { } asked)
            return null;

        return Address.TryParse(asked, out var source)
            ? source
            : throw new CommandException(ExitCodes.Usage, $"'{asked}' is not an address");
    }

    private void Write(CampaignList list, ParseResult result, string? damage = null)
    {
        if (result.GetValue(_json))
            WriteJson(new { list.Campaigns, list.Compared, list.Alone, list.LeftOut, list.Range, Error = damage });
        else if (result.GetValue(_csv))
            CampaignTable.WriteCsv(Console.Out, list);
        else
            CampaignTable.Write(Console.Out, list);
    }

    private void Write(SourceKin kin, ParseResult result)
    {
        if (result.GetValue(_json))
            WriteJson(kin);
        else
            CampaignTable.Write(Console.Out, kin);
    }

    private static void WriteJson<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, KizashiJson.Options));
}
