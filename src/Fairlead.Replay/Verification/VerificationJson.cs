using System.Text.Json.Serialization;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Serialization;

namespace Fairlead.Replay.Verification;

/// <summary>Verifications as they are stored and sent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(CamelCaseEnumConverter<ArtifactKind>)])]
[JsonSerializable(typeof(VerificationReport))]
[JsonSerializable(typeof(IReadOnlyList<VerificationReport>))]
[JsonSerializable(typeof(VerificationOrder))]
public sealed partial class VerificationJson : JsonSerializerContext;
