namespace Kizashi.Wire.Bgp;

/// <summary>Reads bits, most significant first.</summary>
internal sealed class Bzip2Bits(Stream stream)
{
    private readonly byte[] _buffer = new byte[32 * 1024];
    private int _at;
    private int _end;
    private ulong _bits;
    private int _count;

    public bool IsAtEnd => _count == 0 && _at == _end && !Fill();

    /// <param name="count">0 to 32.</param>
    public int Read(int count)
    {
        while (_count < count)
        {
            if (_at == _end && !Fill())
                throw new InvalidDataException("bzip2: the file ends too early");

            _bits = (_bits << 8) | _buffer[_at++];
            _count += 8;
        }

        _count -= count;
        return (int)((_bits >> _count) & ((1UL << count) - 1));
    }

    public ulong Read48() => ((ulong)(uint)Read(24) << 24) | (uint)Read(24);

    /// <summary>Goes on at the next whole byte.</summary>
    public void Align() => _count -= _count % 8;

    private bool Fill()
    {
        _at = 0;
        _end = stream.Read(_buffer, 0, _buffer.Length);
        return _end > 0;
    }
}
