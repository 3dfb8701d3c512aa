using Kizashi.Portal.Access;

namespace Kizashi.Portal.Tests.Access;

public sealed class LocalPathTests
{
    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("/a\r\nSet-Cookie: x=y")]
    [InlineData("evil")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_but_a_path_of_this_site_leads_home(string? path) => Assert.Equal("/", LocalPath.OrHome(path));

    [Theory]
    [InlineData("/alerts?state=open&text=tcp%2F23")]
    [InlineData("/source/2001:db8::1")]
    public void A_path_of_this_site_stays(string path) => Assert.Equal(path, LocalPath.OrHome(path));
}
