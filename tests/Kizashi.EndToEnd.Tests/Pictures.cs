using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Kizashi.Testing;
using Microsoft.Playwright;

namespace Kizashi.EndToEnd.Tests;

/// <summary>Takes the pictures of docs/screenshots from a real demo; run with --explicit only, they are looked at by people.</summary>
public sealed partial class Pictures
{
    /// <summary>Kept in docs/screenshots; all of them are made when PICTURES_FOLDER names another folder.</summary>
    private static readonly string[] Kept =
    [
        "overview-1440-light-en", "overview-1440-dark-ja", "overview-390-light-ja", "alerts-1440-light-en", "alerts-390-dark-en",
        "own-1440-light-en", "victim-1440-dark-ja", "own-390-dark-en", "sensors-1440-light-en", "sensors-1440-dark-ja",
        "source-1440-light-en", "source-390-light-ja", "campaigns-1440-light-en", "campaign-1440-light-en", "campaign-390-light-ja",
        "member-1440-dark-ja", "reflected-1440-light-en", "attacks-1440-light-en", "reflector-390-dark-en",
    ];

    private readonly string? _elsewhere = Environment.GetEnvironmentVariable("PICTURES_FOLDER");

    private string Folder => _elsewhere ?? Path.Combine(Repository.Root, "docs", "screenshots");

