using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;

namespace Fairlead.Catalog.Tests;

/// <summary>Records with every member set, and their JSON, by which they are compared (lists have no value equality).</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Time = new(2026, 5, 1, 12, 30, 0, TimeSpan.Zero);
    public static readonly CommitState Commit = new(new string('a', 40), "main", Digest("dirty"));
    public static readonly Signature Signature = new([new TensorSpec("hour", TensorType.Int64, [-1, 1])], [new TensorSpec("late", TensorType.Float32, [-1, 1])]);

    public static Digest Digest(string text) => Domain.Artifacts.Digest.Of(System.Text.Encoding.UTF8.GetBytes(text));

    public static ArtifactRef Blob(string text) => new(ArtifactKind.Blob, Digest(text), text.Length);

    public static DatasetVersion Dataset(string name, string content) => new()
    {
        Dataset = name,
        Number = 77,
        Artifact = new ArtifactRef(ArtifactKind.Tree, Digest(content), 5),
        Path = "data/flights.parquet",
        RegisteredAt = Time,
        RegisteredBy = "ada",
        Commit = Commit,
    };

    public static Run Running(RunId id, string key = "key") => new()
    {
        Id = id,
        Key = Digest(key),
        KeyParts = [new KeyPart("command", "true"), new KeyPart("param:l2", "0.01")],
        Status = RunStatus.Running,
        Commit = Commit,
        Command = "dotnet run --project 'trainer' -- \"é\"",
        Parameters = new Dictionary<string, JsonElement> { ["l2"] = JsonElement.Parse("0.01"), ["deep"] = JsonElement.Parse("{\"a\":[1,null]}") },
        Inputs = [new RunInput("train", "split/train.parquet", Blob("train"), 3, new RunId("split", 1))],
        StartedAt = Time,
        Machine = "box",
        StartedBy = "ada",
        Sandbox = "plain",
    };

    public static Run Ended(Run run, RunStatus status = RunStatus.Succeeded) => run with
    {
        Status = status,
        Outputs = [new RunOutput("model.onnx", Blob("model"))],
        Metrics = new Dictionary<string, double> { ["auc"] = 0.6071234567890123 },
        Log = Blob("log"),
        ExitCode = 0,
        FinishedAt = Time.AddMinutes(1),
        CpuSeconds = 1.5,
        PeakMemoryBytes = 1L << 40,
    };

    public static ModelVersion Model(string name, string content, RunId run) => new()
    {
        Model = name,
        Number = 77,
        Artifact = Blob(content),
        Signature = Signature,
        Run = run,
        CreatedAt = Time,
    };

    public static Release Release(ReleaseName name) => new()
    {
        Name = name,
        Commit = Commit,
        ProjectFile = Blob("project"),
        Services = [Service()],
        CreatedAt = Time,
        CreatedBy = "ada",
    };

    public static ServerGroup Group(ServerGroupName name) => new()
    {
        Name = name,
        Release = new ReleaseName(1),
        Service = Service(),
        Configuration = Digest("configuration"),
        Status = ServerGroupStatus.Preparing,
        Weight = Weight.None,
        CreatedAt = Time,
        CreatedBy = "ada",
    };

    public static DesiredState State(long version, IReadOnlyList<ServerGroup> groups) => new()
    {
        Version = version,
        Project = "flights",
        Environments = [new("stage"), new("prod")],
        ServerGroups = [.. groups.Select(g => new DesiredServerGroup
        {
            Name = g.Name,
            Release = g.Release,
            Service = g.Service,
            Configuration = g.Configuration,
            Weight = g.Weight,
        })],
    };

    public static CompactedSegment Segment(string name, long records = 5) =>
        new(name, records, [File("part-1", records)], Time);

    /// <summary>As the first version of the catalog recorded it.</summary>
    public static CompactedFile File(string name, long rows = 5) => new($"environment=prod/{name}.parquet", rows, 1000, 1, 2);

    public static string Json(DatasetVersion? record) => JsonSerializer.Serialize(record!, DomainJson.Default.DatasetVersion);

    public static string Json(Run? record) => JsonSerializer.Serialize(record!, DomainJson.Default.Run);

    public static string Json(RunBrief? record) => JsonSerializer.Serialize(record!, DomainJson.Default.RunBrief);

    public static string Json(ModelVersion? record) => JsonSerializer.Serialize(record!, DomainJson.Default.ModelVersion);

    public static string Json(Release? record) => JsonSerializer.Serialize(record!, DomainJson.Default.Release);

    public static string Json(ServerGroup? record) => JsonSerializer.Serialize(record!, DomainJson.Default.ServerGroup);

    public static string Json(DesiredState? record) => JsonSerializer.Serialize(record!, DomainJson.Default.DesiredState);

    public static string Json(CompactedFile? record) => JsonSerializer.Serialize(record!, DomainJson.Default.CompactedFile);

    private static ReleasedService Service() =>
        new() { Name = "late", Model = Model("late", "model", new RunId("train", 1)) with { Number = 1 }, Durability = CaptureDurability.Acknowledged };
}
