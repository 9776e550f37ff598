using System.Text.Json.Serialization;

namespace Fairlead.Domain.Notices;

/// <summary>The one form in which messages are stored and sent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NoticeContent))]
[JsonSerializable(typeof(NoticeRecord))]
[JsonSerializable(typeof(IReadOnlyList<NoticeRecord>))]
[JsonSerializable(typeof(NoticeBacklog))]
public sealed partial class NoticeJson : JsonSerializerContext;
