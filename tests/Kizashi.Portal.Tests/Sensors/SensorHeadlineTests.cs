using Kizashi.Core.Observations;
using Kizashi.Core.Sensors;
using Kizashi.Portal.Language;
using Kizashi.Portal.Sensors;
using Kizashi.Portal.Tests.Doubles;

namespace Kizashi.Portal.Tests.Sensors;

public sealed class SensorHeadlineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "Sensors", "観測点")]
    [InlineData("g", "The sensor is healthy", "観測点は正常です")]
    [InlineData("gg", "All 2 sensors are healthy", "全 2 観測点が正常です")]
    [InlineData("s", "The sensor is stopped", "観測点は停止しています")]
    [InlineData("ss", "All 2 sensors are stopped", "全 2 観測点が停止しています")]
    [InlineData("gs", "1 of 2 sensors is healthy, 1 stopped", "2 観測点のうち 1 か所が正常です（停止 1）")]
    [InlineData("ggs", "2 of 3 sensors are healthy, 1 stopped", "3 観測点のうち 2 か所が正常です（停止 1）")]
    [InlineData("glm", "2 of 3 sensors need a look", "3 観測点のうち 2 か所に注意が必要です")]
    [InlineData("gls", "1 of 3 sensors needs a look, 1 stopped", "3 観測点のうち 1 か所に注意が必要です（停止 1）")]
    public void A_stopped_sensor_is_not_counted_among_the_healthy(string health, string english, string japanese)
    {
        var sensors = health.Select(Sensor).ToList();
        Assert.Equal(english, SensorHeadline.Of(sensors, Now, new Words(Texts.Of("en"), TimeZoneInfo.Utc)));
        Assert.Equal(japanese, SensorHeadline.Of(sensors, Now, new Words(Texts.Of("ja"), TimeZoneInfo.Utc)));
    }

    // g: good, l: lossy, m: not heard, s: stopped.
    private static SensorStatus Sensor(char health) => Invented.Sensors(Now).First() with
    {
        Running = health != 's',
        LastHeard = health == 'm' ? Now.AddMinutes(-5) : Now,
        Totals = new SensorHealth { Packets = 1_000, Dropped = health == 'l' ? 500 : 0 },
    };
}
