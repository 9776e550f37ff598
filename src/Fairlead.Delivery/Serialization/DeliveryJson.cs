using System.Text.Json.Serialization;
using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Environments;
using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.Measures;
using Fairlead.Delivery.Releases;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Serialization;

namespace Fairlead.Delivery.Serialization;

/// <summary>The one form in which this room's records are sent: as the domain's.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(CamelCaseEnumConverter<ArtifactKind>),
        typeof(CamelCaseEnumConverter<CaptureDurability>),
        typeof(CamelCaseEnumConverter<DeployEventKind>),
        typeof(CamelCaseEnumConverter<ServerGroupStatus>),
    ])]
[JsonSerializable(typeof(MadeRelease))]
[JsonSerializable(typeof(DeployEvent))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(IReadOnlyList<HostStatus>))]
[JsonSerializable(typeof(IReadOnlyList<ContractReport>))]
[JsonSerializable(typeof(EnvironmentReport))]
[JsonSerializable(typeof(IReadOnlyList<EnvironmentReport>))]
[JsonSerializable(typeof(EnvironmentDiff))]
[JsonSerializable(typeof(DeliveryReport))]
public sealed partial class DeliveryJson : JsonSerializerContext;
