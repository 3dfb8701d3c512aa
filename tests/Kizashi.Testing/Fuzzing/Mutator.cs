namespace Kizashi.Testing.Fuzzing;

/// <summary>Changes bytes as damage and attackers do: flips, known evil values, cuts, insertions, repeats and splices.</summary>
public sealed class Mutator
{
    private static readonly byte[] Evil = [0, 1, 0x7F, 0x80, 0xFF, 0xFE, 4, 8, 15, 0x45, 0x60, 41, 47];

    private readonly Random _random;
    private readonly IReadOnlyList<byte[]> _seeds;
    private byte[] _buffer = new byte[64];
    private int _length;

    /// <param name="seed">The same seed gives the same inputs.</param>
    /// <param name="seeds">Well-formed inputs.</param>
    public Mutator(int seed, IReadOnlyList<byte[]> seeds)
    {
        _random = new Random(seed);
        _seeds = seeds;
    }

    /// <summary>A mutated seed; valid until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        Load(_seeds[_random.Next(_seeds.Count)]);
        for (var changes = _random.Next(1, 6); changes > 0; changes--)
            Change();

        return _buffer.AsSpan(0, _length);
    }

    /// <summary>A number from 0 on for choices that the bytes do not make.</summary>
    public int Pick(int exclusive) => _random.Next(exclusive);

    private void Load(byte[] seed)
    {
        Reserve(seed.Length);
        seed.CopyTo(_buffer, 0);
        _length = seed.Length;
    }

    private void Change()
    {
        switch (_random.Next(8))
        {
            case 0 when _length > 0:
                _buffer[_random.Next(_length)] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when _length > 0:
                _buffer[_random.Next(_length)] = (byte)_random.Next(256);
                break;
            case 2 when _length > 0:
                _buffer[_random.Next(_length)] = Evil[_random.Next(Evil.Length)];
                break;
            case 3:
                _length = _random.Next(_length + 1);
                break;
            case 4:
                Insert(_random.Next(_length + 1), _random.Next(1, 9));
                break;
            case 5 when _length > 1:
                var from = _random.Next(_length);
                var count = _random.Next(1, Math.Min(32, _length - from) + 1);
                _buffer.AsSpan(from, count).CopyTo(_buffer.AsSpan(_random.Next(_length - count + 1)));
                break;
            case 6 when _length >= 4:
                var at = _random.Next(_length - 3);
                BitConverter.TryWriteBytes(_buffer.AsSpan(at), _random.Next(4) switch { 0 => -1, 1 => int.MaxValue, 2 => _length, _ => _random.Next(1 << _random.Next(31)) });
                break;
            default:
                Splice(_seeds[_random.Next(_seeds.Count)]);
                break;
        }
    }

    private void Insert(int at, int count)
    {
        Reserve(_length + count);
        _buffer.AsSpan(at, _length - at).CopyTo(_buffer.AsSpan(at + count));
        _random.NextBytes(_buffer.AsSpan(at, count));
        _length += count;
    }

    private void Splice(byte[] other)
    {
        var kept = _random.Next(_length + 1);
        var from = _random.Next(other.Length + 1);
        Reserve(kept + other.Length - from);
        other.AsSpan(from).CopyTo(_buffer.AsSpan(kept));
        _length = kept + other.Length - from;
    }

    private void Reserve(int length)
    {
        if (_buffer.Length < length)
            Array.Resize(ref _buffer, length * 2);
    }
}
