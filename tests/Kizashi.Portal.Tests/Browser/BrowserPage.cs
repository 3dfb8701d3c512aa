using Microsoft.Playwright;

namespace Kizashi.Portal.Tests.Browser;

/// <summary>An open page of the portal, and what the browser complained of.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    /// <summary>How long a test waits for what must come: long, as a loaded machine may be slow; no assertion rests on it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PortalHost _host;
    private readonly IBrowserContext _context;

    public BrowserPage(PortalHost host, IBrowserContext context, IPage page)
    {
        (_host, _context, Page) = (host, context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(host.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                Complaints.Add("foreign request " + request.Url);
        };
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public async Task GoAsync(string path, bool interactive = true)
    {
        await Page.GotoAsync(new Uri(_host.Address, path).ToString());
        if (interactive)
            await ReadyAsync();
    }

    /// <summary>Waits until the circuit runs and every chart is drawn.</summary>
    public async Task ReadyAsync()
    {
        await Page.WaitForSelectorAsync("html[data-interactive=true]");
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('kz-chart')].every(chart => chart.dataset.drawn)");
    }

    /// <summary>Waits until the address bar shows this path and query. The browser's side looks, so that no event can be missed.</summary>
    public Task ArrivedAsync(string path) =>
        Assertions.Expect(Page).ToHaveURLAsync(new Uri(_host.Address, path).ToString(), new() { Timeout = (float)Patience.TotalMilliseconds });

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
