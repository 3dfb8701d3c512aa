using System.Net;
using System.Text.RegularExpressions;
using Kizashi.Portal.Access;

namespace Kizashi.Portal.Tests.Access;

public sealed partial class SignInTests
{
    [Fact]
    public async Task The_setup_link_creates_the_first_administrator_and_signs_in()
    {
        await using var host = await PortalHost.StartAsync(filled: false);
        using var client = host.Client();
        Assert.Equal("/setup", (await OpenAsync(client, SetupPath(host))).ToString());

        var landed = await PostAsync(client, "/setup", "/session/setup", ("name", "taro"), ("password", "ten letters"), ("again", "ten letters"));

        Assert.Equal("/", landed);
        Assert.DoesNotContain("ten letters", host.Accounts.Find("TARO")!.PasswordHash, StringComparison.Ordinal);
        using var home = await client.GetAsync("/", Cancellation);
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    [Fact]
    public async Task A_setup_link_works_once()
    {
        await using var host = await PortalHost.StartAsync(filled: false);
        var path = SetupPath(host);
        using var first = host.Client();
        using var second = host.Client();
        await OpenAsync(first, path);
        Assert.Equal("/signin?fault=link", (await OpenAsync(second, path)).ToString());
    }

    [Fact]
    public async Task A_setup_link_is_worth_nothing_after_its_time()
    {
        await using var host = await PortalHost.StartAsync(filled: false);
        var token = OneTimeLinks.Create(host.Accounts, OneTimeLinks.Setup, TimeSpan.FromSeconds(-1), TimeProvider.System);
        using var client = host.Client();
        Assert.Equal("/signin?fault=link", (await OpenAsync(client, OneTimeLinks.Path(token))).ToString());
    }

    [Fact]
    public async Task Setup_is_closed_once_there_is_an_account()
    {
        await using var host = await PortalHost.StartAsync(filled: false);
        using var late = host.Client();
        await OpenAsync(late, SetupPath(host));
        var form = await FormTokenAsync(late, "/setup");
        using var first = host.Client();
        await OpenAsync(first, SetupPath(host));
        await PostAsync(first, "/setup", "/session/setup", ("name", "taro"), ("password", "ten letters"), ("again", "ten letters"));

        using var answer = await late.PostAsync("/session/setup", Content(form, ("name", "eve"), ("password", "ten letters"), ("again", "ten letters")), Cancellation);

        Assert.Equal("/setup", answer.Headers.Location!.ToString());
        Assert.Null(host.Accounts.Find("eve"));
    }

    [Fact]
    public async Task Setup_without_a_link_is_refused()
    {
        await using var host = await PortalHost.StartAsync(filled: false);
        using var client = host.Client();
        Assert.Equal("/setup", await PostAsync(client, "/signin", "/session/setup", ("name", "eve"), ("password", "ten letters"), ("again", "ten letters")));
        Assert.False(host.Accounts.Any());
    }

    [Theory]
    [InlineData("taro", "nine char", "nine char", "short")]
    [InlineData("taro", "ten letters", "ten lettersX", "differ")]
    [InlineData("", "ten letters", "ten letters", "name")]
    [InlineData("<script>", "ten letters", "ten letters", "name")]
    public async Task A_weak_setup_is_sent_back_with_the_reason(string name, string password, string again, string fault)
    {
        await using var host = await PortalHost.StartAsync(filled: false);
        using var client = host.Client();
        await OpenAsync(client, SetupPath(host));
        Assert.Equal("/setup?fault=" + fault, await PostAsync(client, "/setup", "/session/setup", ("name", name), ("password", password), ("again", again)));
        Assert.False(host.Accounts.Any());
    }

    [Fact]
    public async Task Name_and_password_sign_in_and_lead_back()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = host.Client();
        var landed = await PostAsync(client, "/signin", "/session/signin", ("name", "Hanako"), ("password", PortalHost.Password), ("back", "/alerts?state=open"));
        Assert.Equal("/alerts?state=open", landed);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_the_sixth_attempt_waits()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = host.Client();
        for (var attempt = 0; attempt < 5; attempt++)
            Assert.StartsWith("/signin?fault=wrong", await PostAsync(client, "/signin", "/session/signin", ("name", PortalHost.Name), ("password", "wrong")), StringComparison.Ordinal);

        Assert.StartsWith("/signin?fault=wait", await PostAsync(client, "/signin", "/session/signin", ("name", PortalHost.Name), ("password", PortalHost.Password)), StringComparison.Ordinal);
        using var home = await client.GetAsync("/", Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, home.StatusCode);
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_is_refused()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = await host.SignedInAsync();
        foreach (var path in new[] { "/session/signin", "/session/setup", "/session/signout" })
        {
            using var content = Content("", ("name", PortalHost.Name), ("password", PortalHost.Password), ("leave", "yes"));
            using var answer = await client.PostAsync(path, content, Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = await host.SignedInAsync();
        Assert.Equal("/signin", await PostAsync(client, "/", "/session/signout", ("leave", "yes")));
        using var home = await client.GetAsync("/", Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, home.StatusCode);
    }

    [Fact]
    public async Task A_sign_in_link_for_nobody_is_refused()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = host.Client();
        var token = OneTimeLinks.Create(host.Accounts, OneTimeLinks.SignIn("nobody"), TimeSpan.FromMinutes(1), TimeProvider.System);
        Assert.Equal("/signin?fault=link", (await OpenAsync(client, OneTimeLinks.Path(token))).ToString());
    }

    [Fact]
    public void Only_the_hash_of_a_token_is_kept()
    {
        var accounts = new Doubles.MemoryAccounts();
        var token = OneTimeLinks.Create(accounts, OneTimeLinks.Setup, TimeSpan.FromMinutes(1), TimeProvider.System);
        var kept = Assert.Single(accounts.TokenHashes);
        Assert.Equal(64, kept.Length);
        Assert.DoesNotContain(token, kept, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(43, token.Length);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string SetupPath(PortalHost host) => OneTimeLinks.Path(
        OneTimeLinks.Create(host.Accounts, OneTimeLinks.Setup, TimeSpan.FromMinutes(5), TimeProvider.System));

    private static async Task<Uri> OpenAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Cancellation);
        return answer.Headers.Location!;
    }

    private static async Task<string> PostAsync(
        HttpClient client, string page, string action, params (string Name, string Value)[] fields)
    {
        using var content = Content(await FormTokenAsync(client, page), fields);
        using var answer = await client.PostAsync(action, content, Cancellation);
        return answer.Headers.Location!.ToString();
    }

    private static async Task<string> FormTokenAsync(HttpClient client, string page) =>
        FormToken().Match(await client.GetStringAsync(page, Cancellation)).Groups[1].Value;

    private static FormUrlEncodedContent Content(string token, params (string Name, string Value)[] fields) =>
        new(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
