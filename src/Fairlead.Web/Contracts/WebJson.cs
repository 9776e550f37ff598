using System.Text.Json;
using System.Text.Json.Serialization;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;

namespace Fairlead.Web.Contracts;

/// <summary>Bodies and answers of the API that are not records of the domain.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(CamelCaseEnumConverter<ProblemKind>),
        typeof(CamelCaseEnumConverter<Domain.Artifacts.ArtifactKind>),
        typeof(CamelCaseEnumConverter<Domain.Projects.CaptureDurability>),
        typeof(CamelCaseEnumConverter<Domain.Deployments.ServerGroupStatus>),
    ])]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(ErrorLine))]
[JsonSerializable(typeof(RunBody))]
[JsonSerializable(typeof(UserBody))]
[JsonSerializable(typeof(TagBody))]
[JsonSerializable(typeof(NoteBody))]
[JsonSerializable(typeof(RunVerifyBody))]
[JsonSerializable(typeof(IReadOnlyList<RunFile>))]
[JsonSerializable(typeof(DatasetsBody))]
[JsonSerializable(typeof(DatasetDescription))]
[JsonSerializable(typeof(DeployBody))]
[JsonSerializable(typeof(RollbackBody))]
[JsonSerializable(typeof(ServerGroupBody))]
[JsonSerializable(typeof(ReleaseBody))]
[JsonSerializable(typeof(TrafficBody))]
[JsonSerializable(typeof(QueryBody))]
[JsonSerializable(typeof(SavedQueryBody))]
[JsonSerializable(typeof(OutcomesBody))]
[JsonSerializable(typeof(OutcomeImportAnswer))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(OutcomesAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(ReleaseAnswer))]
[JsonSerializable(typeof(ReportLine))]
[JsonSerializable(typeof(ShellLine))]
[JsonSerializable(typeof(ForecastLine))]
[JsonSerializable(typeof(StoreCheckAnswer))]
[JsonSerializable(typeof(StoreCheckRecord))]
[JsonSerializable(typeof(Domain.Artifacts.Keeping.CleaningReport))]
[JsonSerializable(typeof(Domain.Artifacts.Keeping.UsageReport))]
[JsonSerializable(typeof(Domain.Artifacts.Keeping.TransferProgress))]
[JsonSerializable(typeof(List<Domain.Artifacts.Keeping.TransferProgress>))]
[JsonSerializable(typeof(CleaningBody))]
[JsonSerializable(typeof(TransferBody))]
[JsonSerializable(typeof(ErasureBody))]
[JsonSerializable(typeof(FileBody))]
[JsonSerializable(typeof(ExperimentStopBody))]
[JsonSerializable(typeof(ExperimentConclusionBody))]
[JsonSerializable(typeof(ExecutionBody))]
[JsonSerializable(typeof(ExecutionStartAnswer))]
[JsonSerializable(typeof(ExecutionRequestBody))]
[JsonSerializable(typeof(FireBody))]
[JsonSerializable(typeof(JudgmentBody))]
[JsonSerializable(typeof(JudgmentLinkBody))]
[JsonSerializable(typeof(JudgmentLinkAnswer))]
[JsonSerializable(typeof(PromotionBody))]
[JsonSerializable(typeof(SecretBody))]
[JsonSerializable(typeof(SecretEntry))]
[JsonSerializable(typeof(IReadOnlyList<SecretEntry>))]
[JsonSerializable(typeof(RotationAnswer))]
[JsonSerializable(typeof(JsonElement))]
public sealed partial class WebJson : JsonSerializerContext;
