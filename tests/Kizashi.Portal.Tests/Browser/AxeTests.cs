using System.Text.Json;
using Kizashi.Portal.Tests.Doubles;
using Microsoft.Playwright;

namespace Kizashi.Portal.Tests.Browser;

public sealed class AxeTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Everything = "wcag2a wcag2aa wcag21a wcag21aa wcag22aa best-practice";
    private const string ContrastOnly = "color-contrast";

    private static readonly string Axe = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vendor", "axe-core", "axe.min.js"));

    [Theory]
    [InlineData(1440, "en-GB")]
    [InlineData(360, "ja-JP")]
    public async Task Axe_finds_nothing_and_nothing_sticks_out_on_any_page_in_either_theme(int width, string locale)
    {
        await using var host = await PortalHost.StartAsync();
        host.Alerts.Save([Invented.Outbreak(TimeProvider.System.GetUtcNow().AddHours(-3))]);
        host.Alerts.Save([.. Enumerable.Range(40, 6).Select(number => Invented.Reflected(number, TimeProvider.System.GetUtcNow().AddMinutes(-number), host.Book))]);
        await using var page = await browser.OpenAsync(host, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = locale,
        });
        string[] paths =
        [
            "/", "/alerts?state=open&country=BR", "/attacks", "/campaigns", "/campaigns/" + Uri.EscapeDataString(InventedCampaigns.Botnet), "/forecasts", "/forecasts/port/tcp/23", "/sensors", "/source/198.51.100.4", "/ports/tcp/23", "/no-such-page",
            .. host.Alerts.Query(new()).DistinctBy(alert => alert.Kind).Select(alert => "/alerts/" + alert.Id), "/signin", "/setup",
        ];
        // The narrow round looks at one page of each build.
        if (width == 360)
            paths = ["/", "/attacks", "/alerts?state=open&country=BR", "/sensors", "/source/198.51.100.4", "/alerts/" + host.Alerts.Latest("darknet.own-host", "192.0.2.77")!.Id, "/signin"];
        var found = new List<string>();
        foreach (var path in paths)
        {
            await page.GoAsync(path, interactive: path is not ("/signin" or "/setup"));
            found.AddRange((await ViolationsAsync(page.Page, Everything)).Select(violation => $"{path}: {violation}"));
            var wide = await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
            if (wide > 0)
                found.Add($"{path}: {wide} px too wide");
            await page.Page.EvaluateAsync("() => { document.documentElement.dataset.theme = 'dark'; document.dispatchEvent(new Event('kizashi-theme')); }");
            found.AddRange((await ViolationsAsync(page.Page, ContrastOnly)).Select(violation => $"{path} dark: {violation}"));
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
        Assert.DoesNotContain(page.Complaints, text => !text.Contains("404", StringComparison.Ordinal));
    }

    // Through the debugging protocol: the page's own content policy lets no foreign script in.
    private static async Task<IEnumerable<string>> ViolationsAsync(IPage page, string run)
    {
        await page.EvaluateAsync(Axe);
        var json = await page.EvaluateAsync<string>(
            """
            async run => JSON.stringify((await axe.run(document, { runOnly: run.split(' '), resultTypes: ['violations'] }))
              .violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + n.failureSummary).join(' | ')}`))
            """,
            run);
        return JsonSerializer.Deserialize<string[]>(json)!;
    }
}
