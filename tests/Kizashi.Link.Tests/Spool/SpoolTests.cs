using Kizashi.Core.Sensors;
using Kizashi.Link.Frames;
using Kizashi.Link.Spool;
using Kizashi.Link.Tests.Frames;
using Kizashi.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kizashi.Link.Tests.Spool;

public sealed class SpoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    private string Folder => _folder.File("spool");

    [Fact]
    public void Files_follow_each_other_by_size_and_by_time_and_are_read_as_one()
    {
        using (var writer = Writer(fileBytes: 20_000))
        {
            for (var seed = 0; seed < 20; seed++)
            {
                _time.Advance(TimeSpan.FromSeconds(40));
                writer.Take(Batches.Make(seed, 60));
                writer.Interval(seed);
            }

            writer.Finish(new ReflectorStatus { Requests = 8 });
        }

        Assert.InRange(Directory.GetFiles(Folder).Length, 5, 20);
        Assert.All(Directory.GetFiles(Folder), file => Assert.EndsWith(".observations", file, StringComparison.Ordinal));
        using var reader = new SpoolReader(Folder);
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.True(reader.Read());
            SensorStreamTests.Same(Batches.Make(seed, 60), reader.Batch());
            Assert.True(reader.Read());
            Assert.Equal(seed, reader.Watermark());
        }

        Assert.True(reader.Read());
        Assert.Equal(FrameKind.End, reader.Kind);
        Assert.False(reader.Read());
        Assert.Null(reader.Damage);
        Assert.InRange(reader.Progress!.Value, 0.5, 1);
    }

    [Fact]
    public void A_file_that_is_being_written_is_read_as_far_as_it_goes()
    {
        using (var writer = Writer())
        {
            writer.Take(Batches.Make(1));
            writer.Take(Batches.Make(2));
        }

        var file = Assert.Single(Directory.GetFiles(Folder));
        File.WriteAllBytes(file + ".part", File.ReadAllBytes(file)[..^9]);
        File.Delete(file);
        using var reader = new SpoolReader(Folder);
        var batches = 0;
        while (reader.Read())
            batches += reader.Kind == FrameKind.Batch ? 1 : 0;

        Assert.Equal(1, batches);
        Assert.Null(reader.Damage);
    }

    [Fact]
    public void A_damaged_file_costs_what_is_behind_the_damage_and_no_other_file()
    {
        for (var file = 0; file < 3; file++)
        {
            using var writer = Writer();
            writer.Take(Batches.Make(file));
            writer.Take(Batches.Make(file + 10));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var middle = Directory.GetFiles(Folder).Order(StringComparer.Ordinal).ElementAt(1);
        var bytes = File.ReadAllBytes(middle);
        bytes[^5] ^= 1;
        File.WriteAllBytes(middle, bytes);
        using var reader = new SpoolReader(Folder);
        var batches = 0;
        while (reader.Read())
            batches++;

        Assert.Equal(5, batches);
        Assert.Contains(middle, reader.Damage, StringComparison.Ordinal);
        Assert.Contains("checksum", reader.Damage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_directory_refuses_and_what_was_lost_is_told_when_there_is_room_again()
    {
        using var writer = Writer(most: 30_000);
        var (taken, lost) = (0, 0L);
        for (var seed = 0; seed < 20; seed++)
        {
            var refused = writer.Refused;
            writer.Take(Batches.Make(seed, 100));
            lost += writer.Refused > refused ? Batches.Make(seed, 100).Health.Packets : 0;
            taken += writer.Refused > refused ? 0 : 1;
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(taken, 1, 10);
        Assert.Equal((lost, true), (writer.Refused, lost > 0));
        Assert.Contains("holds as much as it may", writer.Problem, StringComparison.Ordinal);
        Assert.InRange(Directory.GetFiles(Folder).Sum(file => new FileInfo(file).Length), 1, 60_000);

        foreach (var file in Directory.GetFiles(Folder))
            File.Delete(file);

        writer.Take(Batches.Make(50));
        Assert.Null(writer.Problem);
        writer.Dispose();
        using var reader = new SpoolReader(Folder);
        Assert.True(reader.Read());
        Assert.Equal(7 + lost, reader.Batch().Health.Dropped);
    }

    [Fact]
    public void A_directory_that_cannot_be_read_is_told_by_name()
    {
        Assert.Contains("is not a directory", Assert.Throws<LinkException>(() => new SpoolReader(Folder)).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Folder);
        Assert.Contains("holds no observations", Assert.Throws<LinkException>(() => new SpoolReader(Folder)).Message, StringComparison.Ordinal);
        using (var writer = Writer())
            writer.Interval(1);

        _time.Advance(TimeSpan.FromSeconds(1));
        using (var other = new SpoolWriter(new SpoolOptions { Folder = Folder }, Batches.Hello with { Sensor = "decoy-2" }, _time))
            other.Interval(1);

        using var reader = new SpoolReader(Folder);
        Assert.True(reader.Read());
        Assert.Contains("each has a directory of its own", Assert.Throws<LinkException>(() => reader.Read()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private SpoolWriter Writer(long fileBytes = 64 << 20, long most = 1L << 30) =>
        new(new SpoolOptions { Folder = Folder, FileBytes = fileBytes, MostBytes = most }, Batches.Hello, _time);
}
