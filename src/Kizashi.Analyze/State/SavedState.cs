namespace Kizashi.Analyze.State;

/// <summary>What every analyzer's saved state has around its content: a fingerprint before it, an end behind it, and a fresh start when it cannot be read.</summary>
internal static class SavedState
{
    /// <param name="stream">Where it goes.</param>
    /// <param name="kind">The analyzer's name, and the version of its content.</param>
    /// <param name="fingerprint">Of all that the content depends on: options, prefixes, number of shards.</param>
    /// <param name="write">Writes the content.</param>
    public static void Save(Stream stream, (string Name, int Version) kind, ulong fingerprint, Action<StateWriter> write)
    {
        var writer = new StateWriter(stream, kind.Name, kind.Version);
        writer.Write(fingerprint);
        write(writer);
        writer.Finish();
    }

    /// <param name="stream">Where it comes from.</param>
    /// <param name="kind">As it was saved.</param>
    /// <param name="fingerprint">Its own, and what to say when the saved one differs.</param>
    /// <param name="reset">Empties the analyzer; called before, and again when the state cannot be read.</param>
    /// <param name="read">Reads the content.</param>
    /// <exception cref="InvalidDataException">Damaged, or made by another version or with another fingerprint; the analyzer is empty.</exception>
    public static void Load(
        Stream stream, (string Name, int Version) kind, (ulong Own, string Mismatch) fingerprint, Action reset, Action<StateReader> read)
    {
        reset();
        try
        {
            var reader = new StateReader(stream, kind.Name, kind.Version);
            if (reader.Read<ulong>() != fingerprint.Own)
                throw new InvalidDataException(fingerprint.Mismatch);

            read(reader);
            reader.Finish();
        }
        catch (InvalidDataException)
        {
            reset();
            throw;
        }
    }
}
