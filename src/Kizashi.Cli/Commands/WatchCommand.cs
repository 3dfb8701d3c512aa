using System.CommandLine;
using Kizashi.Cli.Terminal;
using Kizashi.Cli.Watching;
using Kizashi.Core.Addresses;
using Kizashi.Core.Sensors;
using Kizashi.Observe.Telescope.Responder;
using Kizashi.SensorHost;
using Spectre.Console;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi watch`: runs captures or a live interface through the whole pipeline.</summary>
internal sealed class WatchCommand(GlobalOptions global) : ICommandSource
{
    private readonly Argument<string[]> _inputs = new("input")
    {
        Description = "Capture files (pcap, pcapng; plain, gzip, zstd), directories of them, or - for standard input",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _interface = new("--interface", "-i") { Description = "Watch this interface live; needs CAP_NET_RAW and nothing else", HelpName = "NAME" };
    private readonly Option<string?> _dark = new("--dark", "-d") { Description = "Observed unused prefixes, with commas; inferred from the traffic if neither this nor the settings name any", HelpName = "PREFIX,..." };
    private readonly Option<string?> _filter = new("--filter") { Description = "Only packets that match this BPF expression, such as 'tcp port 23'", HelpName = "EXPRESSION" };
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with files as they appear in the directories, until Ctrl-C" };
    private readonly Option<bool> _again = new("--again") { Description = "Store the content even if it was watched before" };
    private readonly Option<bool> _unwrap = new("--unwrap") { Description = "Look inside GRE, IP-in-IP, VXLAN and ERSPAN" };
    private readonly Option<string?> _record = new("--record") { Description = "Keep the raw traffic as rotating pcap.zst files in this directory (bounds: settings, Record)", HelpName = "DIR" };
    private readonly Option<bool> _respond = new("--respond") { Description = "Answer SYNs to the dark prefixes of --interface, at most one a minute for each source, to see first payloads" };
    private readonly Option<int?> _respondRate = new("--respond-rate") { Description = $"SYN-ACKs a second over all sources, {ResponderOptions.LeastPerSecond} to {ResponderOptions.MostPerSecond}; default 20", HelpName = "N" };
    private readonly Option<string?> _sensor = new("--sensor") { Description = "Name of the sensor that the observations carry; default watch, or the interface's name", HelpName = "NAME" };
    private readonly Option<bool> _json = new("--json") { Description = "End with one JSON object instead of a table" };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress on standard error" };

    public Command Create(IDictionary<Command, string> examples)
    {
        var command = new Command("watch", "Run captures or a live interface through the whole pipeline");
        command.Arguments.Add(_inputs);
        foreach (var option in (Option[])[_interface, _dark, _filter, _follow, _again, _unwrap, _record, _respond, _respondRate, _sensor, _json, _quiet])
            command.Options.Add(option);

        command.SetAction(RunAsync);
        examples[command] = """
            kizashi watch capture.pcap.gz --dark 192.0.2.0/24
            kizashi watch /var/spool/captures --follow
            zcat day.pcap.gz | kizashi watch - --filter 'not icmp' --json
            sudo kizashi watch --interface eth0 --record /var/spool/kizashi
            sudo kizashi watch --interface eth0 --dark 192.0.2.0/24 --respond
            """;
        return command;
    }

    private Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        var request = ReadRequest(result);
        var input = request.FromStream ? Console.OpenStandardInput() : null;
        return WatchRun.RunAsync(global.Load(result), request, input, result.GetValue(_json), result.GetValue(_quiet), cancellation);
    }

    private WatchRequest ReadRequest(ParseResult result)
    {
        var inputs = result.GetValue(_inputs) ?? [];
        var device = result.GetValue(_interface);
        var faults = Faults(inputs, device, result).ToList();
        if (faults.Count > 0)
            throw new CommandException(ExitCodes.Usage, string.Join("\nkizashi: ", faults));

        return new WatchRequest
        {
            Sensor = SensorName(result),
            Inputs = [.. inputs.Where(input => input != "-").Select(Path.GetFullPath)],
            FromStream = inputs.Contains("-"),
            Follow = result.GetValue(_follow),
            Interface = device,
            Filter = result.GetValue(_filter) ?? "",
            Dark = CommaList.Split(result.GetValue(_dark)),
            AnswersPerSecond = result.GetValue(_respond) ? result.GetValue(_respondRate) ?? new ResponderOptions().PerSecond : 0,
            Again = result.GetValue(_again),
            Unwrap = result.GetValue(_unwrap),
            Record = result.GetValue(_record) is { } record ? Path.GetFullPath(record) : null,
        };
    }

    private IEnumerable<string> Faults(string[] inputs, string? device, ParseResult result)
    {
        if (inputs.Length == 0 && device is null)
            yield return "name a capture file, a directory, - for standard input, or --interface; see `kizashi watch --help`";

        if (inputs.Length > 0 && device is not null)
            yield return "give either captures or --interface, not both";

        if (inputs.Contains("-") && inputs.Length > 1)
            yield return "- (standard input) stands alone";

        foreach (var input in inputs.Where(input => input != "-" && !Path.Exists(input)))
            yield return $"there is no file or directory '{TerminalText.Clean(input)}'";

        if (result.GetValue(_follow) && !inputs.Any(Directory.Exists))
            yield return "--follow needs a directory in which files appear";

        foreach (var text in CommaList.Split(result.GetValue(_dark)).Where(text => !Prefix.TryParse(text, null, out _)))
            yield return $"--dark '{TerminalText.Clean(text)}' is not a prefix such as 192.0.2.0/24";

        if (result.GetValue(_respond) && (device is null || CommaList.Split(result.GetValue(_dark)).Length == 0))
            yield return "--respond needs --interface and --dark: SYNs are answered only for dark prefixes that were named";

        if (result.GetValue(_respondRate) is { } rate && (!result.GetValue(_respond) || rate is < ResponderOptions.LeastPerSecond or > ResponderOptions.MostPerSecond))
            yield return $"--respond-rate goes with --respond and is {ResponderOptions.LeastPerSecond} to {ResponderOptions.MostPerSecond}";

        if (!SensorNames.IsValid(SensorName(result)))
            yield return $"--sensor must be {SensorNames.Rule}";
    }

    private string SensorName(ParseResult result) => result.GetValue(_sensor) ?? result.GetValue(_interface) ?? "watch";
}
