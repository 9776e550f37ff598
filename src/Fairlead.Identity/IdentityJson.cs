using System.Text.Json.Serialization;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Serialization;
using Fairlead.Identity.Audit;
using Fairlead.Identity.Groups;
using Fairlead.Identity.Users;

namespace Fairlead.Identity;

/// <summary>The orders and reports of this room as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(CamelCaseEnumConverter<Role>), typeof(CamelCaseEnumConverter<PrincipalKind>), typeof(CamelCaseEnumConverter<AuditPhase>)])]
[JsonSerializable(typeof(UserOrder))]
[JsonSerializable(typeof(UserChange))]
[JsonSerializable(typeof(TokenOrder))]
[JsonSerializable(typeof(RevokeOrder))]
[JsonSerializable(typeof(IssuedToken))]
[JsonSerializable(typeof(UserReport))]
[JsonSerializable(typeof(IReadOnlyList<UserReport>))]
[JsonSerializable(typeof(AuditVerdict))]
[JsonSerializable(typeof(GroupChange))]
[JsonSerializable(typeof(GroupReport))]
[JsonSerializable(typeof(IReadOnlyList<GroupReport>))]
public sealed partial class IdentityJson : JsonSerializerContext;
