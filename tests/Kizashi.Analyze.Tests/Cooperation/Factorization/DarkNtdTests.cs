using Kizashi.Analyze.Cooperation.Factorization;

namespace Kizashi.Analyze.Tests.Cooperation.Factorization;

public sealed class DarkNtdTests
{
    private const int Groups = 400;
    private const int Ports = 300;

    private static readonly int[] Bots = [.. Enumerable.Range(0, 30).Select(at => 3 + (at * 11))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Groups_that_share_a_port_are_found_among_noise(int seed)
    {
        var cells = Noise(seed, 4000);
        Plant(cells, Bots, [123], [4, 5, 6, 7, 8, 9, 10, 11], 5);

        var found = new DarkNtd().Judge(SparseTensor.Of((30, Groups, Ports), [.. cells]));

        Assert.Contains(found.Components, component => component.Ports.Contains(123) && Share(component.Groups, Bots) >= 0.9);
        Assert.True(found.Converged);
    }

    [Fact]
    public void Two_campaigns_are_told_apart_with_their_ports()
    {
        int[] others = [.. Enumerable.Range(0, 20).Select(at => 1 + (at * 13))];
        var cells = Noise(4, 3000);
        Plant(cells, Bots, [10, 11], [.. Enumerable.Range(0, 30)], 4);
        Plant(cells, others, [200], [.. Enumerable.Range(0, 30)], 6);

        var found = new DarkNtd().Judge(SparseTensor.Of((30, Groups, Ports), [.. cells]));

        Assert.Contains(found.Components, component => component.Ports.SequenceEqual([10, 11]) && Share(component.Groups, Bots) >= 0.9);
        Assert.Contains(found.Components, component => component.Ports.SequenceEqual([200]) && Share(component.Groups, others) >= 0.9);
    }

    [Fact]
    public void A_loud_lone_scanner_does_not_hide_them()
    {
        var cells = Noise(5, 3000);
        Plant(cells, Bots, [77], [.. Enumerable.Range(10, 12)], 5);
        for (var port = 0; port < Ports; port++)
        {
            for (var minute = 0; minute < 30; minute++)
                cells.Add(new TensorCell(minute, 350, port, 80));
        }

        var found = new DarkNtd().Judge(SparseTensor.Of((30, Groups, Ports), [.. cells]));

        Assert.Contains(found.Components, component => component.Ports.Contains(77) && Share(component.Groups, Bots) >= 0.9);
    }

    [Fact]
    public void A_component_tells_when_how_much_and_how_well()
    {
        List<TensorCell> cells = [];
        Plant(cells, Bots, [77], [10, 11, 12], 5);

        var component = Assert.Single(new DarkNtd().Judge(SparseTensor.Of((30, Groups, Ports), [.. cells])).Components);

        Assert.Equal(cells.Sum(cell => (double)cell.Packets), component.Packets);
        Assert.Equal(1, component.Focus, 1e-9);
        Assert.InRange(component.Score, 0.9, 1);
        Assert.Equal(1, component.Profile[10..13].Sum(), 1e-3);
    }

    [Fact]
    public void One_group_alone_is_no_finding()
    {
        List<TensorCell> cells = [];
        Plant(cells, [7], [77], [10, 11, 12], 5);

        Assert.Empty(new DarkNtd().Judge(SparseTensor.Of((30, Groups, Ports), [.. cells])).Components);
    }

    [Fact]
    public void Groups_on_a_port_each_of_their_own_are_no_finding()
    {
        List<TensorCell> cells = [];
        foreach (var group in Bots)
            Plant(cells, [group], [group % Ports], [.. Enumerable.Range(0, 30)], 5);

        Assert.Empty(new DarkNtd().Judge(SparseTensor.Of((30, Groups, Ports), [.. cells])).Components);
    }

    [Fact]
    public void The_same_tensor_gives_the_same_verdict()
    {
        var cells = Noise(6, 2000);
        Plant(cells, Bots, [77], [1, 2, 3], 5);
        var tensor = SparseTensor.Of((30, Groups, Ports), [.. cells]);

        var (first, second) = (new DarkNtd().Judge(tensor), new DarkNtd().Judge(tensor));

        Assert.Equal(first.Error, second.Error);
        Assert.Equal(first.Components.Select(component => component.Score), second.Components.Select(component => component.Score));
    }

    [Fact]
    public void The_order_of_groups_and_ports_does_not_matter()
    {
        var cells = Noise(8, 2000);
        Plant(cells, Bots, [77], [.. Enumerable.Range(3, 9)], 5);
        var (groups, ports) = (Enumerable.Range(0, Groups).ToArray(), Enumerable.Range(0, Ports).ToArray());
        new Random(1).Shuffle(groups);
        new Random(2).Shuffle(ports);
        TensorCell[] mixed = [.. cells.Select(cell => cell with { Group = groups[cell.Group], Port = ports[cell.Port] })];

        var straight = new DarkNtd().Judge(SparseTensor.Of((30, Groups, Ports), [.. cells]));
        var turned = new DarkNtd().Judge(SparseTensor.Of((30, Groups, Ports), mixed));

        Assert.Equal(straight.Error, turned.Error, 1e-6);
        var wanted = straight.Components.Select(component => component.Groups.Select(group => groups[group]).Order()).ToList();
        Assert.Equal(wanted, turned.Components.Select(component => component.Groups.Order()));
    }

    [Fact]
    public void Too_few_iterations_are_a_stated_condition()
    {
        var tensor = SparseTensor.Of((30, Groups, Ports), [.. Noise(8, 2000)]);

        Assert.False(new DarkNtd(new() { Tucker = new() { Iterations = 1 } }).Judge(tensor).Converged);
    }

    [Fact]
    public void No_cells_give_an_empty_verdict()
    {
        var found = new DarkNtd().Judge(SparseTensor.Of((30, Groups, Ports), []));

        Assert.Empty(found.Components);
        Assert.True(found.Converged);
    }

    private static List<TensorCell> Noise(int seed, int cells)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, cells).Select(_ => new TensorCell(
                random.Next(30), random.Next(Groups), (int)(Ports * Math.Pow(random.NextDouble(), 2)), random.Next(2, 6))),
        ];
    }

    private static void Plant(List<TensorCell> cells, int[] groups, int[] ports, int[] minutes, int packets)
    {
        var random = new Random(groups.Length);
        foreach (var group in groups)
        {
            foreach (var port in ports)
                cells.AddRange(minutes.Select(minute => new TensorCell(minute, group, port, packets + random.Next(-1, 2))));
        }
    }

    private static double Share(int[] found, int[] planted) =>
        (double)found.Intersect(planted).Count() / found.Union(planted).Count();
}
