using System.Text.Json.Serialization;

namespace Fairlead.Notices.Following;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExecutionMark))]
[JsonSerializable(typeof(RolloutMark))]
[JsonSerializable(typeof(FreezeMark))]
internal sealed partial class FollowingJson : JsonSerializerContext;
