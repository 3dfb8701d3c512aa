namespace Kizashi.Observe.Reflectors.Services;

/// <summary>Reads tags and lengths of BER (X.690) with definite lengths. What is wrong reads as empty.</summary>
internal ref struct BerReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Something asked for was not there.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The next tag; 0 at the end.</summary>
    public readonly byte Peek => !IsBroken && _at < _bytes.Length ? _bytes[_at] : (byte)0;

    /// <summary>Bytes not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => IsBroken ? [] : _bytes[_at..];

    /// <summary>The content of the next element if it has the tag.</summary>
    public ReadOnlySpan<byte> Take(byte tag)
    {
        if (Peek != tag || tag == 0 || _at + 2 > _bytes.Length)
        {
            IsBroken = true;
            return [];
        }

        var (length, start) = ((long)_bytes[_at + 1], _at + 2);
        if (length > 0x80)
        {
            // Windows writes four of them, whatever the length.
            var octets = (int)length & 0x7F;
            (length, start) = (0, start + octets);
            if (octets > 4 || start > _bytes.Length)
            {
                IsBroken = true;
                return [];
            }

            foreach (var octet in _bytes[(start - octets)..start])
                length = (length << 8) | octet;
        }

        // An element cut by the end of a datagram is what there is of it: scanners' lengths are often wrong.
        var end = (int)Math.Min(_bytes.Length, start + length);
        _at = end;
        return _bytes[start..end];
    }

    /// <summary>A reader of the content of the next element if it has the tag.</summary>
    public BerReader Enter(byte tag)
    {
        var content = Take(tag);
        return IsBroken ? new BerReader([]) { IsBroken = true } : new BerReader(content);
    }
}
