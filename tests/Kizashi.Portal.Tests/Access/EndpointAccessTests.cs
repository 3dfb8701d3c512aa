using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kizashi.Portal.Tests.Access;

public sealed class EndpointAccessTests
{
    /// <summary>All that anybody may reach.</summary>
    private static readonly string[] Public =
        ["/assets/{version}/{**path}", "/session/signin", "/session/setup", "/setup", "/signin"];

    [Fact]
    public async Task Every_endpoint_demands_a_sign_in_but_for_the_listed_ones()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = host.Client();
        var asked = 0;
        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            {
                Assert.Contains(pattern, Public);
                continue;
            }

            Assert.DoesNotContain(pattern, Public);
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is [var first, ..] ? first : "GET";
            using var request = new HttpRequestMessage(new HttpMethod(method), Fill(endpoint.RoutePattern));
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(
                answer.StatusCode is HttpStatusCode.Unauthorized
                || (answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/signin?return=", StringComparison.Ordinal)),
                $"{method} {pattern} answered {answer.StatusCode}");
            asked++;
        }

        Assert.InRange(asked, 10, 100);
    }

    [Fact]
    public async Task An_unknown_address_says_nothing_to_strangers()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = host.Client();
        using var answer = await client.GetAsync("/no/such/page", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Scripts_are_told_and_not_led_to_a_form()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = host.Client();
        client.DefaultRequestHeaders.Accept.Clear();
        using var answer = await client.GetAsync("/export/alerts.json", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("/signin")]
    [InlineData("/setup")]
    [InlineData("/")]
    [InlineData("/no-such-page")]
    [InlineData("/export/alerts.json")]
    public async Task Every_answer_carries_the_content_policy(string path)
    {
        await using var host = await PortalHost.StartAsync();
        using var client = await host.SignedInAsync();
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    private static string Fill(Microsoft.AspNetCore.Routing.Patterns.RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            _ => "x",
        }))));
}
