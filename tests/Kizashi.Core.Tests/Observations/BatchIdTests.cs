using CsCheck;
using Kizashi.Core.Observations;

namespace Kizashi.Core.Tests.Observations;

public sealed class BatchIdTests
{
    private static readonly Gen<UInt128> Content = Gen.Select(Gen.ULong, Gen.ULong, (high, low) => new UInt128(high, low));

    [Fact]
    public void The_same_content_position_and_shard_give_the_same_id() =>
        Gen.Select(Content, Gen.Long, Gen.Int).Sample((content, position, shard) =>
            BatchId.From(content, position, shard) == BatchId.From(content, position, shard));

    [Fact]
    public void Any_difference_gives_another_id() =>
        Gen.Select(Content, Gen.Long[0, 1L << 40], Gen.Int[0, 64]).Sample((content, position, shard) =>
        {
            var id = BatchId.From(content, position, shard);
            return id != BatchId.From(content + 1, position, shard)
                && id != BatchId.From(content, position + 1, shard)
                && id != BatchId.From(content, position, shard + 1)
                && id != BatchId.From(content, shard, (int)(position & 0xFFFF) + 65);
        });

    [Fact]
    public void Text_comes_back_as_the_same_id() =>
        Content.Sample(value => BatchId.Parse(new BatchId(value).ToString()) == new BatchId(value)
            && new BatchId(value).ToString().Length == 32);

    [Fact]
    public void It_never_changes_between_versions() =>
        Assert.Equal("91b2044b131ab9ae86460795376f2d7e", BatchId.From(12345, 678, 9).ToString());
}
