using System.Net;
using System.Text.RegularExpressions;
using Kizashi.Core.Alerts;
using Kizashi.Portal.Tests.Doubles;

namespace Kizashi.Portal.Tests;

public sealed partial class PageTests
{
    [Theory]
    [InlineData("en", "3 amplification attacks go on", "udp/53 (DNS) is abused in 100% of the attacks", "No amplification attacks yet")]
    [InlineData("ja", "増幅攻撃 3 件が続いています", "で udp/53 (DNS) が悪用されています", "増幅攻撃はまだありません")]
    public async Task Attacks_are_shown_by_service_network_country_and_maker(string language, string headline, string chart, string none)
    {
        await using var host = await PortalHost.StartAsync();
        using var client = await host.SignedInAsync();
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        Assert.Contains(none, WebUtility.HtmlDecode(await client.GetStringAsync("/attacks", Cancellation)), StringComparison.Ordinal);
        var attacks = Enumerable.Range(40, 6).Select(number => Invented.Reflected(number, TimeProvider.System.GetUtcNow().AddMinutes(-number), host.Book)).ToArray();
        host.Alerts.Save(attacks);
        var html = Regex.Unescape(WebUtility.HtmlDecode(await client.GetStringAsync("/attacks", Cancellation)));
        Assert.Contains(headline, html, StringComparison.Ordinal);
        Assert.Contains(chart, html, StringComparison.Ordinal);
        Assert.Contains("203.0.113.0/24", html, StringComparison.Ordinal);
        Assert.Contains("0123456789abcdef", html, StringComparison.Ordinal);
        Assert.Contains("kizashi-attacks-countries", html, StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await client.GetStringAsync("/alerts/" + attacks[1].Id, Cancellation));
        Assert.Contains("ANY example.org", page, StringComparison.Ordinal);
        Assert.Contains("kizashi-attack", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_surge_is_on_the_forecast_page_with_its_odds_and_leads_to_its_series()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = await host.SignedInAsync();
        Assert.Contains("No surge expected", await client.GetStringAsync("/forecasts", Cancellation), StringComparison.Ordinal);
        var surge = Invented.Surge(TimeProvider.System.GetUtcNow().AddHours(-1));
        host.Alerts.Save([surge]);
        var html = WebUtility.HtmlDecode(await client.GetStringAsync("/forecasts", Cancellation));
        Assert.Contains("1 surge expected", html, StringComparison.Ordinal);
        Assert.Contains("port/tcp/5555 is expected to reach 8.2x the usual within a day (95 %: 3–15x), with a probability of 72%", html, StringComparison.Ordinal);
        Assert.Contains("what it counts above the usual doubles every 4 hours", await client.GetStringAsync("/forecasts/port/tcp/5555", Cancellation), StringComparison.Ordinal);
        var alert = WebUtility.HtmlDecode(await client.GetStringAsync("/alerts/" + surge.Id, Cancellation));
        Assert.Contains("href=\"/forecasts/port/tcp/5555\"", alert, StringComparison.Ordinal);
        Assert.Contains("8.2 (95 %: 3–15)", alert, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "en", "1 critical alert among")]
    [InlineData("/", "ja", "重大なアラート 1 件")]
    [InlineData("/?range=7d", "en", "tcp/5555 (ADB): 8 times the week before")]
    [InlineData("/alerts", "en", "77 alerts")]
    [InlineData("/alerts?kind=darknet.dos-victim", "ja", "条件に合うアラート 4 件")]
    [InlineData("/alerts?severity=critical", "en", "192.0.2.77")]
    [InlineData("/alerts?text=nothing%20like%20it", "en", "No alert matches the filter")]
    [InlineData("/alerts?severity=hihg", "en", "so not applied: severity = “hihg”")]
    [InlineData("/alerts?severity=hihg", "ja", "適用していません: severity = 「hihg」")]
    [InlineData("/?range=99h", "en", "so not applied: range = “99h”")]
    [InlineData("/sensors", "en", "1 of 3 sensors needs a look")]
    [InlineData("/sensors", "ja", "3 観測点のうち 1 か所")]
    [InlineData("/sensors", "en", "did not converge")]
    [InlineData("/sensors", "ja", "欠落した分があり除外")]
    [InlineData("/source/198.51.100.4", "en", "198.51.100.4")]
    [InlineData("/source/2001:db8:77::25", "ja", "アラート 1 件")]
    [InlineData("/ports/tcp/23", "en", "tcp/23 (Telnet)")]
    [InlineData("/campaigns", "en", "2 groups of sources work together")]
    [InlineData("/campaigns", "en", "no room for 12 rows")]
    [InlineData("/campaigns", "ja", "連携する送信元の集団 2 件")]
    [InlineData("/campaigns/tcp%2F23%2Btcp%2F2323%20mirai%202026-11-23", "en", "114 sources joined; at most 120 were active")]
    [InlineData("/campaigns/tcp%2F23%2Btcp%2F2323%20mirai%202026-11-23", "ja", "送信元 120 件のうち最初の 50 件")]
    [InlineData("/campaigns/tcp%2F5555%202026-11-24", "en", "/ports/icmp/8")]
    [InlineData("/campaigns/none", "en", "There is no such campaign now")]
    [InlineData("/forecasts", "en", "8 of 10 surges were announced")]
    [InlineData("/forecasts", "ja", "急増 10 件のうち 8 件を予告")]
    [InlineData("/forecasts", "en", "Amplification attacks: udp/53 (DNS)")]
    [InlineData("/forecasts?of=country", "ja", "スキャンするホスト: ブラジル")]
    [InlineData("/forecasts?find=5555", "en", "Scanning hosts: tcp/5555 (ADB)")]
    [InlineData("/forecasts", "en", "7 counts belong to series for which there was no room")]
    [InlineData("/forecasts", "en", "Doubles every 2 h 6 min (95 %: 1 h 48 min to 2 h 36 min); 21k hosts in the end (9,000 to 50k)")]
    [InlineData("/forecasts", "ja", "スキャン速度と伸び")]
    [InlineData("/forecasts", "en", "Within 1 days: Brier score 0.08, base rate 0.1")]
    [InlineData("/forecasts", "en", "so that share is what is said")]
    [InlineData("/forecasts", "ja", "192.0.0.1 から 192.0.1.9 へ、攻撃 40 件")]
    [InlineData("/campaigns/tcp%2F23%2Btcp%2F2323%20mirai%202026-11-23", "en", "Doubles every 2 h 6 min")]
    [InlineData("/ports/tcp/23", "en", "/forecasts/port/tcp/23")]
    [InlineData("/forecasts/port/tcp/23", "en", "Said 24 hours ahead: ")]
    [InlineData("/forecasts/port/tcp/23?lead=168", "en", "No hour that was forecast so far ahead has come yet")]
    [InlineData("/forecasts/sources", "en", "Scanning hosts: Brazil")]
    [InlineData("/forecasts/sources", "ja", "合わせて「前の周期の同時刻のまま」より 34% 良い")]
    [InlineData("/forecasts/attacks-own", "en", "It has stood still so far")]
    [InlineData("/forecasts/port/none", "en", "No such series")]
    [InlineData("/source/198.51.100.4", "en", "One of 120 sources that work together")]
    [InlineData("/source/198.51.100.4", "ja", "キャンペーン tcp/23")]
    [InlineData("/source/198.51.100.129", "en", "In no campaign; these are most like it")]
    [InlineData("/source/203.0.113.9", "en", "It sent fewer than 3 packets in the latest day")]
    [InlineData("/ports/tcp/23?range=7d", "en", "At most 2,0")]
    [InlineData("/ports/udp/53", "ja", "送信元 64")]
    [InlineData("/ports/47/0", "en", "gre/0")]
    [InlineData("/ports/tcp/23?range=99h", "en", "so not applied: range = “99h”")]
    [InlineData("/ports/tcp/65536/none", "en", "There is no such page")]
    [InlineData("/ports/tcp/none", "ja", "ポートではありません")]
    [InlineData("/source/nonsense", "en", "This is not an address")]
    [InlineData("/no/page/such", "en", "There is no such page")]
    [InlineData("/alerts/none", "ja", "アラートが見つかりません")]
    public async Task Each_page_answers_its_question_in_the_first_html(string path, string language, string text)
    {
        await using var host = await PortalHost.StartAsync();
        using var client = await host.SignedInAsync();
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        using var answer = await client.GetAsync(path, Cancellation);
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(path.EndsWith("none", StringComparison.Ordinal) || path.EndsWith("such", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(text, html, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
        Assert.Contains("class=\"banner simulated\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("darknet.scan")]
    [InlineData("darknet.scanner.aggressive")]
    [InlineData("darknet.dos-victim")]
    [InlineData("darknet.own-host")]
    [InlineData("sensor.gap")]
    public async Task Each_kind_of_alert_has_its_page(string kind)
    {
        await using var host = await PortalHost.StartAsync();
        using var client = await host.SignedInAsync();
        var alert = host.Alerts.Query(new() { Kind = kind, Most = 1 })[0];
        var html = await client.GetStringAsync("/alerts/" + alert.Id, Cancellation);
        Assert.Contains("93%", html, StringComparison.Ordinal);
        Assert.Contains("kyoto-a", html, StringComparison.Ordinal);
        Assert.Contains($"/export/alerts/{alert.Id}.stix", html, StringComparison.Ordinal);
        Assert.Equal(alert.Subject.Kind == SubjectKind.Address, html.Contains("packets.pcap", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_outbreak_shows_how_it_grew_where_it_was_first_seen_and_who_is_tied_to_whom()
    {
        await using var host = await PortalHost.StartAsync();
        var alert = Invented.Outbreak(DateTimeOffset.UtcNow.AddHours(-3));
        host.Alerts.Save([alert]);
        using var client = await host.SignedInAsync();
        var html = WebUtility.HtmlDecode(await client.GetStringAsync("/alerts/" + alert.Id, Cancellation));
        Assert.Contains("It grew to 360 hosts by", html, StringComparison.Ordinal);
        Assert.Contains("13 networks rise and fall together: 24 ties", html, StringComparison.Ordinal);
        Assert.Contains("Not local; first seen by kyoto-a", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/ports/tcp/7547\"", html, StringComparison.Ordinal);
        Assert.Contains("kyoto-a sees outbreaks first most often", await client.GetStringAsync("/sensors", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_attackers_is_never_markup()
    {
        await using var host = await PortalHost.StartAsync();
        var alert = Invented.Hostile(DateTimeOffset.UnixEpoch);
        host.Alerts.Save([alert]);
        host.Alerts.AddSamples(alert.Id, Invented.Packets(Core.Addresses.Address.Parse("192.0.2.1"), alert.Opened));
        using var client = await host.SignedInAsync();
        foreach (var path in new[] { "/alerts/" + alert.Id, "/alerts?text=script", "/", "/alerts?kind=" + Uri.EscapeDataString(Invented.Attack), "/search?q=" + Uri.EscapeDataString(Invented.Attack), "/source/" + Uri.EscapeDataString(Invented.Attack) })
        {
            using var answer = await client.GetAsync(path, Cancellation);
            var html = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.DoesNotContain("<script>alert", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img src=x", html, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("&lt;script&gt;alert", await client.GetStringAsync("/alerts/" + alert.Id, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_carries_inline_scripts_styles_or_handlers()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = await host.SignedInAsync();
        foreach (var path in new[] { "/", "/alerts", "/alerts/" + host.Alerts.Latest("darknet.own-host", "192.0.2.77")!.Id, "/campaigns", "/campaigns/" + Uri.EscapeDataString(InventedCampaigns.Botnet), "/forecasts", "/forecasts/port/tcp/23", "/sensors", "/source/192.0.2.77", "/ports/tcp/23", "/signin", "/setup" })
        {
            var html = await client.GetStringAsync(path, Cancellation);
            Assert.DoesNotMatch(Inline(), html);
            Assert.DoesNotMatch(@"(src|href)=""(https?:)?//", html);
        }
    }

    [Fact]
    public async Task The_first_day_is_never_an_empty_page()
    {
        await using var host = await PortalHost.StartAsync(filled: false);
        host.Observations.IsEmpty = true;
        host.Observations.Statistics = new() { Tuples = 0, Packets = 0, Bytes = 0, Segments = 0 };
        host.Book.IsLoaded = false;
        host.Accounts.Save(new(PortalHost.Name, "", "admin", DateTimeOffset.UnixEpoch));
        using var client = await host.SignedInAsync();
        var overview = await client.GetStringAsync("/", Cancellation);
        Assert.Contains("kizashi watch --interface", overview, StringComparison.Ordinal);
        Assert.Contains("Set Enrich:Prefixes", overview, StringComparison.Ordinal);
        Assert.DoesNotContain("banner simulated", overview, StringComparison.Ordinal);
        Assert.Contains("kizashi demo", await client.GetStringAsync("/alerts", Cancellation), StringComparison.Ordinal);
        Assert.Contains("kizashi watch --interface", await client.GetStringAsync("/sensors", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_said_on_every_page()
    {
        await using var host = await PortalHost.StartAsync();
        host.Observations.Statistics = host.Observations.Statistics with { Problem = "The disk is full: nothing is stored since 07:00." };
        using var client = await host.SignedInAsync();
        foreach (var path in new[] { "/", "/alerts", "/attacks", "/campaigns", "/forecasts", "/sensors", "/source/192.0.2.1", "/ports/tcp/23" })
            Assert.Contains("The disk is full", await client.GetStringAsync(path, Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ja,en;q=0.5", null, "ja")]
    [InlineData("fr-FR,en;q=0.9,ja;q=0.1", null, "en")]
    [InlineData("de", null, "en")]
    [InlineData("ja", "en", "en")]
    [InlineData("en", "../../etc", "en")]
    public async Task The_language_is_the_browsers_unless_the_reader_chose(string accepted, string? cookie, string language)
    {
        await using var host = await PortalHost.StartAsync(filled: false);
        using var client = host.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/signin");
        request.Headers.Add("Accept-Language", accepted);
        if (cookie is not null)
            request.Headers.Add("Cookie", $"kizashi-language={cookie}; kizashi-theme=<b>; kizashi-zone=../../../etc/passwd");
        using var answer = await client.SendAsync(request, Cancellation);
        var html = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains($"<html lang=\"{language}\" data-theme=\"system\"", html, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=""|\son[a-z]+=""|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
