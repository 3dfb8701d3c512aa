using System.Reflection;
using Kizashi.Core.Observations;

namespace Kizashi.Core.Tests.Observations;

public sealed class ColumnsTests
{
    [Fact]
    public void Growing_keeps_the_rows_of_every_column()
    {
        Grows(new FlowTuples<uint>(2), tuples => tuples.EnsureCapacity(100));
        Grows(new Backscatter<UInt128>(2), rows => rows.EnsureCapacity(100));
    }

    [Fact]
    public void Room_that_is_there_is_not_made_again()
    {
        var tuples = new FlowTuples<uint>(100);
        var column = tuples.Source;
        tuples.EnsureCapacity(100);
        Assert.Same(column, tuples.Source);
    }

    [Fact]
    public void Health_adds_up_in_every_counter()
    {
        var counters = typeof(SensorHealth).GetProperties();
        var one = new SensorHealth();
        foreach (var counter in counters)
            counter.SetValue(one, 2L);

        Assert.All(counters, counter => Assert.Equal(4L, counter.GetValue(one.Add(one))));
    }

    private static void Grows<T>(T columns, Action<T> grow)
    {
        var arrays = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.PropertyType.IsArray).ToList();
        Assert.NotEmpty(arrays);
        foreach (var array in arrays)
            Fill((Array)array.GetValue(columns)!);

        var before = arrays.ConvertAll(array => ((Array)array.GetValue(columns)!).GetValue(1));
        grow(columns);
        Assert.Equal(before, arrays.ConvertAll(array => ((Array)array.GetValue(columns)!).GetValue(1)));
        Assert.All(arrays, array => Assert.True(((Array)array.GetValue(columns)!).Length >= 100));
    }

    private static void Fill(Array column) => column.SetValue(Some(column.GetType().GetElementType()!), 1);

    private static object Some(Type element) =>
        element.IsEnum ? Enum.ToObject(element, 3)
        : element == typeof(UInt128) ? (UInt128)7
        : element == typeof(DistinctSketch) ? default(DistinctSketch).Add(5)
        : Convert.ChangeType(7, element, System.Globalization.CultureInfo.InvariantCulture);
}
