
using Microsoft.Playwright;

namespace Kizashi.Portal.Tests.Browser;

/// <summary>One browser for all browser tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private Chromium? _chromium;

    public IBrowser Browser => _chromium!.Browser;

    public async ValueTask InitializeAsync() => _chromium = Chromium.IsInstalled ? await Chromium.OpenAsync() : null;

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
    }

    /// <summary>A page signed in as the invented reader, which collects every complaint of the browser.</summary>
    public async Task<BrowserPage> OpenAsync(PortalHost host, BrowserNewContextOptions? options = null)
    {
        Assert.SkipUnless(Chromium.IsInstalled, "no Chromium on this machine");
        var context = await Browser.NewContextAsync(options ?? new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
            Locale = "en-GB",
            TimezoneId = "Asia/Tokyo",
        });
        context.SetDefaultTimeout((float)BrowserPage.Patience.TotalMilliseconds);
        var page = new BrowserPage(host, context, await context.NewPageAsync());
        await page.GoAsync("/signin", interactive: false);
        await page.Page.GotoAsync(host.SignInLink());
        return page;
    }
}
