using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Kizashi.Cli.Center;
using Kizashi.Core;

namespace Kizashi.Cli.Client;

/// <summary>Talks to a running center over its local socket.</summary>
internal sealed class CenterClient : IDisposable
{
    private readonly HttpClient _http;

    private CenterClient(string socket)
    {
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                    return new NetworkStream(connection, ownsSocket: true);
                }
                catch
                {
                    connection.Dispose();
                    throw;
                }
            },
        })
        {
            BaseAddress = new Uri("http://center"),
            Timeout = Timeout.InfiniteTimeSpan,

            // What a sensor sends and what the center says of it go at the same time, which HTTP/1.1 cannot.
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    /// <summary>Null when no program answers on the data directory's socket.</summary>
    public static async Task<CenterClient?> TryConnectAsync(string dataDirectory, CancellationToken cancellation)
    {
        var socket = LocalSocket.PathIn(dataDirectory);
        if (!File.Exists(socket))
            return null;

        var client = new CenterClient(socket);
        try
        {
            using var answer = await client._http.GetAsync(LocalSocket.Hello, cancellation);
            if (answer.IsSuccessStatusCode)
                return client;
        }
        catch (HttpRequestException)
        {
            // A socket file without a listener is what a killed program leaves behind: there is no center.
        }

        client.Dispose();
        return null;
    }

    /// <summary>Null for 404.</summary>
    public async Task<T?> GetAsync<T>(string path, CancellationToken cancellation)
        where T : class
    {
        using var answer = await _http.GetAsync(path, cancellation);
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound)
            return null;

        await ThrowIfFailedAsync(answer, cancellation);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        return await JsonSerializer.DeserializeAsync<T>(body, KizashiJson.Options, cancellation);
    }

    public async IAsyncEnumerable<T> LinesAsync<T>(
        HttpMethod method, string path, HttpContent? content, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content, Version = _http.DefaultRequestVersion, VersionPolicy = _http.DefaultVersionPolicy };
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await ThrowIfFailedAsync(answer, cancellation);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length > 0 && JsonSerializer.Deserialize<T>(line, KizashiJson.Options) is { } value)
                yield return value;
        }
    }

    public async Task CopyAsync(string path, Stream target, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await ThrowIfFailedAsync(answer, cancellation);
        await answer.Content.CopyToAsync(target, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private static async Task ThrowIfFailedAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.IsSuccessStatusCode)
            return;

        var text = await answer.Content.ReadAsStringAsync(cancellation);
        var code = (int)answer.StatusCode is >= 400 and < 500 ? ExitCodes.Usage : ExitCodes.Internal;
        throw new CommandException(code, $"the running center answered {(int)answer.StatusCode}: {text}");
    }
}
