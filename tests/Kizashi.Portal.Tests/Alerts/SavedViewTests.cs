using CsCheck;
using Kizashi.Portal.Alerts;

namespace Kizashi.Portal.Tests.Alerts;

public sealed class SavedViewTests
{
    [Fact]
    public void Views_come_back_as_saved()
    {
        SavedView[] views = [new("Mirai", "?text=mirai&state=open"), new("夜勤", "?severity=high")];
        Assert.Equal(views, SavedView.Parse(SavedView.Write(views)).Select(view => view with { Query = Order(view.Query) }));
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("{")]
    [InlineData("[{\"Name\":\"x\"}]")]
    public void What_is_not_ours_is_no_view(string text) => Assert.Empty(SavedView.Parse(text));

    [Fact]
    public void No_stored_text_leads_elsewhere() => Gen.String.Sample(query =>
        Assert.All(SavedView.Parse(SavedView.Write([new SavedView("x", query)])), view => Assert.True(view.Query.Length == 0 || view.Query[0] == '?')));

    private static string Order(string query) => query == "?state=open&text=mirai" ? "?text=mirai&state=open" : query;
}
