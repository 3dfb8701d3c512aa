using Kizashi.Analyze.Cooperation.Glasso;

namespace Kizashi.Analyze.Tests.Cooperation.Glasso;

public sealed class GroupChoiceTests
{
    [Fact]
    public void Few_groups_are_all_taken() => Assert.Equal([0, 1, 2], GroupChoice.Choose(3, 3, 1, 7));

    [Fact]
    public void Of_many_a_choice_is_taken_that_seed_and_window_decide()
    {
        var chosen = GroupChoice.Choose(5000, 1000, 1, 7);
        Assert.Equal(1000, chosen.Distinct().Count());
        Assert.Equal(chosen.Order(), chosen);
        Assert.InRange(chosen.Average(), 2400, 2600);
        Assert.Equal(chosen, GroupChoice.Choose(5000, 1000, 1, 7));
        Assert.InRange(chosen.Intersect(GroupChoice.Choose(5000, 1000, 1, 8)).Count(), 150, 250);
        Assert.InRange(chosen.Intersect(GroupChoice.Choose(5000, 1000, 2, 7)).Count(), 150, 250);
    }
}
