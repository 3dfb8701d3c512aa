using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kizashi.Core.Addresses;

/// <summary>Writes an <see cref="Address"/> as its usual text.</summary>
public sealed class AddressJsonConverter : JsonConverter<Address>
{
    public override Address Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Address.TryParse(reader.GetString(), null, out var address)
            ? address
            : throw new JsonException("not an IP address");

    public override void Write(Utf8JsonWriter writer, Address value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }
}
