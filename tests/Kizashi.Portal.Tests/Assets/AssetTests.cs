using System.Net;
using System.Text.RegularExpressions;
using Kizashi.Portal.Assets;
using Microsoft.Extensions.DependencyInjection;

namespace Kizashi.Portal.Tests.Assets;

public sealed partial class AssetTests
{
    /// <summary>Names of XML vocabularies and licences; nothing is fetched from them.</summary>
    private static readonly string[] Names =
    [
        "http://www.w3.org/", "http://www.apache.org/licenses/", "https://www.apache.org/", "https://github.com/", "http://git.io/",
        "https://opensource.org/", "https://bl.ocks.org", "https://aka.ms/", "https://go.microsoft.com/", "https://d3js.org", "http://localhost", "https://learn.microsoft.com/",
    ];

    [Fact]
    public void Everything_the_pages_load_is_embedded()
    {
        var catalog = new AssetCatalog();
        Assert.All(
            new[] { "blazor.web.js", "portal.js", "chart.js", "tokens.css", "kizashi.svg", "vendor/echarts/echarts.esm.min.js", "vendor/echarts/LICENSE", "vendor/echarts/NOTICE", "vendor/world/world.json", "vendor/world/LICENSE" },
            path => Assert.True(catalog.Find(path) is { Bytes.Length: > 0 }, path));
    }

    [Fact]
    public void No_asset_of_ours_names_another_host()
    {
        var foreign = new AssetCatalog().All
            .Where(asset => !asset.Path.EndsWith("LICENSE", StringComparison.Ordinal) && !asset.Path.EndsWith("NOTICE", StringComparison.Ordinal) && !asset.Path.EndsWith("LICENSE-d3", StringComparison.Ordinal))
            .SelectMany(asset => Url().Matches(System.Text.Encoding.UTF8.GetString(asset.Bytes)).Select(match => (asset.Path, match.Value)))
            .Where(found => !Names.Any(name => found.Value.StartsWith(name, StringComparison.Ordinal)));
        Assert.Empty(foreign);
    }

    [Fact]
    public void No_script_of_ours_runs_text_as_code()
    {
        foreach (var asset in new AssetCatalog().All.Where(asset => asset.Path.EndsWith(".js", StringComparison.Ordinal) && !asset.Path.Contains('/')))
        {
            if (asset.Path == "blazor.web.js")
                continue;
            var text = System.Text.Encoding.UTF8.GetString(asset.Bytes);
            Assert.DoesNotMatch(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text);
        }
    }

    [Fact]
    public async Task Assets_are_compressed_and_kept_for_good_under_their_version()
    {
        await using var host = await PortalHost.StartAsync(filled: false);
        using var client = host.Client();
        var catalog = host.Services.GetRequiredService<AssetCatalog>();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");
        using var answer = await client.GetAsync(catalog.Url("vendor/echarts/echarts.esm.min.js"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.InRange(answer.Content.Headers.ContentLength!.Value, 100_000, 450_000);
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());

        using var again = new HttpRequestMessage(HttpMethod.Get, catalog.Url("tokens.css"));
        again.Headers.TryAddWithoutValidation("If-None-Match", catalog.Find("tokens.css")!.ETag);
        using var unchanged = await client.SendAsync(again, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Assets_of_another_version_are_asked_for_again_next_time_and_unknown_ones_are_not_found()
    {
        await using var host = await PortalHost.StartAsync(filled: false);
        using var client = host.Client();
        using var old = await client.GetAsync("/assets/000000000000/tokens.css", Cancellation);
        Assert.Equal("no-cache", old.Headers.CacheControl!.ToString());
        using var none = await client.GetAsync("/assets/x/..%2f..%2fetc/passwd", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"https?://[A-Za-z0-9./_-]+")]
    private static partial Regex Url();
}
