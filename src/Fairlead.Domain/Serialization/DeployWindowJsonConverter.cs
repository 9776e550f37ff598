using System.Text.Json;
using System.Text.Json.Serialization;
using Fairlead.Domain.Scheduling;

namespace Fairlead.Domain.Serialization;

/// <summary>A window is its text.</summary>
public sealed class DeployWindowJsonConverter : JsonConverter<DeployWindow>
{
    public override DeployWindow Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DeployWindow.TryParse(reader.GetString() ?? "", out var window, out var problem) ? window! : throw new JsonException(problem);

    public override void Write(Utf8JsonWriter writer, DeployWindow value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
