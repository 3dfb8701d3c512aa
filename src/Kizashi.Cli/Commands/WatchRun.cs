using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Kizashi.Cli.Center;
using Kizashi.Cli.Client;
using Kizashi.Cli.Terminal;
using Kizashi.Cli.Watching;
using Kizashi.Core;
using Spectre.Console;

namespace Kizashi.Cli.Commands;

/// <summary>Has a request carried out, here or by the center that runs on the data directory, and shows how it goes and ends.</summary>
internal static class WatchRun
{
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        LoadedSettings settings, WatchRequest request, bool json, bool quiet, CancellationToken cancellation)
    {
        var progress = quiet ? null : new ProgressLine(Console.Error, TimeProvider.System);
        WatchSummary? summary = null;
        try
        {
            await foreach (var message in MessagesAsync(settings, request, progress, cancellation))
            {
                if (message.Failure is { } failure)
                    throw new CommandException(failure.ExitCode, failure.Message);

                if (message.Progress is { } now)
                    progress?.Show(now);

                summary = message.Summary ?? summary;
            }
        }
        finally
        {
            progress?.Clear();
        }

        if (summary is null)
            throw new CommandException(ExitCodes.Internal, "the center ended before the work did");

        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(summary, KizashiJson.Options));
        else
            SummaryTable.Write(AnsiConsole.Console, summary);

        if (summary.Error is null)
            return ExitCodes.Done;

        await Console.Error.WriteLineAsync("kizashi: " + TerminalText.Clean(summary.Error));
        return ExitCodes.BadInput;
    }

    private static async IAsyncEnumerable<WatchMessage> MessagesAsync(
        LoadedSettings settings, WatchRequest request, ProgressLine? progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var client = await CenterClient.TryConnectAsync(settings.Options.DataDirectory, cancellation);
        if (client is not null)
        {
            progress?.Note("a center runs on this data directory and does the work");
            await foreach (var message in AskCenterAsync(client, request, cancellation))
                yield return message;

            yield break;
        }

        await using var app = CenterHost.Build(settings, CenterMode.Local);
        await CenterStart.StartAsync(app, settings, cancellation);
        var input = request.FromStream ? Console.OpenStandardInput() : null;
        var runner = app.Services.GetRequiredService<SessionRunner>();
        await foreach (var message in runner.RunAsync(request, input, cancellation))
            yield return message;

        await app.StopAsync(CancellationToken.None);
    }

    private static IAsyncEnumerable<WatchMessage> AskCenterAsync(
        CenterClient client, WatchRequest request, CancellationToken cancellation)
    {
        var content = request.FromStream ? new StreamContent(Console.OpenStandardInput()) : new StreamContent(Stream.Null);
        content.Headers.Add(LocalApi.WatchHeader, WebUtility.UrlEncode(JsonSerializer.Serialize(request, KizashiJson.Options)));
        return client.LinesAsync<WatchMessage>(HttpMethod.Post, "/local/watch", content, cancellation);
    }
}
