using System.CommandLine;
using System.Text.Json;
using Kizashi.Cli.Client;
using Kizashi.Cli.Terminal;
using Kizashi.Core;

namespace Kizashi.Cli.Commands;

/// <summary>`kizashi show ALERT-ID`: prints an alert's whole evidence.</summary>
internal sealed class ShowCommand(GlobalOptions global) : ICommandSource
{
    private readonly Argument<string> _id = new("alert-id") { Description = "As `kizashi alerts` prints it; the start of it will do" };
    private readonly Option<bool> _json = new("--json") { Description = "As one JSON object with the raw packets in base64" };
    private readonly Option<string?> _capture = new("--capture")
    {
        Description = "Also write the sampled packets to this pcap file",
        HelpName = "FILE",
    };

    public Command Create(IDictionary<Command, string> examples)
    {
        var command = new Command("show", "Print everything that is known of an alert, down to the packets");
        command.Arguments.Add(_id);
        command.Options.Add(_json);
        command.Options.Add(_capture);
        command.SetAction(RunAsync);
        examples[command] = """
            kizashi show 4T7K2M9QH0C3XWRA
            kizashi show 4T7K2M9QH0C3XWRA --capture evidence.pcap
            """;
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        var id = result.GetRequiredValue(_id).Trim().ToUpperInvariant();
        var loaded = global.Load(result);
        await using var access = await DataAccess.OpenAsync(loaded, cancellation);
        var file = await access.FindAsync(id, cancellation) ?? await FindByStartAsync(access, id, cancellation);
        if (result.GetValue(_capture) is { } path)
            await WriteCaptureAsync(file, path);

        if (result.GetValue(_json))
            Console.Out.WriteLine(JsonSerializer.Serialize(file, KizashiJson.Indented));
        else
            new AlertReport(Console.Out, new Center.PacketDissector()).Write(file);

        return ExitCodes.Done;
    }

    private static async Task<AlertFile> FindByStartAsync(IAlertAccess access, string id, CancellationToken cancellation)
    {
        var found = new List<string>();
        if (id.Length >= 4)
        {
            await foreach (var alert in access.QueryAsync(new() { Most = 10_000 }, cancellation))
            {
                if (alert.Id.StartsWith(id, StringComparison.Ordinal))
                    found.Add(alert.Id);
            }
        }

        return found.Count switch
        {
            1 => (await access.FindAsync(found[0], cancellation))!,
            0 => throw new CommandException(ExitCodes.Usage, $"there is no alert '{TerminalText.Clean(id)}'; `kizashi alerts` lists them"),
            _ => throw new CommandException(ExitCodes.Usage, $"'{TerminalText.Clean(id)}' begins {found.Count} alerts: {string.Join(", ", found.Take(5))}"),
        };
    }

    private static async Task WriteCaptureAsync(AlertFile file, string path)
    {
        await using var target = File.Create(path);
        new Center.PacketDissector().WriteCapture(file.Samples, target);
    }
}
