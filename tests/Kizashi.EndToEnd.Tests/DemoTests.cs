using System.Diagnostics;
using System.Text.RegularExpressions;
using Kizashi.Testing;
using Microsoft.Playwright;

namespace Kizashi.EndToEnd.Tests;

/// <summary>A newcomer's way in a real browser: from the start of the demo to an alert's packets.</summary>
public sealed partial class DemoTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Pictures go to PICTURES_FOLDER if it is set, else into the test's own folder.</summary>
    private string Pictures => Environment.GetEnvironmentVariable("PICTURES_FOLDER") is { Length: > 0 } folder
        ? folder
        : _folder.Path;

    public async ValueTask InitializeAsync()
    {
        var chromium = ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser"]).FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, "chromium is not installed");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    [Fact]
    public async Task From_the_start_of_the_demo_to_the_evidence_of_an_alert()
    {
        var watch = Stopwatch.StartNew();
        await using var demo = KizashiProcess.Start("demo", "--data", _folder.File("demo"), "--listen", "127.0.0.1:0", "--seconds", "30");
        var line = await demo.LineAsync("sign in once by", TimeSpan.FromSeconds(60));
        var link = Link().Match(line).Value;
        var page = await _browser!.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = 1440, Height = 1000 },
            Locale = "en-GB",
        });
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add(message.Text);
        };
        await page.GotoAsync(link);

        // Charts and alerts are there within a minute of the start.
        await page.Locator("canvas, svg[data-chart], [data-chart] svg").First.WaitForAsync(Within(60));
        await page.Locator("a[href*='/alerts/']").First.WaitForAsync(Within(60));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"the first alert took {watch.Elapsed}");
        await page.GetByText("simulated", new PageGetByTextOptions { Exact = false }).First.WaitForAsync(Within(60));
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, "demo-overview.png") });

        var address = new Uri(link).GetLeftPart(UriPartial.Authority);
        await page.GotoAsync(address + "/alerts?kind=darknet.scan");
        var first = page.Locator("a[href*='/alerts/']").First;
        await first.WaitForAsync(Within(60));
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, "demo-alerts.png") });
        await first.ClickAsync();
        await page.Locator("#packets").WaitForAsync(Within(60));

        // The newest scan may be of either family, and each names its field otherwise.
        var source = Uri.UnescapeDataString((await page.Locator("main a[href^='/source/']").First.GetAttributeAsync("href"))!);
        await page.GetByText(source.Contains(':', StringComparison.Ordinal) ? "Hop limit" : "Time to live").First.WaitForAsync(Within(60));
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, "demo-alert.png"), FullPage = true });
        Assert.Empty(errors);

        await page.GotoAsync(address + "/sensors");
        await page.GetByText("demo").First.WaitForAsync(Within(60));

        // The link has worked once and does not work again.
        var stranger = await (await _browser.NewContextAsync()).NewPageAsync();
        var again = await stranger.GotoAsync(link);
        Assert.False(again!.Ok && await stranger.Locator("a[href*='/alerts/']").CountAsync() > 0);

        // Real traffic beside it would stand under the word "simulated".
        await File.WriteAllTextAsync(_folder.File("real.pcap"), "", TestContext.Current.CancellationToken);
        var real = (await KizashiProcess.RunAsync("watch", _folder.File("real.pcap"), "--quiet", "--data", _folder.File("demo"))).Expect(2);
        Assert.Contains("simulated traffic only", real.Errors, StringComparison.Ordinal);
        demo.Interrupt();
        (await demo.EndAsync()).Expect(0);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();

        _playwright?.Dispose();
        _folder.Dispose();
    }

    private static LocatorWaitForOptions Within(float seconds) => new() { Timeout = seconds * 1000 };

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Link();
}
