using Kizashi.Portal.Access;
using Microsoft.Extensions.Time.Testing;

namespace Kizashi.Portal.Tests.Access;

public sealed class SignInThrottleTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Four_failures_cost_nothing_and_the_wait_doubles_from_the_fifth_on()
    {
        var throttle = new SignInThrottle(_time);
        for (var failure = 0; failure < 4; failure++)
            throttle.Failed("taro", "remote");
        Assert.Equal(TimeSpan.Zero, throttle.Wait("taro", "remote"));

        throttle.Failed("taro", "remote");
        Assert.Equal(TimeSpan.FromSeconds(5), throttle.Wait("TARO", "elsewhere"));
        throttle.Failed("taro", "remote");
        Assert.Equal(TimeSpan.FromSeconds(10), throttle.Wait("other", "remote"));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, throttle.Wait("taro", "remote"));
    }

    [Fact]
    public void The_wait_never_exceeds_a_quarter_of_an_hour()
    {
        var throttle = new SignInThrottle(_time);
        for (var failure = 0; failure < 200; failure++)
            throttle.Failed("taro", "remote");
        Assert.Equal(TimeSpan.FromMinutes(15), throttle.Wait("taro", "remote"));
    }

    [Fact]
    public void Success_forgets()
    {
        var throttle = new SignInThrottle(_time);
        for (var failure = 0; failure < 9; failure++)
            throttle.Failed("taro", "remote");
        throttle.Succeeded("taro", "remote");
        Assert.Equal(TimeSpan.Zero, throttle.Wait("taro", "remote"));
    }

    [Fact]
    public void Names_an_attacker_makes_up_do_not_fill_the_memory()
    {
        var throttle = new SignInThrottle(_time);
        for (var i = 0; i < SignInThrottle.MaximumEntries * 2; i++)
            throttle.Failed("name" + i, "remote" + i);
        Assert.Equal(SignInThrottle.MaximumEntries, throttle.Count);
    }
}
