using System.Text;

namespace Kizashi.Enrich.Mmdb;

/// <summary>Decodes values of a MaxMind DB (format 2.0, "Output Data Section"). A file made to harm costs a bounded amount of work.</summary>
internal sealed class MmdbDecoder(byte[] file, int start, int end)
{
    private const int MostDepth = 32;
    private const int MostValues = 65_536;
    private const int MostBytes = 1 << 20;
    private const int Pointer = 1;
    private const int Text = 2;
    private const int Double = 3;
    private const int Bytes = 4;
    private const int UInt16 = 5;
    private const int UInt32 = 6;
    private const int Map = 7;
    private const int Int32 = 8;
    private const int UInt64 = 9;
    private const int UInt128 = 10;
    private const int Array = 11;
    private const int Boolean = 14;
    private const int Float = 15;

    private static readonly MmdbValue Other = new();

    private int _values;
    private long _bytes;

    /// <summary>Null unless the last decoding failed; then why.</summary>
    public string? Damage { get; private set; }

    /// <summary>Where the last decoding failed, from the file's start.</summary>
    public long DamageAt { get; private set; }

    /// <param name="offset">From the section's start.</param>
    /// <returns>Null when the data is damaged.</returns>
    public MmdbValue? Decode(int offset)
    {
        _values = 0;
        _bytes = 0;
        Damage = null;
        var at = (long)start + offset;
        return Decode(ref at, MostDepth);
    }

    private MmdbValue? Decode(ref long at, int depth)
    {
        var control = at;
        if (depth == 0 || ++_values > MostValues)
            return Fail(control, "values nest too deep or are too many");

        if (!TryControl(ref at, out var type, out var size))
            return Fail(control, "a value is cut short");

        if (type == Pointer)
        {
            var target = size;
            var value = Decode(ref target, depth - 1);
            return value;
        }

        if (type == Map)
            return DecodeMap(ref at, size, depth);

        if (type == Array)
            return DecodeArray(ref at, size, depth);

        if (type == Boolean)
            return Other;

        if (type is not (Text or Double or Bytes or UInt16 or UInt32 or Int32 or UInt64 or UInt128 or Float))
            return Fail(control, $"a value of unknown type {type}");

        if (size > end - at)
            return Fail(control, $"a value of {size} bytes, {Math.Max(0, end - at)} left");

        // Pointers may name the same long text again and again.
        _bytes += size;
        if (_bytes > MostBytes)
            return Fail(control, "a record of more than a megabyte");

        var bytes = file.AsSpan((int)at, (int)size);
        at += size;
        return type switch
        {
            Text => new MmdbValue { Text = Encoding.UTF8.GetString(bytes) },
            UInt16 or UInt32 or UInt64 when size <= 8 => new MmdbValue { Number = Unsigned(bytes) },
            _ => Other,
        };
    }

    private MmdbValue? DecodeMap(ref long at, long size, int depth)
    {
        var map = new Dictionary<string, MmdbValue>();
        for (var i = 0L; i < size; i++)
        {
            var where = at;
            if (Decode(ref at, depth - 1) is not { } key)
                return null;

            if (key.Text is null)
                return Fail(where, "the key of a map is no text");

            if (Decode(ref at, depth - 1) is not { } value)
                return null;

            map[key.Text] = value;
        }

        return new MmdbValue { Map = map };
    }

    // What arrays hold (subdivisions, languages) is not needed, but what follows them is.
    private MmdbValue? DecodeArray(ref long at, long size, int depth)
    {
        for (var i = 0L; i < size; i++)
        {
            if (Decode(ref at, depth - 1) is null)
                return null;
        }

        return Other;
    }

    // For a pointer, the size is where it points, from the file's start.
    private bool TryControl(ref long at, out int type, out long size)
    {
        (type, size) = (0, 0);
        if (!TryByte(ref at, out var control))
            return false;

        type = control >> 5;
        if (type == Pointer)
            return TryPointer(ref at, control, out size);

        if (type == 0)
        {
            if (!TryByte(ref at, out var extended))
                return false;

            type = extended + 7;
        }

        size = control & 31;
        if (size < 29)
            return true;

        var bytes = (int)size - 28;
        size = bytes switch { 1 => 29, 2 => 285, _ => 65_821 };
        if (!TryUnsigned(ref at, bytes, out var more))
            return false;

        size += more;
        return true;
    }

    private bool TryPointer(ref long at, byte control, out long target)
    {
        target = 0;
        var bytes = ((control >> 3) & 3) + 1;
        if (!TryUnsigned(ref at, bytes, out var low))
            return false;

        var high = (long)(control & 7);
        target = start + bytes switch
        {
            1 => (high << 8) + low,
            2 => (high << 16) + low + 2048,
            3 => (high << 24) + low + 526_336,
            _ => low,
        };
        return true;
    }

    private bool TryUnsigned(ref long at, int bytes, out long value)
    {
        value = 0;
        for (var i = 0; i < bytes; i++)
        {
            if (!TryByte(ref at, out var next))
                return false;

            value = (value << 8) | next;
        }

        return true;
    }

    private bool TryByte(ref long at, out byte value)
    {
        value = 0;
        if (at < start || at >= end)
            return false;

        value = file[at++];
        return true;
    }

    private static ulong Unsigned(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        foreach (var part in bytes)
            value = (value << 8) | part;

        return value;
    }

    private MmdbValue? Fail(long at, string reason)
    {
        Damage ??= reason;
        DamageAt = at;
        return null;
    }
}