    [Fact(Explicit = true)]
    public async Task Every_page_of_a_demo_in_both_themes_languages_and_widths()
    {
        using var data = new TemporaryFolder();
        await using var demo = KizashiProcess.Start("demo", "--data", data.File("demo"), "--listen", "127.0.0.1:0", "--seconds", "60");
        var link = Link().Match(await demo.LineAsync("sign in once by", TimeSpan.FromSeconds(60))).Value;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        });

        // The link signs in once; every other look takes the session along.
        await using var first = await browser.NewContextAsync();
        await (await first.NewPageAsync()).GotoAsync(link);
        var session = await first.StorageStateAsync();
        var address = new Uri(link).GetLeftPart(UriPartial.Authority);

        // The day is through, and charts of the time that goes on in real time have something to show.
        await Task.Delay(TimeSpan.FromSeconds(100), TestContext.Current.CancellationToken);
        foreach (var (width, theme, language) in new[] { (1440, "light", "en"), (1440, "dark", "ja"), (390, "light", "ja"), (390, "dark", "en") })
        {
            await using var context = await browser.NewContextAsync(Look(width, theme, language, session));
            // The session's cookies hold the language of whoever signed in.
            await context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { NameRegex = new Regex("^kizashi-(language|zone|theme)$") });
            var page = await context.NewPageAsync();
            await TakeAsync(page, address, $"{width}-{theme}-{language}");
        }

        demo.Interrupt();
        (await demo.EndAsync()).Expect(0);
    }

    /// <remarks>Of a center that a reflector works in, on loopback, with requests of the test's own.</remarks>
    [Fact(Explicit = true)]
    public async Task A_reflector_and_the_attack_that_it_sees()
    {
        using var data = new TemporaryFolder();
        await using var center = KizashiProcess.Start("center", "--data", data.File("center"), "--listen", "127.0.0.1:0");
        var link = Link().Match(await center.LineAsync("setup?token=", TimeSpan.FromSeconds(60))).Value;
        await using var sensor = KizashiProcess.Start("sensor", "--reflectors", "--listen", "127.66.0.2", "--data", data.File("center"));
        await sensor.LineInErrorsAsync("packets", TimeSpan.FromSeconds(60));
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        using var client = new UdpClient(AddressFamily.InterNetwork);
        for (var request = 0; request < 200; request++)
        {
            await client.SendAsync(new byte[] { 0x17, 0, 3, 42, 0, 0, 0, 0 }, new IPEndPoint(IPAddress.Parse("127.66.0.2"), 123), TestContext.Current.CancellationToken);
            await client.SendAsync("\0\u0001\0\0\0\u0001\0\0stats\r\n"u8.ToArray(), new IPEndPoint(IPAddress.Parse("127.66.0.2"), 11211), TestContext.Current.CancellationToken);
            // All addresses of a network in turn, and a few by themselves.
            using var carpet = new UdpClient(new IPEndPoint(IPAddress.Parse($"127.77.1.{1 + (request % 40)}"), 0));
            byte[] any = [(byte)request, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 7, .. "example"u8, 3, .. "org"u8, 0, 0, 255, 0, 1, 0, 0, 41, 16, 0, 0, 0, 0, 0, 0, 0];
            await carpet.SendAsync(any, new IPEndPoint(IPAddress.Parse("127.66.0.2"), 53), TestContext.Current.CancellationToken);
            using var other = new UdpClient(new IPEndPoint(IPAddress.Parse($"127.{80 + (request % 3)}.0.9"), 4444));
            await other.SendAsync(any, new IPEndPoint(IPAddress.Parse("127.66.0.2"), 53), TestContext.Current.CancellationToken);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        });
        await using var first = await browser.NewContextAsync();
        var page = await first.NewPageAsync();
        await page.GotoAsync(link);
        await page.FillAsync("input[name=name]", "admin");
        await page.FillAsync("input[name=password]", "a long enough pass phrase");
        await page.FillAsync("input[name=again]", "a long enough pass phrase");
        await page.ClickAsync("form[action='/session/setup'] button");
        await page.WaitForLoadStateAsync();
        var session = await first.StorageStateAsync();
        var address = new Uri(link).GetLeftPart(UriPartial.Authority);
        foreach (var (width, theme, language) in new[] { (1440, "light", "en"), (1440, "dark", "ja"), (390, "light", "ja"), (390, "dark", "en") })
        {
            await using var context = await browser.NewContextAsync(Look(width, theme, language, session));
            page = await context.NewPageAsync();
            foreach (var (name, path) in new[] { ("reflector", "/sensors"), ("reflected", "/alerts?kind=reflector.attack&subject=127.0.0.1"), ("attacks", "/attacks") })
            {
                var picture = $"{name}-{width}-{theme}-{language}";
                if (_elsewhere is null && !Kept.Contains(picture))
                    continue;

                await page.GotoAsync(address + path);
                if (name == "reflected")
                    await FollowAsync(page, address, "tr[data-row] a[href^='/alerts/']");

                await ShootAsync(page, picture);
            }
        }

        sensor.Interrupt();
        (await sensor.EndAsync()).Expect(0);
        center.Interrupt();
        (await center.EndAsync()).Expect(0);
    }

    private static BrowserNewContextOptions Look(int width, string theme, string language, string session) => new()
    {
        ViewportSize = new ViewportSize { Width = width, Height = width == 1440 ? 900 : 844 },
        ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
        Locale = language == "ja" ? "ja-JP" : "en-GB",
        TimezoneId = "Asia/Tokyo",
        StorageState = session,
    };

    private async Task TakeAsync(IPage page, string address, string look)
    {
        var pages = new (string Name, string Path, string? Kind)[]
        {
            ("overview", "/", null), ("alerts", "/alerts", null), ("sensors", "/sensors", null), ("alert", "/", "darknet.scan"),
            ("victim", "/", "darknet.dos-victim"), ("own", "/", "darknet.own-host"), ("source", "/", "darknet.scanner.aggressive"),
            ("campaigns", "/campaigns", null), ("campaign", "/campaigns", null), ("member", "/campaigns", null),
        };
        foreach (var (name, path, kind) in pages)
        {
            var picture = $"{name}-{look}";
            if (_elsewhere is null && !Kept.Contains(picture))
                continue;

            await page.GotoAsync(address + (kind is null ? path : "/alerts?kind=" + kind));
            if (kind is not null)
            {
                var row = page.Locator("tr[data-row]").First;
                var target = name == "source" ? row.Locator("a[href^='/source/']") : row.Locator("a[href^='/alerts/']");
                await page.GotoAsync(address + await target.First.GetAttributeAsync("href"));
            }

            if (name is "campaign" or "member")
                await FollowAsync(page, address, "td a[href^='/campaigns/']");

            if (name == "member")
                await FollowAsync(page, address, "td a[href^='/source/']");

            await ShootAsync(page, picture, fullPage: name != "alerts");
        }
    }

    private async Task ShootAsync(IPage page, string picture, bool fullPage = true)
    {
        await page.WaitForSelectorAsync("html[data-interactive=true]");
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('kz-chart')].every(c => c.dataset.drawn)");

        // Charts fade in.
        await Task.Delay(1_500, TestContext.Current.CancellationToken);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, picture + ".png"), FullPage = fullPage });
    }

    private static async Task FollowAsync(IPage page, string address, string link) =>
        await page.GotoAsync(address + await page.Locator(link).First.GetAttributeAsync("href"));

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Link();
}
