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
    /// <param name="settings">As they were read.</param>
    /// <param name="request">What to do.</param>
    /// <param name="input">The stream that the request speaks of; null for none.</param>
    /// <param name="json">End with an object instead of a table.</param>
    /// <param name="quiet">No progress.</param>
    /// <param name="cancellation">Ends the work; what was taken is kept.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        LoadedSettings settings, WatchRequest request, Stream? input, bool json, bool quiet, CancellationToken cancellation)
    {
        var progress = quiet ? null : new ProgressLine(Console.Error, TimeProvider.System);
        WatchSummary? summary = null;
        try
        {
            await foreach (var message in MessagesAsync(settings, request, input, progress, cancellation))
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
        LoadedSettings settings, WatchRequest request, Stream? input, ProgressLine? progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var client = await CenterClient.TryConnectAsync(settings.Options.DataDirectory, cancellation);
        if (client is not null)
        {
            progress?.Note("a center runs on this data directory and does the work");
            await foreach (var message in AskCenterAsync(client, request, input, cancellation))
                yield return message;

            yield break;
        }

        await using var app = CenterHost.Build(settings, CenterMode.Local);
        await CenterStart.StartAsync(app, settings, cancellation);
        var runner = app.Services.GetRequiredService<SessionRunner>();
        await foreach (var message in runner.RunAsync(request, input, cancellation))
            yield return message;

        await app.StopAsync(CancellationToken.None);
    }

    private static IAsyncEnumerable<WatchMessage> AskCenterAsync(
        CenterClient client, WatchRequest request, Stream? input, CancellationToken cancellation)
    {
        var content = new LiveContent(input ?? Stream.Null);
        content.Headers.Add(LocalApi.WatchHeader, WebUtility.UrlEncode(JsonSerializer.Serialize(request, KizashiJson.Options)));
        return client.LinesAsync<WatchMessage>(HttpMethod.Post, "/local/watch", content, cancellation);
    }
}
