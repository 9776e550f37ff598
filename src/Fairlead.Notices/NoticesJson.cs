using System.Text.Json.Serialization;
using Fairlead.Domain.Notices;
using Fairlead.Notices.Robot;

namespace Fairlead.Notices;

/// <summary>The one form in which messages are told to clients.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NoticeList))]
[JsonSerializable(typeof(NoticeRecord))]
[JsonSerializable(typeof(NoticeTestOrder))]
[JsonSerializable(typeof(ChatCode))]
public sealed partial class NoticesJson : JsonSerializerContext;
