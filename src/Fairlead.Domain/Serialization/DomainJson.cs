using System.Text.Json.Serialization;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Domain.Serialization;

/// <summary>The one form in which the domain's records are stored and sent: camelCase, enums by camelCase name, nulls left out, source generated.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(CamelCaseEnumConverter<ArtifactKind>),
        typeof(CamelCaseEnumConverter<CaptureDurability>),
        typeof(CamelCaseEnumConverter<Problems.ProblemKind>),
        typeof(CamelCaseEnumConverter<RunStatus>),
        typeof(CamelCaseEnumConverter<ServerGroupStatus>),
    ])]
[JsonSerializable(typeof(DatasetVersion))]
[JsonSerializable(typeof(IReadOnlyList<DatasetVersion>))]
[JsonSerializable(typeof(DatasetProfile))]
[JsonSerializable(typeof(DatasetDifference))]
[JsonSerializable(typeof(DatasetOrder))]
[JsonSerializable(typeof(DatasetAnswer))]
[JsonSerializable(typeof(ProfileRecord))]
[JsonSerializable(typeof(CheckRecord))]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(IReadOnlyList<Run>))]
[JsonSerializable(typeof(RunBrief))]
[JsonSerializable(typeof(IReadOnlyList<RunInput>))]
[JsonSerializable(typeof(IReadOnlyList<RunOutput>))]
[JsonSerializable(typeof(IReadOnlyList<MetricCurve>))]
[JsonSerializable(typeof(DifferingRow))]
[JsonSerializable(typeof(RunTag))]
[JsonSerializable(typeof(RunNote))]
[JsonSerializable(typeof(RunVerification))]
[JsonSerializable(typeof(IReadOnlyList<RunVerification>))]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(IReadOnlyList<ModelVersion>))]
[JsonSerializable(typeof(Signature))]
[JsonSerializable(typeof(Release))]
[JsonSerializable(typeof(IReadOnlyList<Release>))]
[JsonSerializable(typeof(ServerGroup))]
[JsonSerializable(typeof(IReadOnlyList<ServerGroup>))]
[JsonSerializable(typeof(DesiredState))]
[JsonSerializable(typeof(Rollout))]
[JsonSerializable(typeof(IReadOnlyList<Rollout>))]
[JsonSerializable(typeof(Strategy))]
[JsonSerializable(typeof(AnalysisPlan))]
[JsonSerializable(typeof(HostReport))]
[JsonSerializable(typeof(CaptureContext))]
[JsonSerializable(typeof(CompactedSegment))]
[JsonSerializable(typeof(CompactedFile))]
[JsonSerializable(typeof(IReadOnlyList<CompactedFile>))]
[JsonSerializable(typeof(IReadOnlyList<TreeEntry>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(IReadOnlyList<User>))]
[JsonSerializable(typeof(UserToken))]
[JsonSerializable(typeof(Group))]
[JsonSerializable(typeof(IReadOnlyList<Group>))]
[JsonSerializable(typeof(Principal))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(IReadOnlyList<AuditEntry>))]
public sealed partial class DomainJson : JsonSerializerContext;
