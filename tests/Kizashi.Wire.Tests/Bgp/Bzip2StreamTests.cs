using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Kizashi.Wire.Bgp;

namespace Kizashi.Wire.Tests.Bgp;

public sealed class Bzip2StreamTests
{
    // Made by bzip2 -9: the numbers 0 to 96 again and again, one a line, 400,000 lines.
    private const string Numbers =
        "QlpoOTFBWSZTWbc8B3oCZQhIAAAQf+BgBj8AAAAAAAAQDTTQQDTTQQDTTQQDTTQQDTTQFKqhmn7VSfECL9oEX2gRflAi9UCL3QIv"
        + "KBF8oEXUCL5QItQIvtAi+UCLUCLUCL9oEWoEWoEWoEWoEWoEWoEWoEXlAi1Ai1Ai1Ai/qBFqBFqBFqBFqBFqBFqBF7oEWoEWoEWo"
        + "EWoEXqgRagRagRagRagRagReqBFqBFqBFqBFqBFqBF7oEWoEWoEWoEWoEX9QItQItQItQItQItQItQIvKBFqBFqBFqBF+0CL+1Ai"
        + "1Ai1Ai1Ai1Ai1Ai8QIviBFkCLIEX5QIsgRZAiyBFkCLIEWQIsgRZAi5Ai0gRZAiyBFkCLIEWQIsgRZAi+oEW8oEXlAi8oEXlAi8o"
        + "EX2gReUCL6gRfUCLqBFqBFqBFqBFqBFqBFqBFqBFkCLIEXKoSq1Ai1Ai/aBFqBFqBFqBFqBFqBFkCLIEXxVCVWoEWoEWoEX9QItQ"
        + "ItQItQItQIsgRZAi8VQlVqBFqBFqBFqBF6oEWoEWoEWoEWQIsgRe1UJVagRagRagRagRagRe6BFqBFqBFkCLIEXpVCVX4gRagRag"
        + "RagRagRagRagRfKBFkCLIEX6qhKrqBF1Ai6gRdQIuoEXUCLkCL5QIuQIvylCVXUCLqBF1Ai6gRdQIuoEXIEXIEXJQUjqBF1Ai6gR"
        + "dQIuoEXUCLkCLkCLlQqk/zFBWSZTWYgpRXIBhIVIAAAQf+BQBTwAHkAAAAIBppoIBppoIBppoE1VSNqb9qpApVRpif6o+KKPxRR9"
        + "UUelFHtRR4oo/lFHxRRyij4ooyij6oo+KKMooyij8UUZRRlFGUUZRRlFGUUZRR/KKMooyijKKP1RRlFGUUZRRlFGUUZRR4ooyijK"
        + "KMooyij2ooyijKKMooyijKKPaijKKMooyijKKMoo8UUZRRlFGUUZRR+qKPWUUZRRlFGUUZRRlFHxRRlFLRRWFFfYorCisKKworCi"
        + "sKKworCifFFGUUZRR6UUZRRlFGUUZRRlFGUUZRRlFHKKNKKMooyijKKMooyijKKMoo+qKPFFHiijxRR4oo8UUfVFH2oo+qKPqijl"
        + "FGUUZRRlFGUUZRRlFGqKMooyijpAKsooyij8UUZRRlFGUUZRRqijKKMoo+SAVZRRlFGUUfqijKKMooyijVFGUUZRR/SAVZRRlFGU"
        + "UZRR7UUZRRlFGqKMooyijyQCrKKMooyijKKMoo8UUZRRqijKKMoo9yAVelFGUUZRRlFGUUZRRlFHxRRqij1lFHpQCrlFHKKOUUco"
        + "o5RRyijlFHxRRyij0UBVyijlFHKKOUUcoo5RRyijlFHUSiXKKOUUcoo5RRyijqijlFHKKOCUp/i7kinChIcyilw4";

