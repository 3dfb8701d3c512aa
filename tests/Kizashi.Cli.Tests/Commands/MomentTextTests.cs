using Kizashi.Cli.Commands;
using Microsoft.Extensions.Time.Testing;

namespace Kizashi.Cli.Tests.Commands;

public sealed class MomentTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 7, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);

    [Theory]
    [InlineData("90m", 90)]
    [InlineData("24h", 24 * 60)]
    [InlineData("7d", 7 * 24 * 60)]
    [InlineData("0.5h", 30)]
    public void A_length_is_counted_back_from_now(string text, int minutes) =>
        Assert.Equal(Now.AddMinutes(-minutes), MomentText.Parse("--since", text, _time));

    [Fact]
    public void A_time_without_zone_is_UTC() =>
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 6, 30, 0, TimeSpan.Zero), MomentText.Parse("--since", "2026-11-22T06:30", _time));

    [Theory]
    [InlineData("h")]
    [InlineData("24x")]
    [InlineData("yesterday-ish")]
    [InlineData("-5h")]
    public void Anything_else_is_refused_by_name(string text)
    {
        var fault = Assert.Throws<CommandException>(() => MomentText.Parse("--since", text, _time));
        Assert.Equal(ExitCodes.Usage, fault.ExitCode);
        Assert.Contains("--since", fault.Message, StringComparison.Ordinal);
    }
}
