using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Delivery.Tests.Fakes;

internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly CommitState Commit = new("0123456789abcdef0123456789abcdef01234567", "main", null);

    public static readonly Signature Signature = new(
        [new TensorSpec("x", TensorType.Float32, [-1, 2])], [new TensorSpec("y", TensorType.Float32, [-1, 1])]);

    public static ArtifactRef Blob(string content)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(content);
        return new ArtifactRef(ArtifactKind.Blob, Digest.Of(bytes), bytes.Length);
    }

    public static ReleasedService Service(string name, int version) => new()
    {
        Name = name,
        Model = new ModelVersion
        {
            Model = name,
            Number = version,
            Artifact = Blob($"{name} {version}"),
            Signature = Signature,
            Run = new RunId("train", version),
            CreatedAt = Start,
        },
    };

    public static Release Release(ReleaseName name, params string[] services) => new()
    {
        Name = name,
        Commit = Commit,
        ProjectFile = Blob("project: sample"),
        Services = [.. services.Select(service => Service(service, name.Number))],
        CreatedAt = Start,
        CreatedBy = "ada",
    };

    public static ServerGroup Group(int number, ServerGroupStatus status = ServerGroupStatus.Preparing, string service = "late", string environment = "prod") => new()
    {
        Name = new ServerGroupName(service, environment, number),
        Release = new ReleaseName(number),
        Service = Service(service, number),
        Configuration = Digest.Of("{}"u8),
        Status = status,
        Weight = Weight.None,
        CreatedAt = Start,
        CreatedBy = "ada",
    };

    public static ProjectSnapshot Project(string[] services, params string[] environments) => new(
        new ProjectDefinition
        {
            Name = "sample",
            Models = [.. services.Select(service => new ModelDefinition(service, "train", $"{service}.onnx"))],
            Services = [.. services.Select(service => new ServiceDefinition { Name = service, Model = service })],
            Environments = [.. environments.Select(environment => new EnvironmentDefinition(environment))],
        },
        "project: sample",
        Commit);
}
