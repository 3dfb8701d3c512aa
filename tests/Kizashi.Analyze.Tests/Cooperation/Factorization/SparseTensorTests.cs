using Kizashi.Analyze.Cooperation.Factorization;

namespace Kizashi.Analyze.Tests.Cooperation.Factorization;

public sealed class SparseTensorTests
{
    [Fact]
    public void Cells_of_one_group_and_port_form_a_fiber_along_time()
    {
        var tensor = SparseTensor.Of((3, 2, 2), [new(2, 1, 0, 5), new(0, 0, 1, 3), new(0, 1, 0, 4)]);

        Assert.Equal([0, 1], tensor.Group);
        Assert.Equal([1, 0], tensor.Port);
        Assert.Equal([0, 1, 3], tensor.First);
        Assert.Equal([0, 0, 2], tensor.Minute);
        Assert.Equal([3, 4, 5], tensor.Packets);
    }

    [Fact]
    public void Equal_places_add_up_before_the_least_is_asked()
    {
        var tensor = SparseTensor.Of((1, 2, 1), [new(0, 0, 0, 1), new(0, 1, 0, 1), new(0, 0, 0, 1)]);

        Assert.Equal([2], tensor.Packets);
        Assert.Equal([0], tensor.Group);
    }

    [Fact]
    public void What_is_no_count_is_nothing()
    {
        Assert.Equal(0, SparseTensor.Of((1, 1, 1), [new(0, 0, 0, float.NaN), new(0, 0, 0, -7)], least: 0).Cells);
        Assert.Equal([CountMatrix.Most], SparseTensor.Of((1, 1, 1), [new(0, 0, 0, float.PositiveInfinity)]).Packets);
    }

    [Theory]
    [InlineData(3, 0, 0)]
    [InlineData(0, 2, 0)]
    [InlineData(0, 0, 2)]
    [InlineData(-1, 0, 0)]
    public void A_cell_outside_of_the_extent_is_refused(int minute, int group, int port) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SparseTensor.Of((3, 2, 2), [new(minute, group, port, 2)]));

    [Fact]
    public void No_cells_are_no_fibers()
    {
        var tensor = SparseTensor.Of((30, 5, 5), []);

        Assert.Equal((0, 0), (tensor.Cells, tensor.Fibers));
        Assert.Equal([0], tensor.First);
    }
}
