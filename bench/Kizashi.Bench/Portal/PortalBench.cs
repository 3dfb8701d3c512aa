using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kizashi.Bench.Store;
using Microsoft.Playwright;

namespace Kizashi.Bench.Portal;

/// <summary>Measures what a person at the portal waits for.</summary>
public static class PortalBench
{
    private const string Overview = "overview page at 50 M tuples";
    private const string PacketToPage = "last packet to alert on the open page";
    private const long Tuples = 50_000_000;
    private const int Rounds = 15;
    private const int Destinations = 10;

    private static readonly IPAddress Dark = IPAddress.Parse("127.9.0.0");

    public static IReadOnlyList<string> Required { get; } = [Overview, PacketToPage];

    public static IReadOnlyList<BenchResult> Run(BenchContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        List<BenchResult> results = [];
        if (context.Only is null or Overview)
            results.AddRange(MeasureOverview(context));

        if (context.Only is null or PacketToPage)
            results.Add(MeasurePacketToPage(context).GetAwaiter().GetResult());

        return results;
    }

    private static IEnumerable<BenchResult> MeasureOverview(BenchContext context)
    {
        var folder = Path.Combine(context.Work, "portal-overview");
        var end = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60);
        context.Log.WriteLine("portal: storing 50 M tuples of two days");
        using var bench = new BenchStore(context.Work, "portal-overview");
        bench.Fill(BenchTraffic.Shards(2), Tuples, end.AddDays(-2).ToUnixTimeSeconds(), 2 * 86_400);
        bench.Store.Maintenance.RunOnce();
        bench.Store.Dispose();
        using var center = RunningCenter.Start(Path.Combine(context.Work, "store-portal-overview"));
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = center.Address };
        http.GetAsync(center.Link).GetAwaiter().GetResult().EnsureSuccessStatusCode();

        // Another range each time, so that no answer is one kept from before.
        var times = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var to = end.AddMinutes(-7 * round);
            var path = string.Create(CultureInfo.InvariantCulture, $"/?from={to.AddDays(-1):yyyy-MM-ddTHH:mm:ss}Z&to={to:yyyy-MM-ddTHH:mm:ss}Z");
            var watch = Stopwatch.StartNew();
            var page = http.GetStringAsync(new Uri(path, UriKind.Relative)).GetAwaiter().GetResult();
            times.Add(watch.Elapsed.TotalMilliseconds);
            if (!page.Contains("</html>", StringComparison.OrdinalIgnoreCase))
                throw new InvalidOperationException("the overview was not given");
        }

        context.Log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"portal: first {times[0]:F0} ms, then {times.Skip(1).Min():F0} to {times.Skip(1).Max():F0} ms in {folder}"));
        yield return BenchResult.AtMost(
            Overview, times.Skip(1).Order().ElementAt(Rounds / 2), "ms", 150,
            "Whole HTML over loopback, signed in, 24 hours at another place each time; median of 15 after the first.");
        yield return new BenchResult("first overview page after the start", times[0], "ms");
    }

    private static async Task<BenchResult> MeasurePacketToPage(BenchContext context)
    {
        var chromium = ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser"]).FirstOrDefault(File.Exists);
        if (chromium is null || !Environment.IsPrivilegedProcess)
            return new BenchResult(PacketToPage, null, "s") { Note = "needs chromium, and root to capture on the loopback interface" };

        var folder = Path.Combine(context.Work, "portal-live");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);

        using var center = RunningCenter.Start(
            folder, "Sensors:0:Name=loopback", "Sensors:0:Interface=lo", "Sensors:0:Filter=udp and dst net 127.9.0.0/24",
            "Sensors:0:Dark=127.9.0.0/24");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(center.Link.ToString());
        await page.GotoAsync(new Uri(center.Address, "/").ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await Task.Delay(TimeSpan.FromSeconds(3));
        context.Log.WriteLine("portal: sending ten packets to the loopback interface");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var bytes = Dark.GetAddressBytes();
        for (byte host = 1; host <= Destinations; host++)
        {
            bytes[3] = host;
            socket.SendTo("kizashi bench"u8.ToArray(), new IPEndPoint(new IPAddress(bytes), 1900));
        }

        var watch = Stopwatch.StartNew();
        await page.Locator("a[href*='/alerts/']", new PageLocatorOptions { HasTextString = "127.0.0.1" }).First
            .WaitForAsync(new LocatorWaitForOptions { Timeout = 30_000 });
        return BenchResult.AtMost(
            PacketToPage, watch.Elapsed.TotalSeconds, "s", 2,
            "Ten UDP packets to ten dark addresses on loopback, live capture, overview open in Chromium.");
    }
}
