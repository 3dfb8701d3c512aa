using Kizashi.Analyze.Cooperation.Baselines;
using Kizashi.Analyze.State;

namespace Kizashi.Analyze.Tests.Cooperation.Baselines;

public sealed class KnownGroupsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 1)]
    [InlineData(1535, 41)]
    [InlineData(1537, 41)]
    [InlineData(20_000, 3)]
    [InlineData(65_536, 1)]
    public void Holds_what_was_added_and_nothing_else_before_and_after_it_is_saved(int count, int step)
    {
        var expected = new HashSet<ushort>();
        var groups = new KnownGroups();
        for (var at = 0; at < count; at++)
        {
            var value = (ushort)(65_535 - (at * step));
            expected.Add(value);
            groups.Add(value);
            groups.Add(value);
        }

        Assert.Equal(expected.Order(), Held(groups));
        using var stream = new MemoryStream();
        var writer = new StateWriter(stream, "groups", 1);
        groups.Save(writer);
        writer.Finish();
        stream.Position = 0;
        var loaded = new KnownGroups();
        loaded.Load(new StateReader(stream, "groups", 1));
        Assert.Equal(expected.Order(), Held(loaded));
        loaded.Clear();
        Assert.Empty(Held(loaded));
    }

    private static IEnumerable<ushort> Held(KnownGroups groups) =>
        Enumerable.Range(0, 1 << 16).Select(value => (ushort)value).Where(groups.Contains);
}
