using System.Text.Json;
using System.Text.Json.Serialization;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Serialization;
using Fairlead.Replay.Orders;
using Fairlead.Replay.Reporting;
using Fairlead.Replay.Running;

namespace Fairlead.Replay;

/// <summary>Replays as they are stored and sent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCaseEnumConverter<ArtifactKind>), typeof(CamelCaseEnumConverter<CaptureDurability>)])]
[JsonSerializable(typeof(ReplayOrder))]
[JsonSerializable(typeof(ReplayRecord))]
[JsonSerializable(typeof(IReadOnlyList<ReplayRecord>))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(ReplayProgress))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
public sealed partial class ReplayJson : JsonSerializerContext;
