using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kizashi.Core.Addresses;

/// <summary>Writes a <see cref="Prefix"/> as address/length.</summary>
public sealed class PrefixJsonConverter : JsonConverter<Prefix>
{
    public override Prefix Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Prefix.TryParse(reader.GetString(), null, out var prefix)
            ? prefix
            : throw new JsonException("not an address prefix");

    public override void Write(Utf8JsonWriter writer, Prefix value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }
}
