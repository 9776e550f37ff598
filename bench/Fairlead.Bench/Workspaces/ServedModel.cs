using System.Text;
using System.Text.Json;
using Fairlead.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Serialization;
using Fairlead.Inference;
using Fairlead.Inference.Rest;

namespace Fairlead.Bench.Workspaces;

/// <summary>The model that a workspace serves, loaded into this process as the host loads it.</summary>
internal sealed class ServedModel : IDisposable
{
    /// <summary>Where a host keeps its last desired state, in its own folder.</summary>
    public const string StateFile = "desired-state.json";
    private readonly OnnxModelRuntime runtime;

    private ServedModel(DesiredServerGroup group, string body, string file, OnnxModelRuntime runtime, IModelSession session)
    {
        Group = group;
        Body = Encoding.UTF8.GetBytes(body);
        File = file;
        this.runtime = runtime;
        Session = session;
    }

    /// <summary>The oldest server group of the workload's service.</summary>
    public DesiredServerGroup Group { get; }

    public byte[] Body { get; }

    public string File { get; }

    public IModelSession Session { get; }

    public static async Task<ServedModel> OpenAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var state = new StateFolder(workspace.Folder);
        var desired = JsonSerializer.Deserialize(
            await System.IO.File.ReadAllBytesAsync(Path.Combine(state.Host, StateFile), cancellationToken), DomainJson.Default.DesiredState)!;
        var group = desired.ServerGroups.First(candidate => candidate.Name.ToString() == workspace.ServerGroups[0]);
        using var store = LocalArtifactStore.Open(state.Store, TimeProvider.System);
        var file = store.PathOf(group.Service.Model!.Artifact.Digest);
        var runtime = new OnnxModelRuntime();
        return new ServedModel(group, await System.IO.File.ReadAllTextAsync(workspace.BodyFile, cancellationToken), file, runtime, runtime.Load(file, group.Service.Label));
    }

    /// <summary>The request's tensors, in the signature's order.</summary>
    public byte[] ReadRow()
    {
        var request = new InferRequest();
        RestInferReader.Read(Body, null, Session.Codec, Group.Service.Name, request);
        return request.InputBlock.ToArray();
    }

    public void Dispose()
    {
        Session.Dispose();
        runtime.Dispose();
    }
}
