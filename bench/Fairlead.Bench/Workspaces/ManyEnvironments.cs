using System.Globalization;
using System.Text;
using System.Text.Json;
using Fairlead.Artifacts;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Serialization;

namespace Fairlead.Bench.Workspaces;

/// <summary>The disk of a host with many environments, each with a server group and a model of its own, all made from one model.</summary>
internal static class ManyEnvironments
{
    /// <summary>Field 6 of an ONNX model, its description, as bytes with a length: the last one counts, so that another can be put behind.</summary>
    private const byte DescriptionTag = (6 << 3) | 2;

    public static string NameOf(int number) => $"env{number.ToString("0000", CultureInfo.InvariantCulture)}";

    public static async Task CreateAsync(string folder, ServedModel model, int count, CancellationToken cancellationToken)
    {
        var state = new StateFolder(folder);
        var bytes = await File.ReadAllBytesAsync(model.File, cancellationToken);
        using var store = LocalArtifactStore.Open(state.Store, TimeProvider.System);
        var groups = new List<DesiredServerGroup>();
        for (var number = 1; number <= count; number++)
        {
            var name = Encoding.ASCII.GetBytes(NameOf(number));
            var artifact = await store.PutBytesAsync((byte[])[.. bytes, DescriptionTag, (byte)name.Length, .. name], cancellationToken);
            groups.Add(GroupOf(model, number, artifact));
        }

        var desired = new DesiredState
        {
            Version = 1,
            Project = "bench",
            Environments = [.. groups.Select(group => new EnvironmentDefinition(group.Name.Environment))],
            ServerGroups = groups,
        };
        Directory.CreateDirectory(state.Host);
        await File.WriteAllBytesAsync(Path.Combine(state.Host, ServedModel.StateFile), JsonSerializer.SerializeToUtf8Bytes(desired, DomainJson.Default.DesiredState), cancellationToken);
    }

    private static DesiredServerGroup GroupOf(ServedModel model, int number, ArtifactRef artifact) => model.Group with
    {
        Name = new ServerGroupName(model.Group.Service.Name, NameOf(number), 1),
        Service = model.Group.Service with { Model = model.Group.Service.Model! with { Artifact = artifact } },
        Weight = Weight.All,
    };
}