    // Made by bzip2 -1: 700 random bytes, runs of 12, 4, 259 and 260 equal ones; then a second stream that says "tail".
    private const string RunsAndTail =
        "QlpoMTFBWSZTWVkMDhwAADT////9//93////99//3///3n//////t3///3//////f+//QAH5mu1au5IaGRkaYhk0zU0b1NDT1NAm"
        + "NAmJp6jAAJmU0YGmgTaGkwAAm0J6EzQmJ+oTTAnoh6jAmmNTaNHqjBPQmNAJs0TUxBlMiYExNMAmE0xMCY0ANGhqaYIyYAEwaGho"
        + "NJgAJgaCYaE2o9BMmAADQ00GgaDQEwMiGGgBkRAANAANAAaADQNAABoAAAAaBoA0A00AAA0AAAAADQAAAAAAADQAHRoAAAAaaAAB"
        + "oNAAAAAAAA0DQABoAAAAAAAAAAABoAADIADQDRzdGzHdsCrQCqWsmaG+2cUucQH68QQU6BnLlZjBlZJwfDit81wrJQA03p9ldPmG"
        + "yQnRd1V/wSKQPyoHyCI8TXAgsgItlqb5Q5ffrIl1FanKNpo01RxQsVRy0B5j88EYeQenp39wmu+j5o0NC64QRKFaGs7dkW/zUvkg"
        + "2ywJgQ86rkPbkzAfaFEV1tYhmDyED5QjQZp5wjIQtpVujicQv14/cWAIIxw5EhBWvqbcviwP6hB5+P7YvjVEDAu2SJ6rkUCzUK2f"
        + "E64otX9HdkPzrWCc0kj4PAqs1rRytrYmAQlUxvzvyRmT7W9PZKI0vDukzcNQE8O6zyWUihyu2XMWDSKHUU+pBLkgZtzaU61f39SV"
        + "oggCIxolQQGIRBgCSgNEEt4EAREQEBxdQEJk2YQZ7ogUMTOrtwQYutZf3wUYmnejjuYNnEGelqCfRTixltp38yXp84WD/DJ3uRX4"
        + "zp/3pIDTXo3RGmx9n6k9L5HYQ64YRCOxhyNEiPA/oAia9dSVdm8VXyqZBArDq9psHTi6TuVAri2wP2GozmMKQUuUSCG065yJvyGU"
        + "IBBMMDCvEeiw9qevwxhgMmmp/wEv/H5804uOXzG7BcqqBFxW8IF+wpmAZyPNQW7MRGOgHPy8sfPwenUU9WoOuzC37bmYZTKVTSOj"
        + "BhkTiuPjqVrnrGPipbUgO+zRmEg6K/81+CqhvLnnYk0AWqQDn1SSYlzadD/DvQUPcfssNIdgvB23Vt+jISHkmNDCJi5REGgKUOMc"
        + "hSiAh8/r5rJ4gznvX0+FJ0dr0wMmvOlMNlqqem47wC/wIZm9jrF0u2WgHGhrDyM8Co4u0hhb8L98nWjCMDESPipfknzbKtrgMYR+"
        + "w4PnRg+ofULcENngM2A9m47G88Gm4ZTd4magwgkbWD+ZcBwYUnMWMtLBFmVWT7tW40aMHhcR/i7kinChILIYHDhCWmgxMUFZJlNZ"
        + "ZBsNNgAAAYGAICQEACAAIZpoM00TPF3JFOFCQZBsNNg=";

    [Fact]
    public void Several_blocks_are_unpacked()
    {
        var expected = string.Concat(Enumerable.Range(0, 400_000).Select(i => $"{(i % 97).ToString(CultureInfo.InvariantCulture)}\n"));

        Assert.Equal(expected, Encoding.ASCII.GetString(Unpack(Convert.FromBase64String(Numbers))));
    }

    [Fact]
    public void Runs_and_streams_one_after_the_other_are_unpacked()
    {
        var unpacked = Unpack(Convert.FromBase64String(RunsAndTail));

        Assert.Equal("1dbde2d9178bdc50abb5997e5a5ddd109e5d2a4be99e8b0fac489ae634fa9227", Convert.ToHexStringLower(SHA256.HashData(unpacked)));
    }

    [Fact]
    public void Damage_is_invalid_data_and_nothing_else()
    {
        var packed = Convert.FromBase64String(RunsAndTail);
        Gen.Select(Gen.Select(Gen.Int[0, packed.Length - 1], Gen.Byte).Array[0, 6], Gen.Int[0, packed.Length]).Sample((changes, cut) =>
        {
            var mutated = packed[..cut];
            foreach (var (at, value) in changes.Where(change => change.Item1 < cut))
                mutated[at] = value;

            try
            {
                _ = Unpack(mutated);
            }
            catch (InvalidDataException)
            {
                // The one answer to damage.
            }
        }, iter: 2_000);
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var stream = new Bzip2Stream(new MemoryStream(packed));
        using var unpacked = new MemoryStream();
        stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
